/** Whole days ahead of the end of a certificate at which it is told: once each, and louder. */
export const WARN_DAYS = [60, 30, 7] as const;
