import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseOcspResponse } from '../../electron/pki/ocsp/parse-ocsp-response.ts';
import { verifyOcspResponse } from '../../electron/pki/ocsp/verify-ocsp-response.ts';
import { readCertificates } from '../../electron/pki/read-certificates.ts';
import { vectorsRoot } from './vectors.ts';

interface Case {
  readonly title: string;
  readonly response: string;
  readonly issuer: string;
  readonly untrusted: string;
  readonly expected_exit: 0 | 1;
}

const folder = join(vectorsRoot() ?? '', 'openssl/ocsp-tests');
const present = vectorsRoot() !== null && existsSync(folder);
const cases = present ? (JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Case[]) : [];
/** The time at which OpenSSL's own suite looks at them (80-test_ocsp.t). */
const AT = new Date(1_355_875_200_000);

function believed({ response, issuer, untrusted }: Case): boolean {
  const text = readFileSync(join(folder, response), 'latin1');
  const { basic } = parseOcspResponse(Buffer.from(text, 'base64'));
  const [ca] = readCertificates(readFileSync(join(folder, untrusted === '' ? issuer : untrusted)));
  if (basic === null || ca === undefined) throw new Error('vector without an answer or an issuer');
  return verifyOcspResponse({ response: basic, issuer: ca, at: AT, policy: { allowLegacy: true } }).ok;
}

describe.skipIf(!present)(`OpenSSL OCSP responses (${cases.length})`, () => {
  test.each(cases.map((one, index) => ({ ...one, index })))(
    '$index $title, $response by $issuer, is believed or not',
    (one) => {
      expect(believed(one)).toBe(one.expected_exit === 0);
    },
  );
  test('counts', () => {
    const right = cases.filter((one) => believed(one) === (one.expected_exit === 0)).length;
    console.log(`openssl ocsp ${right}/${cases.length}`);
    expect(right).toBe(cases.length);
  });
});
