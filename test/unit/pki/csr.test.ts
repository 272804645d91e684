import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { children, type Element, readOnly } from '../../../electron/pki/asn1/der-reader.ts';
import {
  context,
  integer,
  nullValue,
  objectIdentifier,
  sequence,
  setOf,
} from '../../../electron/pki/asn1/der-writer.ts';
import { parseCsr } from '../../../electron/pki/csr.ts';
import { createCsr } from '../../../electron/pki/issue/create-csr.ts';
import { signStructure, spkiOf } from '../../../electron/pki/issue/issue-certificate.ts';
import { encodeName } from '../../../electron/pki/issue/subject-name.ts';
import { keyUsageExtension } from '../../../electron/pki/issue/write-extensions.ts';
import { generateKeyPair } from '../../../electron/pki/keys.ts';
import { OID } from '../../../electron/pki/oids.ts';
import { writePem } from '../../../electron/pki/pem.ts';
import { signatureAlgorithmFor } from '../../../electron/pki/signature-algorithm.ts';

const subject = { countryName: 'CN', commonName: '张三' };
const { publicKey, privateKey } = generateKeyPair('p256');
const wish = keyUsageExtension(['digitalSignature']);
const good = createCsr({ subject, key: privateKey, extensions: [wish] });
const code = (wanted: string) => expect.objectContaining({ code: wanted });

describe('a request', () => {
  test.each(['p256', 'p384', 'p521', 'rsa3072', 'ed25519'] as const)(
    'for %s loses something on its way',
    (algorithm) => {
      const pair = generateKeyPair(algorithm);
      const request = parseCsr(createCsr({ subject, key: pair.privateKey, extensions: [wish] }));
      expect(request.subjectText).toBe('CN=张三,C=CN');
      expect(request.publicKey.equals(pair.publicKey)).toBe(true);
      expect([...request.extensions.keys()]).toEqual([OID.keyUsage]);
    },
  );

  test.each([
    ['PEM', Buffer.from(writePem('CERTIFICATE REQUEST', good))],
    ['PEM of Microsoft', Buffer.from(writePem('NEW CERTIFICATE REQUEST', good))],
    ['DER without wishes', createCsr({ subject, key: privateKey })],
  ])('%s is refused', (_, bytes) => expect(parseCsr(bytes).publicKey.equals(publicKey)).toBe(true));
});

describe('a request that must not be believed', () => {
  /** Signed by `signer`, whoever the key in it belongs to. */
  function forge(key = publicKey, signer = privateKey, attributes: Buffer = context(0)): Buffer {
    const info = sequence(integer(0), encodeName(subject), spkiOf(key), attributes);
    return signStructure(info, signatureAlgorithmFor(signer), signer);
  }

  test('somebody else’s key is certified', () => {
    expect(() => parseCsr(forge(generateKeyPair('p256').publicKey))).toThrow(code('SIGNATURE_INVALID'));
  });

  test('its name was changed after it was signed', () => {
    const [info, algorithm, signature] = children(readOnly(good)) as [Element, Element, Element];
    const fields = children(info).map(({ raw }) => raw);
    const changed = sequence(
      sequence(...fields.with(1, encodeName({ commonName: 'x' }))),
      algorithm.raw,
      signature.raw,
    );
    expect(() => parseCsr(changed)).toThrow(code('SIGNATURE_INVALID'));
  });

  test('its key is weak', () => {
    const weak = generateKeyPairSync('rsa', { modulusLength: 1024 });
    expect(() => parseCsr(forge(weak.publicKey))).toThrow(code('KEY_ALGORITHM_REFUSED'));
  });

  const wishes = (...values: Buffer[]) => sequence(objectIdentifier(OID.extensionRequest), setOf(...values));

  test.each<[string, Buffer]>([
    ['nothing', Buffer.alloc(0)],
    ['text', Buffer.from('-----BEGIN X-----\n-----END X-----')],
    ['bytes after it', Buffer.concat([good, nullValue()])],
    ['wishes twice', forge(publicKey, privateKey, context(0, wishes(sequence(wish)), wishes(sequence(wish))))],
    ['two values of wishes', forge(publicKey, privateKey, context(0, wishes(sequence(wish), sequence(wish, wish))))],
    ['too much', Buffer.alloc(200_000)],
  ])('%s is read', (_, bytes) => expect(() => parseCsr(bytes)).toThrow(code('CSR_MALFORMED')));
});
