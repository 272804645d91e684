/** What a trust anchor may be relied on for. */
export const ANCHOR_SCOPES = ['sign', 'timestamp', 'tls'] as const;
export type AnchorScope = (typeof ANCHOR_SCOPES)[number];
