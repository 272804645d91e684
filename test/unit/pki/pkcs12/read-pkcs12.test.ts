import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { context, integer, octetString, sequence, tlv } from '../../../../electron/pki/asn1/der-writer.ts';
import { P12_OID } from '../../../../electron/pki/pkcs12/oids.ts';
import { readPkcs12 } from '../../../../electron/pki/pkcs12/read-pkcs12.ts';
import { writePkcs12 } from '../../../../electron/pki/pkcs12/write-pkcs12.ts';
import {
  certBag,
  dataContentInfo,
  pfx,
  plainPfx,
  safeBag,
  sha1,
  toIndefiniteBer,
} from '../../../fixtures/build-pfx.ts';
import { digestsOf, entriesOf, FEW_ITERATIONS, makeIdentity } from '../../../fixtures/pkcs12-material.ts';

const { ca, identity } = makeIdentity();
const { signing, encryption } = identity;
const FILE = writePkcs12({
  entries: entriesOf(identity),
  certificates: identity.chain,
  password: '密码 pass',
  iterations: FEW_ITERATIONS,
});
const pkcs8 = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'der' });
const keyBag = (key: KeyObject, attributes = {}) => safeBag(P12_OID.keyBag, pkcs8(key), attributes);
const refused = (code: string, params: object = {}) =>
  expect.objectContaining({ code, params: expect.objectContaining(params) });

describe('readPkcs12', () => {
  test('keys, certificates or names that do not come back as written', () => {
    const p12 = readPkcs12(FILE, '密码 pass');
    expect(p12?.entries.map(({ friendlyName }) => friendlyName)).toEqual(['签名', '加密']);
    expect(digestsOf(p12?.entries.map(({ certificate }) => certificate) ?? [])).toEqual(
      digestsOf([signing.certificate, encryption.certificate]),
    );
    expect(p12?.entries.map(({ key }) => pkcs8(key))).toEqual([pkcs8(signing.key), pkcs8(encryption.key)]);
    expect(p12?.entries[0]?.localKeyId).toEqual(sha1(signing.certificate.der));
    expect(digestsOf(p12?.certificates ?? [])).toEqual(digestsOf([ca.certificate]));
    expect(p12?.integrity).toBe('mac');
    expect(p12?.description.legacy).toEqual([]);
  });

  test('a wrong password that is not told from a broken file', () => {
    expect(() => readPkcs12(FILE, '密码')).toThrow(refused('P12_PASSWORD_WRONG'));
    expect(() => readPkcs12(FILE, '')).toThrow(refused('P12_PASSWORD_WRONG'));
  });

  test('BER inside and outside that is not read', () => {
    const inner = toIndefiniteBer(sequence(dataContentInfo(toIndefiniteBer(sequence(keyBag(signing.key)), 3))), 100);
    const p12 = readPkcs12(toIndefiniteBer(pfx(inner)), '');
    expect(p12?.entries).toHaveLength(1);
  });

  test('a password of no octets at all', () => {
    const authSafe = sequence(dataContentInfo(sequence(keyBag(signing.key))));
    expect(readPkcs12(pfx(authSafe, Buffer.alloc(0)), '')?.entries).toHaveLength(1);
    expect(readPkcs12(pfx(authSafe, Buffer.alloc(2)), '')?.entries).toHaveLength(1);
  });

  test('a MAC that is not checked because nothing is encrypted', () => {
    const file = plainPfx([keyBag(signing.key)], 'right');
    expect(readPkcs12(file, 'right')?.integrity).toBe('mac');
    expect(() => readPkcs12(file, 'wrong')).toThrow(refused('P12_PASSWORD_WRONG'));
    expect(readPkcs12(plainPfx([keyBag(signing.key)]), 'any')?.integrity).toBe('none');
  });

  test('bags in bags that are lost, or nested without end', () => {
    const nest = (bag: Buffer, depth: number): Buffer =>
      depth === 0 ? bag : nest(safeBag(P12_OID.safeContentsBag, sequence(bag)), depth - 1);
    expect(readPkcs12(plainPfx([nest(keyBag(signing.key), 3)]), '')?.entries).toHaveLength(1);
    expect(() => readPkcs12(plainPfx([nest(keyBag(signing.key), 6)]), '')).toThrow(refused('P12_MALFORMED'));
  });

  test('CRLs, secrets and unknown bags that keep the keys from being read', () => {
    const strangers = [P12_OID.crlBag, P12_OID.secretBag, '1.2.3.4'].map((bagId) =>
      safeBag(bagId, sequence(integer(1))),
    );
    expect(readPkcs12(plainPfx([...strangers, keyBag(signing.key)]), '')?.entries).toHaveLength(1);
  });

  test('a key of version 2 with its public key (RFC 5958)', () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const plain = pkcs8(privateKey);
    const version2 = sequence(integer(1), plain.subarray(5), tlv(0x81, Buffer.alloc(33)));
    const bag = safeBag(P12_OID.keyBag, version2);
    expect(readPkcs12(plainPfx([bag]), '')?.entries[0]?.key.equals(privateKey)).toBe(true);
  });

  test("the caller's bytes that are zeroed with the secrets", () => {
    const file = plainPfx([keyBag(signing.key)], 'pass');
    const before = Buffer.from(file);
    readPkcs12(file, 'pass');
    expect(file).toEqual(before);
  });

  test('a name that vanishes when the decrypted bags are zeroed', () => {
    const entry = readPkcs12(FILE, '密码 pass')?.entries[1];
    expect(entry?.localKeyId?.some((byte) => byte !== 0)).toBe(true);
  });
});

