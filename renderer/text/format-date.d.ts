import type { Language } from '../../shared/i18n/create-i18n.ts';
/** `YYYY-MM-DD` of the day in Shanghai. */
export declare function civilDay(when: string | Date): string;
/** 11-24 / 24 Nov */
export declare function formatDate(when: string | Date, language: Language, now: Date): string;
/** 11-24 周二 / Tue 24 Nov */
export declare function formatDay(when: string | Date, language: Language, now: Date): string;
/** 11 月 24 日 星期二 / Tuesday, 24 November */
export declare function formatLongDay(when: string | Date, language: Language): string;
/** 10:20 */
export declare function formatTime(when: string | Date): string;
/** Today 10:20, otherwise 11-24 10:20 / 24 Nov 10:20 */
export declare function formatMoment(when: string | Date, language: Language, now: Date, today: string): string;
/** 2026-11-24 10:20:31, where the exact instant is the point. */
export declare function formatExact(when: string | Date): string;
