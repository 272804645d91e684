import { describe, expect, test } from 'vitest';
import { bmpPassword, passwordForms, wipePasswordForms } from '../../../../electron/pki/pkcs12/password-forms.ts';

const hex = (forms: readonly Buffer[]) => forms.map((form) => form.toString('hex'));

describe('passwordForms', () => {
  test('a standard form that is not tried first', () => {
    const { bmp, octets } = passwordForms('密码');
    expect(hex(bmp)[0]).toBe('5bc678010000');
    expect(hex(octets)[0]).toBe('e5af86e7a081');
  });

  test('an ASCII password that costs more than one derivation, where no writer differs', () => {
    expect(hex(passwordForms('pass').bmp)).toEqual(['00700061007300730000']);
  });

  test('an empty password of which only one of its two forms is known', () => {
    expect(hex(passwordForms('').bmp)).toEqual(['0000', '']);
    expect(hex(passwordForms('').octets)).toEqual(['']);
  });

  test('octets of UTF-8 or GBK that OpenSSL read as Latin-1', () => {
    const { bmp } = passwordForms('密');
    expect(hex(bmp)).toEqual(['5bc60000', '00e500af00860000', '00c300dc0000']);
  });

  test('PBES2 under Latin-1, GBK or BMPString octets', () => {
    expect(hex(passwordForms('é').octets)).toContain('e9');
    expect(hex(passwordForms('密').octets)).toEqual(['e5af86', 'c3dc', '5bc60000', '5bc6']);
  });

  test('a character beyond GBK or beyond the BMP', () => {
    const { bmp, octets } = passwordForms('a𠮷');
    expect(hex(octets)[0]).toBe('61f0a0aeb7');
    expect(hex(bmp)[0]).toBe('0061d842dfb70000');
    expect(octets).toHaveLength(3);
  });

  test('a form that stays in memory', () => {
    const forms = passwordForms('密码');
    wipePasswordForms(forms);
    for (const form of [...forms.bmp, ...forms.octets]) expect(form.every((byte) => byte === 0)).toBe(true);
  });
});

test('bmpPassword: no terminating zeros', () => {
  expect(bmpPassword('a').toString('hex')).toBe('00610000');
});
