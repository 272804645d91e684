import { describe, expect, test } from 'vitest';
import { readOnly } from '../../../../electron/pki/asn1/der-reader.ts';
import {
  integer,
  nullValue,
  objectIdentifier,
  octetString,
  sequence,
} from '../../../../electron/pki/asn1/der-writer.ts';
import { OID } from '../../../../electron/pki/oids.ts';
import { deriveKey, type KeyDerivation, readKeyDerivation } from '../../../../electron/pki/pkcs12/key-derivation.ts';
import { PURPOSE } from '../../../../electron/pki/pkcs12/pkcs12-kdf.ts';

const scrypt = (...numbers: readonly number[]) =>
  readKeyDerivation(
    readOnly(
      sequence(objectIdentifier(OID.scrypt), sequence(octetString(Buffer.from('NaCl')), ...numbers.map(integer))),
    ),
  );
const pbkdf2 = (...members: readonly Buffer[]) =>
  readKeyDerivation(
    readOnly(sequence(objectIdentifier(OID.pbkdf2), sequence(octetString(Buffer.from('salt')), ...members))),
  );
const derive = (kdf: KeyDerivation, length: number, iterationsLeft = 10_000_000) =>
  deriveKey(kdf, Buffer.from('password'), { purpose: PURPOSE.encryptionKey, length }, { iterationsLeft }).toString(
    'hex',
  );

describe('readKeyDerivation and deriveKey', () => {
  test('another key than RFC 7914, 12, for scrypt', () => {
    expect(derive(scrypt(1024, 8, 16), 64)).toBe(
      'fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640',
    );
  });

  test('another key than RFC 6070 for PBKDF2, whose PRF is SHA-1 where none is named', () => {
    expect(derive(pbkdf2(integer(4096)), 20)).toBe('4b007901b765489abead49d926f721d065a429c1');
    expect(pbkdf2(integer(1), integer(32))).toMatchObject({ prf: 'sha1', keyLength: 32 });
  });

  test('a PRF without parameters that is not read', () => {
    const prf = objectIdentifier('1.2.840.113549.2.9');
    expect(pbkdf2(integer(1), sequence(prf))).toMatchObject({ prf: 'sha256' });
    expect(pbkdf2(integer(1), sequence(prf, nullValue()))).toMatchObject({ prf: 'sha256' });
  });

  test.each([
    ['no power of two', [1000, 8, 1]],
    ['a cost of one', [1, 8, 1]],
    ['a cost that its block size cannot have', [65_536, 1, 1]],
    ['nothing', [1024, 0, 1]],
  ])('scrypt with %s reaches the runtime', (_, numbers) => {
    expect(() => scrypt(...numbers)).toThrow(expect.objectContaining({ name: 'Asn1Error' }));
  });

  test.each([
    ['memory', [2 ** 20, 8, 1]],
    ['lanes', [2, 8, 1000]],
  ])('scrypt that takes too much %s', (_, numbers) => {
    expect(() => scrypt(...numbers)).toThrow(expect.objectContaining({ code: 'P12_ALGORITHM_REFUSED' }));
  });

  test('work that is not taken from the budget, or goes beyond it', () => {
    const budget = { iterationsLeft: 100 };
    const want = { purpose: PURPOSE.encryptionKey, length: 32 };
    deriveKey(pbkdf2(integer(40)), Buffer.from('p'), want, budget);
    // 32 bytes are two blocks of SHA-1
    expect(budget.iterationsLeft).toBe(20);
    expect(() => deriveKey(pbkdf2(integer(11)), Buffer.from('p'), want, budget)).toThrow(
      expect.objectContaining({ code: 'P12_ALGORITHM_REFUSED', params: { algorithm: 'PBKDF2', iterations: 22 } }),
    );
    expect(() => derive(scrypt(2 ** 14, 8, 1), 32, 2 ** 18 - 1)).toThrow(
      expect.objectContaining({ code: 'P12_ALGORITHM_REFUSED' }),
    );
  });

  test('no iteration at all', () => {
    expect(() => pbkdf2(integer(0))).toThrow('out of range');
  });
});
