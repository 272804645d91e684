import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { verifySignature } from '../../electron/pki/signature.ts';
import type { SignatureAlgorithm } from '../../electron/pki/signature-algorithm.ts';
import { runSuite, vectorsRoot } from './vectors.ts';

const root = vectorsRoot();

interface Vector {
  readonly tcId: number;
  readonly comment: string;
  readonly msg: string;
  readonly sig: string;
  readonly result: 'valid' | 'invalid' | 'acceptable';
}

interface Group {
  readonly publicKeyDer: string;
  readonly sha: string;
  readonly sLen?: number;
  readonly tests: readonly Vector[];
}

const FILES: readonly [string, (group: Group) => SignatureAlgorithm][] = [
  ['ecdsa_secp256r1_sha256_test.json', () => ({ scheme: 'ecdsa', digest: 'sha256' })],
  ['ecdsa_secp384r1_sha384_test.json', () => ({ scheme: 'ecdsa', digest: 'sha384' })],
  ['rsa_signature_2048_sha256_test.json', () => ({ scheme: 'pkcs1', digest: 'sha256' })],
  ['rsa_signature_3072_sha256_test.json', () => ({ scheme: 'pkcs1', digest: 'sha256' })],
  ['rsa_pss_2048_sha256_mgf1_32_test.json', ({ sLen = 0 }) => ({ scheme: 'pss', digest: 'sha256', saltLength: sLen })],
];

interface Case {
  readonly name: string;
  readonly key: KeyObject;
  readonly algorithm: SignatureAlgorithm;
  readonly vector: Vector;
}

function readCases(file: string, algorithmOf: (group: Group) => SignatureAlgorithm): Case[] {
  const { testGroups } = JSON.parse(readFileSync(join(root ?? '', 'wycheproof', file), 'utf8')) as {
    testGroups: readonly Group[];
  };
  return testGroups.flatMap((group) => {
    const key = createPublicKey({ key: Buffer.from(group.publicKeyDer, 'hex'), format: 'der', type: 'spki' });
    const algorithm = algorithmOf(group);
    return group.tests.map((vector) => ({ name: `${file}#${vector.tcId}`, key, algorithm, vector }));
  });
}

function difference({ key, algorithm, vector }: Case): string | null {
  const verified = verifySignature(algorithm, key, Buffer.from(vector.msg, 'hex'), Buffer.from(vector.sig, 'hex'));
  if (vector.result === 'acceptable' || verified === (vector.result === 'valid')) return null;
  return `${vector.comment}: ${vector.result}, verified ${verified}`;
}

describe.skipIf(root === null)('wycheproof signatures (5 files)', () => {
  test.each(FILES)('%s: a forged signature passes, or a good one does not', (file, algorithmOf) => {
    const result = runSuite(
      `wycheproof/${file}`,
      readCases(file, algorithmOf),
      ({ name }) => name,
      (one) => difference(one),
    );
    expect(result.total).toBeGreaterThan(50);
    expect(result.unexpected).toEqual([]);
    expect(result.stale).toEqual([]);
  });
});
