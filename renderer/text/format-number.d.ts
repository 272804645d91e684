import type { Language } from '../../shared/i18n/create-i18n.ts';
import type { Bytes } from '../../shared/model/brand.ts';
/** 4.8 MB: a no-break space before the unit, one decimal under ten, two for gigabytes. */
export declare function formatBytes(bytes: Bytes): string;
/** 100,000 */
export declare function formatCount(count: number): string;
/** 96.2% */
export declare function formatShare(share: number, language: Language): string;
