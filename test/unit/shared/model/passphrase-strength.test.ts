import { describe, expect, test } from 'vitest';
import { passphraseBits, passphraseStrength } from '../../../../shared/model/passphrase-strength.ts';

describe('passphrase strength', () => {
  test.each([
    '',
    'password',
    'Password123456',
    '123456789012',
    'qwertyuiop12',
    'aaaaaaaaaaaaaaaa',
    '20260101201001',
    'lawyer lawyer lawyer lawyer',
    '13800000000',
    'Zxcvbnm,.2026',
  ])('%j is poor', (passphrase) => {
    expect(passphraseStrength(passphrase)).toBe('poor');
  });

  test.each(['纸鹞 砚台 7 级北风 过江 归舟', 'harbour anvil mosaic thistle orbit lantern', 'x9$Kq2!vT7pL#m4Z@w8R'])(
    '%j is strong',
    (passphrase) => {
      expect(passphraseStrength(passphrase)).toBe('strong');
    },
  );

  test('every further word adds, a repeated one hardly', () => {
    const four = passphraseBits('harbour anvil mosaic thistle');
    expect(passphraseBits('harbour anvil mosaic thistle orbit')).toBeGreaterThan(four + 8);
    expect(passphraseBits('harbour anvil mosaic thistle anvil')).toBeLessThan(four + 4);
  });

  test('full-width letters are the letters they look like', () => {
    expect(passphraseStrength('ｐａｓｓｗｏｒｄ')).toBe('poor');
  });
});
