/** The identifiers of Chinese offices and persons, with their check digits. Each check says whether the text is one. */

const USCC_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const USCC_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const;

/** 统一社会信用代码: GB 32100-2015, check character modulo 31. Capitals only, as the standard writes it. */
export function isUscc(text: string): boolean {
  if (text.length !== 18) return false;
  let sum = 0;
  for (const [index, weight] of USCC_WEIGHTS.entries()) {
    const value = USCC_ALPHABET.indexOf(text.charAt(index));
    if (value < 0) return false;
    sum += value * weight;
  }
  if (!/^\d{6}$/.test(text.slice(2, 8))) return false;
  return text.charAt(17) === USCC_ALPHABET.charAt((31 - (sum % 31)) % 31);
}

/** 登记管理机关行政区划码: characters 3 to 8 of a 统一社会信用代码. Where an office is registered, by its number alone, hence the same for everybody. */
export const registrationRegion = (uscc: string): string => uscc.slice(2, 8);

const PROVINCES = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82'.split(' '),
);

/** 行政区划代码: six digits, GB/T 2260; the first two name a province-level division. */
export function isRegionCode(text: string): boolean {
  return /^\d{6}$/.test(text) && PROVINCES.has(text.slice(0, 2));
}

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;

/** 居民身份证 number: GB 11643-1999, 18 characters, ISO 7064 MOD 11-2, with a date of birth that exists. */
export function isResidentId(text: string): boolean {
  if (!/^\d{17}[\dX]$/.test(text)) return false;
  if (!isRegionCode(text.slice(0, 6)) && !/^83/.test(text)) return false;
  if (!isCalendarDate(text.slice(6, 10), text.slice(10, 12), text.slice(12, 14))) return false;
  let sum = 0;
  for (const [index, weight] of ID_WEIGHTS.entries()) sum += Number(text.charAt(index)) * weight;
  return text.charAt(17) === '10X98765432'.charAt(sum % 11);
}

function isCalendarDate(year: string, month: string, day: string): boolean {
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return Number(year) >= 1800 && date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}

/**
 * 律师执业证号: 17 digits (司法部 律师执业证书编码规则): 1 country class digit is always 1, then the 4 first digits of the region of
 * the firm's registration, 4 digits of the year of first issue, kind of practice (1 or 2 digits), sex and a serial number. It has no check digit.
 */
export function isLawyerLicence(text: string): boolean {
  if (!/^1\d{16}$/.test(text)) return false;
  const year = Number(text.slice(5, 9));
  return PROVINCES.has(text.slice(1, 3)) && year >= 1979 && year <= 2100;
}
