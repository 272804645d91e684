import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { digestedContent } from '../../electron/packages/cms/signed-content.ts';
import { parseTimestampResponse } from '../../electron/packages/timestamp/parse-timestamp.ts';
import { type TimestampVerdict, verifyTimestamp } from '../../electron/packages/timestamp/verify-timestamp.ts';
import type { Certificate } from '../../electron/pki/certificate.ts';
import { readCertificates } from '../../electron/pki/read-certificates.ts';
import { vectorsRoot } from './vectors.ts';

const folder = join(vectorsRoot() ?? '', 'openssl/tsa');
const present = vectorsRoot() !== null && existsSync(folder);
const AT = new Date('2026-06-01T12:00:00Z');
const read = (name: string): Buffer => readFileSync(join(folder, name));
const certificate = (name: string): Certificate[] => readCertificates(read(`${name}.pem`));

function verify(anchor: string, digest: Buffer, untrusted: readonly string[] = []): TimestampVerdict {
  const { token } = parseTimestampResponse(read('sectigo-all-zero.tsr'));
  if (token === null) throw new Error('vector without a token');
  const trust = {
    anchors: certificate(anchor),
    untrusted: untrusted.flatMap(certificate),
    crls: [],
    revocation: 'off' as const,
  };
  return verifyTimestamp({ token, content: digestedContent(new Map([['sha256', digest]])), trust, at: AT });
}

/** The cases of OpenSSL's own suite (80-test_tsa.t): a real token, by its own root and by a cross certificate. */
describe.skipIf(!present)('a real timestamp, by Sectigo (OpenSSL)', () => {
  const zeros = Buffer.alloc(32);

  test.each([
    ['user-trust-ca', []],
    ['comodo-aaa', ['user-trust-ca-aaa']],
    ['comodo-aaa', ['user-trust-ca-aaa', 'user-trust-ca']],
    ['sectigo-signer', []],
  ])('is refused under %s with %j', (anchor, untrusted) => {
    expect(verify(anchor, zeros, untrusted)).toMatchObject({ indication: 'TOTAL_PASSED', subIndication: null });
  });

  test('passes without its path, or for another content', () => {
    expect(verify('comodo-aaa', zeros).subIndication).toBe('NO_CERTIFICATE_CHAIN_FOUND');
    expect(verify('user-trust-ca', Buffer.alloc(32, 1)).subIndication).toBe('HASH_FAILURE');
  });

  test('is read wrongly', () => {
    const { status, token } = parseTimestampResponse(read('sectigo-all-zero.tsr'));
    expect(status).toBe('granted');
    expect(token?.info).toMatchObject({
      policy: '1.3.6.1.4.1.6449.2.1.1',
      genTime: new Date('2021-02-16T15:42:47Z'),
      accuracy: null,
      nonce: null,
    });
  });
});
