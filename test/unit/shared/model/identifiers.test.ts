import { describe, expect, test } from 'vitest';
import { isLawyerLicence, isRegionCode, isResidentId, isUscc } from '../../../../shared/model/identifiers.ts';

// Published examples: GB 32100-2015 annex, and codes that their owners print on every invoice
const REAL_USCC = ['91350100M000100Y43', '91110000802100433B', '914403001922038216'];

describe('unified social credit code (GB 32100)', () => {
  test.each(REAL_USCC)('accepts the published code %s', (code) => {
    expect(isUscc(code)).toBe(true);
  });
  test('every single wrong character is found, or the check character would be of no use', () => {
    const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
    for (const code of REAL_USCC) {
      for (let index = 0; index < code.length; index++) {
        for (const char of alphabet) {
          if (char === code.charAt(index)) continue;
          expect(isUscc(code.slice(0, index) + char + code.slice(index + 1)), `${code} at ${index} ${char}`).toBe(
            false,
          );
        }
      }
    }
  });
  test.each([
    '',
    '91350100M000100Y4',
    '91350100M000100Y433',
    '91350100m000100y43',
    '9135O100M000100Y43',
    ' 91350100M000100Y43',
  ])('refuses %j', (code) => {
    expect(isUscc(code)).toBe(false);
  });
});

describe('resident identity number (GB 11643)', () => {
  test.each(['11010519491231002X', '440524188001010014'])('accepts the standard’s own example %s', (id) => {
    expect(isResidentId(id)).toBe(true);
  });
  test('a wrong check digit, a lower-case x and a date that does not exist are refused', () => {
    expect(isResidentId('110105194912310021')).toBe(false);
    expect(isResidentId('11010519491231002x')).toBe(false);
    expect(isResidentId('110105194902300023')).toBe(false);
    expect(isResidentId('990105194912310025')).toBe(false);
  });
  test('two neighbouring digits changed over are found', () => {
    expect(isResidentId('11010591491231002X')).toBe(false);
  });
});

describe('region code and lawyer licence', () => {
  test('a region has six digits and a province that exists', () => {
    expect(isRegionCode('340100')).toBe(true);
    expect(isRegionCode('310000')).toBe(true);
    expect(isRegionCode('990100')).toBe(false);
    expect(isRegionCode('3401')).toBe(false);
  });
  test('a licence has 17 digits, a country digit, a province and a year', () => {
    expect(isLawyerLicence('13401201810012345')).toBe(true);
    expect(isLawyerLicence('1340120181001234')).toBe(false);
    expect(isLawyerLicence('23401201810012345')).toBe(false);
    expect(isLawyerLicence('13401190010012345')).toBe(false);
    expect(isLawyerLicence('1340120181001234X')).toBe(false);
  });
});
