import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatRecoveryKey, parseRecoveryKey } from '../../../../electron/vault/keys/recovery-key.ts';

const printed = formatRecoveryKey(Buffer.alloc(44, 7));

describe('the recovery key', () => {
  test('is 12 groups of 4 characters without 0, O, 1 and I', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 44, maxLength: 44 }), (random) => {
        expect(formatRecoveryKey(Buffer.from(random))).toMatch(/^(?:[2-9A-HJ-NP-Z]{4}-){11}[2-9A-HJ-NP-Z]{4}$/);
      }),
    );
  });

  test('is read back however it is typed', () => {
    const secret = parseRecoveryKey(printed);
    for (const typed of [
      printed.toLowerCase(),
      printed.replaceAll('-', ' '),
      printed.replaceAll('-', ''),
      ` ${printed}\n`,
    ]) {
      expect(parseRecoveryKey(typed)).toEqual(secret);
    }
    expect(
      parseRecoveryKey(printed.replace(/[A-Z2-9]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0))),
    ).toEqual(secret);
  });

  test('one wrong character anywhere is called a typing error', () => {
    for (let at = 0; at < printed.length; at++) {
      const old = printed.charAt(at);
      if (old === '-') continue;
      const typed = `${printed.slice(0, at)}${old === '7' ? '8' : '7'}${printed.slice(at + 1)}`;
      expect(() => parseRecoveryKey(typed)).toThrow(expect.objectContaining({ code: 'VAULT_RECOVERY_KEY_MISTYPED' }));
    }
  });

  test('a character that cannot be names its group', () => {
    const typed = `${printed.slice(0, 12)}0${printed.slice(13)}`;
    expect(() => parseRecoveryKey(typed)).toThrow(expect.objectContaining({ params: { group: 3 } }));
  });

  test('two exchanged groups and a missing group are typing errors', () => {
    const groups = formatRecoveryKey(Buffer.from(Array.from({ length: 44 }, (_, index) => index))).split('-');
    const swapped = [groups[1], groups[0], ...groups.slice(2)].join('-');
    for (const typed of [swapped, groups.slice(1).join('-')]) {
      expect(() => parseRecoveryKey(typed)).toThrow(expect.objectContaining({ code: 'VAULT_RECOVERY_KEY_MISTYPED' }));
    }
  });
});
