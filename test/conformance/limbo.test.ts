import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readCrls } from '../../electron/pki/crl.ts';
import { validatePath } from '../../electron/pki/path/validate-path.ts';
import { readCertificates } from '../../electron/pki/read-certificates.ts';
import { isAppError } from '../../shared/errors.ts';
import { runSuite, vectorsRoot } from './vectors.ts';

const root = vectorsRoot();

interface Case {
  readonly id: string;
  readonly validation_kind: 'SERVER' | 'CLIENT';
  readonly trusted_certs: readonly string[];
  readonly untrusted_intermediates: readonly string[];
  readonly peer_certificate: string;
  readonly validation_time: string | null;
  readonly expected_result: 'SUCCESS' | 'FAILURE';
  readonly expected_peer_name: { readonly kind: string; readonly value: string } | null;
  readonly max_chain_depth: number | null;
  readonly crls: readonly string[];
}

/** When the cases without a time of their own were made. */
const MADE_AT = '2024-06-01T00:00:00Z';

function readCases(): Case[] {
  const file = join(root ?? '', 'x509-limbo', 'limbo.dev.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { testcases: Case[] }).testcases;
}

function difference(one: Case): string | null {
  const outcome = validate(one);
  return (outcome === 'TOTAL_PASSED') === (one.expected_result === 'SUCCESS') ? null : outcome;
}

function validate(one: Case): string {
  try {
    const [leaf] = readPem(one.peer_certificate);
    if (leaf === undefined) return 'no leaf';
    const verdict = validatePath({
      leaf,
      untrusted: one.untrusted_intermediates.flatMap(readPem),
      anchors: one.trusted_certs.flatMap(readPem),
      crls: one.crls.flatMap((pem) => readCrls(Buffer.from(pem))),
      at: new Date(one.validation_time ?? MADE_AT),
      usage: one.validation_kind === 'SERVER' ? 'tls-server' : 'any',
      revocation: one.crls.length > 0 ? 'require' : 'off',
      ...(one.expected_peer_name === null ? {} : { hostName: one.expected_peer_name.value }),
      ...(one.max_chain_depth === null ? {} : { maxIntermediates: one.max_chain_depth }),
    });
    const failed = verdict.checks.filter(({ ok }) => ok === false).map(({ id, detail }) => `${id} ${detail}`);
    return verdict.subIndication === null ? verdict.indication : `${verdict.subIndication}: ${failed.join('; ')}`;
  } catch (error) {
    if (isAppError(error)) return error.code;
    throw error;
  }
}

const readPem = (pem: string) => readCertificates(Buffer.from(pem));

describe.skipIf(root === null)('x509-limbo (115 cases)', () => {
  test('a chain is accepted or refused otherwise than the case says', () => {
    const result = runSuite('limbo', readCases(), ({ id }) => id, difference);
    expect(result.total).toBe(115);
    expect(result.unexpected).toEqual([]);
    expect(result.stale).toEqual([]);
  });
});
