import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { LocalRecipientKey } from '../../electron/packages/cms/unwrap-content-key.ts';
import { verifyCms } from '../../electron/packages/cms/verify-cms.ts';
import { readCertificates } from '../../electron/pki/read-certificates.ts';
import { isAppError } from '../../shared/errors.ts';
import { decryptToBuffer } from '../fixtures/decrypt-to-buffer.ts';
import { runSuite, vectorsRoot } from './vectors.ts';

const root = vectorsRoot();
const folder = join(root ?? '', 'openssl', 'cms');
const read = (name: string) => readFileSync(join(folder, name));

function keyOf(name: string): LocalRecipientKey {
  const [certificate] = readCertificates(read(`${name}-cert.pem`));
  if (certificate === undefined) throw new Error('no certificate');
  return { certificate, key: createPrivateKey(read(`${name}-key.pem`)) };
}

/** What OpenSSL's own tests expect to fail, with how it must fail here. */
const SIGNED = {
  'bad_signtime_attr.cms': 'TOTAL_FAILED FORMAT_FAILURE',
  'ct_multiple_attr.cms': 'TOTAL_FAILED FORMAT_FAILURE',
  'no_ct_attr.cms': 'TOTAL_FAILED FORMAT_FAILURE',
  'no_md_attr.cms': 'TOTAL_FAILED FORMAT_FAILURE',
  'pkcs7-md4.pem': 'INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE',
} as const;

const ENVELOPED = {
  'ecdh-malformed.der': ['ecdh', 'PACKAGE_MALFORMED'],
  'dh-malformed.der': ['dh', 'PACKAGE_ALGORITHM_REFUSED'],
  'pkcs7-md4-encrypted.pem': ['ecdh', 'PACKAGE_ALGORITHM_REFUSED'],
  // Its key is not among the vectors: nobody's recipient
  'rsa-malformed.der': ['ecdh', 'null'],
  // MIME around it, which only a mail program takes off
  'ciphertext_from_1_1_1.cms': ['ecdh', 'PACKAGE_MALFORMED'],
} as const;

async function signedOutcome(file: string): Promise<string> {
  const trust = { anchors: [], revocation: 'off', allowLegacy: true } as const;
  const { signers } = await verifyCms({ bytes: read(file), trust, at: new Date('2026-01-01T00:00:00Z') });
  return signers.map(({ signature }) => `${signature.indication} ${signature.subIndication}`).join();
}

async function envelopedOutcome(file: string, key: string): Promise<string> {
  try {
    const opened = await decryptToBuffer(read(file), [keyOf(key)], { policy: { allowLegacy: true } });
    return opened === null ? 'null' : 'opened';
  } catch (error) {
    if (!isAppError(error)) throw error;
    return error.code;
  }
}

describe.skipIf(root === null)('malformed CMS of OpenSSL (10 files)', () => {
  test('a malformed message is taken for good, or fails for another reason', async () => {
    const signed = Object.entries(SIGNED).map(
      async ([file, expected]) => [file, expected, await signedOutcome(file)] as const,
    );
    const enveloped = Object.entries(ENVELOPED).map(
      async ([file, [key, expected]]) => [file, expected, await envelopedOutcome(file, key)] as const,
    );
    const outcomes = await Promise.all([...signed, ...enveloped]);
    const result = runSuite(
      'openssl-cms',
      outcomes,
      ([file]) => file,
      ([, expected, actual]) => (actual === expected ? null : actual),
    );
    expect(result).toMatchObject({ passed: 10, total: 10, unexpected: [], stale: [] });
  });
});
