import { createHmac, pbkdf2Sync } from 'node:crypto';
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
import { describeIntegrity, readMacScheme, verifyMac } from '../../../../electron/pki/pkcs12/mac-scheme.ts';
import { P12_OID } from '../../../../electron/pki/pkcs12/oids.ts';
import { passwordForms } from '../../../../electron/pki/pkcs12/password-forms.ts';

const CONTENT = Buffer.from('the AuthenticatedSafe');
const SALT = Buffer.from('saltsalt');
const hmacSha256 = sequence(objectIdentifier(P12_OID.hmacWithSHA256), nullValue());

/** MacData with PBMAC1 of HMAC-SHA-256 and a key of `keyLength` bytes, or of 32 where none is written. */
function pbmac1(keyLength: number | null, password = '密码'): Buffer {
  const key = pbkdf2Sync(password, SALT, 3, keyLength ?? 32, 'sha256');
  const mac = createHmac('sha256', key).update(CONTENT).digest();
  const length = keyLength === null ? [] : [integer(keyLength)];
  const kdf = sequence(objectIdentifier(OID.pbkdf2), sequence(octetString(SALT), integer(3), ...length, hmacSha256));
  const algorithm = sequence(objectIdentifier(P12_OID.pbmac1), sequence(kdf, hmacSha256));
  return sequence(sequence(algorithm, octetString(mac)), octetString(Buffer.from('NOT USED')), integer(1));
}

const verify = (macData: Buffer, password: string) =>
  verifyMac(readMacScheme(readOnly(macData)), CONTENT, passwordForms(password), { iterationsLeft: 1000 });

describe('readMacScheme and verifyMac', () => {
  test('PBMAC1 that takes a wrong password, or not the right one', () => {
    for (const keyLength of [20, 32, 64]) expect(verify(pbmac1(keyLength), '密码')).toBe(true);
    expect(verify(pbmac1(32), '密')).toBe(false);
  });

  test.each([null, 19, 65])('PBMAC1 with a key of %s bytes', (keyLength) => {
    expect(() => verify(pbmac1(keyLength), '密码')).toThrow('key length');
  });

  test('a MAC of another length than its digest', () => {
    const digestInfo = sequence(sequence(objectIdentifier(OID.sha256), nullValue()), octetString(Buffer.alloc(31)));
    expect(() => readMacScheme(readOnly(sequence(digestInfo, octetString(SALT))))).toThrow('length');
  });

  test('iterations that are not one where none are written', () => {
    const digestInfo = sequence(sequence(objectIdentifier(OID.sha1), nullValue()), octetString(Buffer.alloc(20)));
    const scheme = readMacScheme(readOnly(sequence(digestInfo, octetString(SALT))));
    expect(describeIntegrity(scheme)).toEqual({
      kind: 'mac',
      digest: 'SHA-1',
      kdf: 'PKCS12',
      iterations: 1,
      legacy: true,
    });
  });

  test('a digest that is not refused by its name', () => {
    const digestInfo = sequence(sequence(objectIdentifier(OID.md5), nullValue()), octetString(Buffer.alloc(16)));
    expect(() => readMacScheme(readOnly(sequence(digestInfo, octetString(SALT))))).toThrow(
      expect.objectContaining({ code: 'P12_ALGORITHM_REFUSED', params: { algorithm: 'MD5' } }),
    );
  });
});
