import { describe, expect, test } from 'vitest';
import { integer, objectIdentifier, octetString, sequence } from '../../../../electron/pki/asn1/der-writer.ts';
import { writePem } from '../../../../electron/pki/pem.ts';
import { readPfx } from '../../../../electron/pki/pkcs12/read-pfx.ts';
import { LIMITS } from '../../../../shared/limits.ts';
import { plainPfx, toIndefiniteBer } from '../../../fixtures/build-pfx.ts';

const FILE = plainPfx([], 'pass');

describe('readPfx', () => {
  test.each([
    ['nothing', Buffer.alloc(0)],
    ['one byte', Buffer.from([0x30])],
    ['text', Buffer.from('MIT License\n\nPermission is hereby granted')],
    ['a certificate by its shape', sequence(sequence(integer(3)), sequence())],
    [
      'a private key',
      sequence(integer(0), sequence(objectIdentifier('1.2.840.10045.2.1')), octetString(Buffer.alloc(4))),
    ],
    ['PEM of something else', Buffer.from(writePem('CERTIFICATE', sequence(integer(1))))],
  ])('%s taken for a PKCS#12', (_, bytes) => {
    expect(readPfx(bytes)).toBeNull();
  });

  test.each([
    ['BER', toIndefiniteBer(FILE)],
    ['PEM', Buffer.from(`Bag Attributes\n${writePem('PKCS12', FILE)}`)],
    ['base64', Buffer.from(`${FILE.toString('base64').replace(/.{60}/g, '$&\r\n')}\n`)],
  ])('%s that is not read like DER', (_, bytes) => {
    expect(readPfx(bytes)).toEqual(readPfx(FILE));
  });

  test('a file cut short that counts as another kind of file', () => {
    for (let length = 23; length < FILE.length; length++) expect(() => readPfx(FILE.subarray(0, length))).toThrow();
  });

  test('bytes after the file', () => {
    expect(() => readPfx(Buffer.concat([FILE, Buffer.from([0])]))).toThrow('bytes after');
  });

  test('another version', () => {
    const bytes = Buffer.from(FILE);
    bytes[bytes.indexOf(Buffer.from([2, 1, 3])) + 2] = 4;
    expect(() => readPfx(bytes)).toThrow(
      expect.objectContaining({ code: 'P12_MALFORMED', params: { reason: 'version' } }),
    );
  });

  test('a file over the limit that is parsed', () => {
    const large = plainPfx([Buffer.alloc(LIMITS.pkcs12)]);
    expect(() => readPfx(large)).toThrow(expect.objectContaining({ params: { reason: 'too large' } }));
  });

  test('many BEGIN lines that are each searched to the end of the file', () => {
    const bytes = Buffer.from('-----BEGIN PKCS12-----\n'.repeat(LIMITS.pkcs12 / 23));
    expect(readPfx(bytes)).toBeNull();
  });

  test('an SM2 key file that is not refused by its name', () => {
    const sm2 = sequence(integer(1), sequence(objectIdentifier('1.2.156.10197.6.1.4.2.1')));
    expect(() => readPfx(sm2)).toThrow(
      expect.objectContaining({ code: 'P12_ALGORITHM_REFUSED', params: { algorithm: 'SM2' } }),
    );
  });
});