describe('readPkcs12 refuses', () => {
  test('more iterations than the caller or the limit allows', () => {
    expect(() => readPkcs12(FILE, '密码 pass', { maxIterations: 2 * FEW_ITERATIONS })).toThrow(
      refused('P12_ALGORITHM_REFUSED', { algorithm: 'PBKDF2' }),
    );
    const authSafe = sequence(dataContentInfo(sequence()));
    // Our own loop is slower: each of its iterations counts twice
    expect(() => readPkcs12(pfx(authSafe, Buffer.alloc(2), 5_000_001), '')).toThrow(
      refused('P12_ALGORITHM_REFUSED', { algorithm: 'PKCS12', iterations: 10_000_002 }),
    );
  });

  test('keys that the policy does not know', () => {
    const small = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
    const koblitz = generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey;
    const sm2 = generateKeyPairSync('ec', { namedCurve: 'SM2' }).privateKey;
    expect(() => readPkcs12(plainPfx([keyBag(small)]), '')).toThrow(
      refused('P12_ALGORITHM_REFUSED', { algorithm: 'RSA-1024' }),
    );
    for (const key of [koblitz, sm2]) {
      expect(() => readPkcs12(plainPfx([keyBag(key)]), '')).toThrow(refused('P12_ALGORITHM_REFUSED'));
    }
    expect(readPkcs12(plainPfx([keyBag(small)]), '', { allowLegacy: true })?.entries).toHaveLength(1);
  });

  test('a private key that contradicts its public half', () => {
    const bytes = pkcs8(signing.key);
    const other = pkcs8(encryption.key);
    // 65 octets of public point end the ECPrivateKey
    other.copy(bytes, bytes.length - 65, other.length - 65);
    const file = plainPfx([safeBag(P12_OID.keyBag, bytes)]);
    expect(() => readPkcs12(file, '')).toThrow(refused('P12_MALFORMED'));
  });

  test('a certificate that is none', () => {
    expect(() => readPkcs12(plainPfx([certBag(sequence(integer(1)))]), '')).toThrow(refused('P12_MALFORMED'));
  });

  test('more keys than anybody has', () => {
    const bags = Array.from({ length: 65 }, () => keyBag(signing.key));
    expect(() => readPkcs12(plainPfx(bags), '')).toThrow(refused('P12_MALFORMED', { reason: 'too many entries' }));
  });

  test.each([
    ['SignedData', '1.2.840.113549.1.7.2', 'SignedData integrity'],
    ['EnvelopedData', '1.2.840.113549.1.7.3', 'EnvelopedData privacy'],
  ])('contents as %s, by its name', (_, oid, algorithm) => {
    const contentInfo = sequence(
      Buffer.concat([Buffer.from([6, 9]), Buffer.from('2a864886f70d0107', 'hex'), Buffer.from([Number(oid.at(-1))])]),
      context(0, octetString(Buffer.alloc(1))),
    );
    expect(() => readPkcs12(pfx(sequence(contentInfo)), '')).toThrow(refused('P12_ALGORITHM_REFUSED', { algorithm }));
  });
});
