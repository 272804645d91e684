import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseCertificate } from '../../electron/pki/certificate.ts';
import { parseCrl } from '../../electron/pki/crl.ts';
import { validatePath } from '../../electron/pki/path/validate-path.ts';
import { isAppError } from '../../shared/errors.ts';
import { runSuite, vectorsRoot } from './vectors.ts';

const root = vectorsRoot();
const folder = join(root ?? '', 'pkits');

interface Case {
  readonly Name: string;
  /** Anchor first, leaf last; CRL issuers among them. */
  readonly CertPath: readonly string[];
  readonly CRLPath: readonly string[];
  readonly ShouldValidate: boolean;
  readonly InitialPolicySet: readonly string[];
  readonly InitialPolicyMappingInhibit: boolean;
  readonly InitialExplicitPolicy: boolean;
  readonly InitialAnyPolicyInhibit: boolean;
}

const readCases = (): Case[] => JSON.parse(readFileSync(join(folder, 'vectors.dev.json'), 'utf8')) as Case[];

const policyOid = (name: string): string =>
  name === 'anyPolicy' ? '2.5.29.32.0' : `2.16.840.1.101.3.2.1.48.${name.replace('NIST-test-policy-', '')}`;

function difference(one: Case): string | null {
  const outcome = validate(one);
  return (outcome === 'TOTAL_PASSED') === one.ShouldValidate ? null : outcome;
}

function validate(one: Case): string {
  try {
    const [anchor, ...others] = one.CertPath.map((file) => parseCertificate(readFileSync(join(folder, 'certs', file))));
    const leaf = others.pop();
    if (anchor === undefined || leaf === undefined) return 'no path';
    const verdict = validatePath({
      leaf,
      untrusted: others,
      anchors: [anchor],
      crls: one.CRLPath.map((file) => parseCrl(readFileSync(join(folder, 'crls', file)))),
      at: new Date('2015-01-01T00:00:00Z'),
      usage: 'any',
      revocation: 'require',
      policies: {
        acceptable: one.InitialPolicySet.map(policyOid),
        requireExplicit: one.InitialExplicitPolicy,
        inhibitMapping: one.InitialPolicyMappingInhibit,
        inhibitAny: one.InitialAnyPolicyInhibit,
      },
    });
    const failed = verdict.checks.filter(({ ok }) => ok !== true).map(({ id, detail }) => `${id} ${detail}`);
    return verdict.subIndication === null ? verdict.indication : `${verdict.subIndication}: ${failed.join('; ')}`;
  } catch (error) {
    if (isAppError(error)) return error.code;
    throw error;
  }
}

describe.skipIf(root === null)('NIST PKITS (130 cases)', () => {
  test('a path is judged otherwise than RFC 5280 judges it', () => {
    const result = runSuite('pkits', readCases(), ({ Name }) => Name, difference);
    expect(result.total).toBe(130);
    expect(result.unexpected).toEqual([]);
    expect(result.stale).toEqual([]);
  });
});
