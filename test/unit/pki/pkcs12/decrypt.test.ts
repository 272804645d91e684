import forge from 'node-forge';
import { describe, expect, test } from 'vitest';
import { octetString, sequence } from '../../../../electron/pki/asn1/der-writer.ts';
import { decryptSequence } from '../../../../electron/pki/pkcs12/decrypt.ts';
import type { EncryptionScheme } from '../../../../electron/pki/pkcs12/encryption-scheme.ts';
import { bmpPassword, passwordForms } from '../../../../electron/pki/pkcs12/password-forms.ts';
import { derivePkcs12Key, PURPOSE } from '../../../../electron/pki/pkcs12/pkcs12-kdf.ts';
import { LIMITS } from '../../../../shared/limits.ts';

const KDF = { name: 'PKCS12', digest: 'sha1', salt: Buffer.from('saltsalt'), iterations: 1 } as const;
const RC2_40: EncryptionScheme = {
  name: 'pbeWithSHAAnd40BitRC2-CBC',
  cipher: { name: 'RC2-40-CBC', node: null, keyLength: 5, blockLength: 8, legacy: true },
  kdf: KDF,
  iv: null,
};

function encryptRc2(plaintext: Buffer, password: string): Buffer {
  const derive = (purpose: 1 | 2, length: number) =>
    derivePkcs12Key({ ...KDF, purpose, password: bmpPassword(password), length }).toString('latin1');
  const cipher = forge.rc2.createEncryptionCipher(derive(PURPOSE.encryptionKey, 5), 40);
  cipher.start(derive(PURPOSE.initializationVector, 8));
  cipher.update(forge.util.createBuffer(plaintext.toString('latin1')));
  cipher.finish();
  return Buffer.from(cipher.output.getBytes(), 'latin1');
}

const decrypt = (ciphertext: Buffer, password = 'pass', scheme = RC2_40) =>
  decryptSequence(scheme, ciphertext, passwordForms(password), { iterationsLeft: 1000 });

describe('decryptSequence', () => {
  test('RC2 in pieces that are joined wrong', () => {
    for (const length of [0, 7, 1015, 1016, 1017, 5000]) {
      const plaintext = sequence(octetString(Buffer.alloc(length, 'x')));
      expect(decrypt(encryptRc2(plaintext, 'pass'))).toEqual(plaintext);
    }
  });

  test('a file full of RC2 that takes minutes', () => {
    expect(decrypt(Buffer.alloc(LIMITS.pkcs12, 7))).toBeNull();
  });

  test('a wrong password that gives something', () => {
    expect(decrypt(encryptRc2(sequence(octetString(Buffer.alloc(100))), 'pass'), 'word')).toBeNull();
  });

  test('a plaintext that is no SEQUENCE, or more than one', () => {
    expect(decrypt(encryptRc2(octetString(Buffer.alloc(9)), 'pass'))).toBeNull();
    expect(decrypt(encryptRc2(Buffer.concat([sequence(), Buffer.alloc(1)]), 'pass'))).toBeNull();
  });

  test.each([0, 7, 9])('a ciphertext of %i bytes, which is not whole blocks', (length) => {
    expect(() => decrypt(Buffer.alloc(length))).toThrow('whole blocks');
  });
});
