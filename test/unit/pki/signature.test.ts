import { constants, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { context, integer, nullValue, objectIdentifier, sequence } from '../../../electron/pki/asn1/der-writer.ts';
import { generateKeyPair } from '../../../electron/pki/keys.ts';
import { OID } from '../../../electron/pki/oids.ts';
import { signData, verifySignature, verifySignatureBy } from '../../../electron/pki/signature.ts';
import {
  parseDigestAlgorithm,
  parseSignatureAlgorithm,
  signatureAlgorithmFor,
  signatureIdentifier,
} from '../../../electron/pki/signature-algorithm.ts';

const data = Buffer.from('to be signed');
const refused = expect.objectContaining({ code: 'SIGNATURE_ALGORITHM_REFUSED' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });

describe.each(['p256', 'p384', 'p521', 'rsa3072', 'ed25519'] as const)('%s', (name) => {
  const { publicKey, privateKey } = generateKeyPair(name);
  const algorithm = signatureAlgorithmFor(privateKey);
  const signature = signData(algorithm, privateKey, data);

  test('does not verify what it signed', () => {
    expect(verifySignature(algorithm, publicKey, data, signature)).toBe(true);
    expect(verifySignatureBy(signatureIdentifier(algorithm), publicKey, data, signature)).toBe(true);
    expect(parseSignatureAlgorithm(signatureIdentifier(algorithm))).toEqual(algorithm);
  });

  test('verifies other data, another signature or another key', () => {
    const changed = Buffer.from(signature);
    changed.writeUInt8(changed.readUInt8(20) ^ 1, 20);
    expect(verifySignature(algorithm, publicKey, Buffer.from('other'), signature)).toBe(false);
    expect(verifySignature(algorithm, publicKey, data, changed)).toBe(false);
    expect(verifySignature(algorithm, publicKey, data, Buffer.alloc(0))).toBe(false);
    expect(verifySignature(algorithm, generateKeyPair(name).publicKey, data, signature)).toBe(false);
  });
});

describe('keys and algorithms that do not belong together', () => {
  test('an EC key verifies by an RSA algorithm, or throws', () => {
    const { publicKey } = generateKeyPair('p256');
    expect(verifySignature({ scheme: 'pkcs1', digest: 'sha256' }, publicKey, data, Buffer.alloc(64))).toBe(false);
    expect(verifySignature({ scheme: 'ecdsa', digest: 'sha256' }, rsa.publicKey, data, Buffer.alloc(64))).toBe(false);
  });

  test('PKCS#1 and PSS signatures are taken for each other', () => {
    const pkcs1 = signData({ scheme: 'pkcs1', digest: 'sha256' }, rsa.privateKey, data);
    expect(verifySignature({ scheme: 'pss', digest: 'sha256', saltLength: 32 }, rsa.publicKey, data, pkcs1)).toBe(
      false,
    );
  });

  test('a key is used that the policy refuses', () => {
    const weak = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const signature = sign('sha256', data, weak.privateKey);
    const verify = (allowLegacy: boolean) =>
      verifySignature({ scheme: 'pkcs1', digest: 'sha256' }, weak.publicKey, data, signature, { allowLegacy });
    expect(() => verify(false)).toThrow(expect.objectContaining({ code: 'KEY_ALGORITHM_REFUSED' }));
    expect(verify(true)).toBe(true);
  });
});

describe('PSS parameters', () => {
  const hash = (oid: string) => sequence(objectIdentifier(oid), nullValue());
  const mask = (oid: string) => sequence(objectIdentifier(OID.mgf1), hash(oid));
  const pss = (...fields: Buffer[]) => sequence(objectIdentifier(OID.rsassaPss), sequence(...fields));
  const good = [context(0, hash(OID.sha256)), context(1, mask(OID.sha256)), context(2, integer(32))];

  test('another salt length than the one stated verifies', () => {
    const signature = sign('sha256', data, {
      key: rsa.privateKey,
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength: 20,
    });
    const stated = (length: number) => pss(...good.slice(0, 2), context(2, integer(length)));
    expect(verifySignatureBy(stated(20), rsa.publicKey, data, signature)).toBe(true);
    expect(verifySignatureBy(stated(32), rsa.publicKey, data, signature)).toBe(false);
  });

  test.each<[string, Buffer]>([
    ['absent', sequence(objectIdentifier(OID.rsassaPss))],
    ['NULL', sequence(objectIdentifier(OID.rsassaPss), nullValue())],
    ['empty, which means SHA-1', pss()],
    ['of two digests', pss(context(0, hash(OID.sha256)), context(1, mask(OID.sha384)))],
    ['without a mask, which means SHA-1', pss(context(0, hash(OID.sha256)))],
    ['with another trailer', pss(...good, context(3, integer(2)))],
    ['with more', pss(...good, context(4, integer(2)))],
    ['with a huge salt', pss(...good.slice(0, 2), context(2, integer(1_000_000)))],
    [
      'with another mask function',
      pss(context(0, hash(OID.sha256)), context(1, sequence(objectIdentifier('1.2.3'), hash(OID.sha256)))),
    ],
  ])('that are %s are accepted', (_, identifier) => {
    expect(() => parseSignatureAlgorithm(identifier)).toThrow(refused);
  });
});

describe('algorithm identifiers', () => {
  test.each([OID.sha1WithRSAEncryption, OID.md5WithRSAEncryption, OID.ecdsaWithSHA1])(
    '%s is accepted without the legacy switch, or refused with it',
    (oid) => {
      const identifier = sequence(objectIdentifier(oid));
      expect(() => parseSignatureAlgorithm(identifier)).toThrow(refused);
      expect(parseSignatureAlgorithm(identifier, { allowLegacy: true }).digest).toMatch(/sha1|md5/);
    },
  );

  test.each<[string, Buffer]>([
    ['DSA', sequence(objectIdentifier(OID.dsaWithSHA256))],
    ['SM2', sequence(objectIdentifier(OID.sm2WithSM3))],
    ['ECDSA with NULL', sequence(objectIdentifier(OID.ecdsaWithSHA256), nullValue())],
    ['RSA with a SEQUENCE', sequence(objectIdentifier(OID.sha256WithRSAEncryption), sequence())],
    [
      'something after the parameters',
      sequence(objectIdentifier(OID.sha256WithRSAEncryption), nullValue(), nullValue()),
    ],
    ['no DER', Buffer.from('x')],
  ])('%s is accepted even with the legacy switch', (_, identifier) => {
    expect(() => parseSignatureAlgorithm(identifier, { allowLegacy: true })).toThrow(refused);
  });

  test('RSA without NULL is refused (RFC 4055, 5)', () => {
    expect(parseSignatureAlgorithm(sequence(objectIdentifier(OID.sha256WithRSAEncryption))).scheme).toBe('pkcs1');
  });

  test('a digest is read as another', () => {
    expect(parseDigestAlgorithm(sequence(objectIdentifier(OID.sha384)))).toBe('sha384');
    expect(() => parseDigestAlgorithm(sequence(objectIdentifier(OID.sha1)))).toThrow(refused);
    expect(() => parseDigestAlgorithm(sequence(objectIdentifier('1.2.3')))).toThrow(refused);
  });
});
