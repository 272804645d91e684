import { constants, createECDH, createPrivateKey, type KeyObject, privateDecrypt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { unwrapKey, wrapKey } from '../../electron/packages/cms/aes-key-wrap.ts';
import { readAlgorithmIdentifier } from '../../electron/packages/cms/algorithm-identifier.ts';
import { contentDecipher } from '../../electron/packages/cms/content-decipher.ts';
import { agree } from '../../electron/packages/cms/decrypt-key-agreement.ts';
import { decryptOaep } from '../../electron/packages/cms/decrypt-key-transport.ts';
import { decodeOaep } from '../../electron/packages/cms/oaep-decode.ts';
import { Asn1Error, cursor, readBitString, readOnly } from '../../electron/pki/asn1/der-reader.ts';
import { isAppError } from '../../shared/errors.ts';
import { runSuite, vectorsRoot } from './vectors.ts';

const root = vectorsRoot();
const hex = (text: string | undefined) => Buffer.from(text ?? '', 'hex');

type Vector = Readonly<Record<string, string>> & { readonly tcId: number; readonly result: string };
interface Case {
  readonly name: string;
  readonly group: Readonly<Record<string, string>>;
  readonly vector: Vector;
}

function readCases(file: string): Case[] {
  const { testGroups } = JSON.parse(readFileSync(join(root ?? '', 'wycheproof', file), 'utf8')) as {
    testGroups: readonly (Readonly<Record<string, string>> & { readonly tests: readonly Vector[] })[];
  };
  return testGroups.flatMap((group) =>
    group.tests.map((vector) => ({ name: `${file}#${vector.tcId}`, group, vector })),
  );
}

/** The value that our function gives, or null where it refuses. */
type Compute = (vector: Vector, group: Case['group']) => Buffer | null;

function differenceOf(compute: Compute, expected: keyof Vector & string) {
  return ({ group, vector }: Case): string | null => {
    const value = compute(vector, group);
    if (value === null) return vector.result === 'valid' ? `${vector['comment']}: refused` : null;
    if (vector.result === 'invalid') return `${vector['comment']}: accepted`;
    return value.equals(hex(String(vector[expected]))) ? null : `${vector['comment']}: another value`;
  };
}

const gcm: Compute = ({ key, iv, aad, ct, tag }) => {
  const cek = hex(key);
  const encryption = {
    mode: 'gcm',
    cipher: `aes-${cek.length * 8}-gcm`,
    keyLength: cek.length,
    nonce: hex(iv),
    tagLength: 16,
    legacy: false,
  } as const;
  try {
    const decipher = contentDecipher(encryption, cek, { tag: hex(tag), additionalData: hex(aad) });
    return Buffer.concat([decipher.update(hex(ct)), decipher.finish()]);
  } catch {
    return null;
  }
};

const keyUnwrap: Compute = ({ key, ct }) => unwrapKey(hex(key), hex(ct));

/** What may not be wrapped at all counts as refused. */
const keyWrap: Compute = ({ key, msg, ct }) => {
  if (unwrapKey(hex(key), hex(ct)) === null) return null;
  return wrapKey(hex(key), hex(msg));
};

function ecPrivateKey(curve: 'prime256v1' | 'secp384r1', scalar: Buffer): KeyObject {
  const size = curve === 'prime256v1' ? 32 : 48;
  const d = Buffer.concat([Buffer.alloc(size), scalar]).subarray(-size);
  const ecdh = createECDH(curve);
  ecdh.setPrivateKey(d);
  const point = ecdh.getPublicKey();
  const [x, y] = [point.subarray(1, 1 + size), point.subarray(1 + size)].map((part) => part.toString('base64url'));
  const crv = curve === 'prime256v1' ? 'P-256' : 'P-384';
  return createPrivateKey({
    format: 'jwk',
    key: { kty: 'EC', crv, x: x ?? '', y: y ?? '', d: d.toString('base64url') },
  });
}

/** The public key as an originatorKey would bring it: AlgorithmIdentifier and point of the SubjectPublicKeyInfo. */
const ecdh =
  (curve: 'prime256v1' | 'secp384r1'): Compute =>
  (vector) => {
    try {
      const spki = cursor(readOnly(hex(vector['public']), 0x30));
      const algorithm = readAlgorithmIdentifier(spki.next());
      return agree(ecPrivateKey(curve, hex(vector['private'])), algorithm, readBitString(spki.next()).bytes);
    } catch (error) {
      if (error instanceof Asn1Error || isAppError(error)) return null;
      throw error;
    }
  };

const oaepKey = (group: Case['group']) =>
  createPrivateKey({ key: hex(group['privateKeyPkcs8']), format: 'der', type: 'pkcs8' });

const oaep: Compute = ({ ct, msg, label }, group) => {
  const parameters = { hashName: 'sha256', mgfHash: 'sha256', label: hex(label) } as const;
  return decryptOaep(oaepKey(group), hex(ct), parameters, hex(msg).length);
};

/** The decoding that mixes of hashes take, on vectors that do not mix. */
const oaepByHand: Compute = ({ ct, msg, label }, group) => {
  try {
    const encoded = privateDecrypt({ key: oaepKey(group), padding: constants.RSA_NO_PADDING }, hex(ct));
    return decodeOaep(encoded, { hashName: 'sha256', mgfHash: 'sha256', label: hex(label), length: hex(msg).length });
  } catch {
    return null;
  }
};

const SUITES: readonly [suite: string, file: string, compute: Compute, expected: string][] = [
  ['wycheproof-aes-gcm', 'aes_gcm_test.json', gcm, 'msg'],
  ['wycheproof-aes-unwrap', 'aes_wrap_test.json', keyUnwrap, 'msg'],
  ['wycheproof-aes-wrap', 'aes_wrap_test.json', keyWrap, 'ct'],
  ['wycheproof-ecdh-p256', 'ecdh_secp256r1_test.json', ecdh('prime256v1'), 'shared'],
  ['wycheproof-ecdh-p384', 'ecdh_secp384r1_test.json', ecdh('secp384r1'), 'shared'],
  ['wycheproof-oaep', 'rsa_oaep_2048_sha256_mgf1sha256_test.json', oaep, 'msg'],
  ['wycheproof-oaep-by-hand', 'rsa_oaep_2048_sha256_mgf1sha256_test.json', oaepByHand, 'msg'],
];

describe.skipIf(root === null)('wycheproof encryption (5 files)', () => {
  test.each(SUITES)('%s: a forged input passes, or a good one does not', (suite, file, compute, expected) => {
    const result = runSuite(suite, readCases(file), ({ name }) => name, differenceOf(compute, expected));
    expect(result.total).toBeGreaterThan(0);
    expect(result).toMatchObject({ unexpected: [], stale: [] });
  });
});
