import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { reportCheck as check } from '../../../shared/model/verification-report.ts';
import { createFurnishedDesk, type Desk } from '../../fixtures/lexpost-command.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await createFurnishedDesk();
}, 60_000);
afterAll(() => desk.remove());

const schema = z.strictObject({
  ok: z.boolean(),
  code: z.string().optional(),
  indication: z.enum(['TOTAL_PASSED', 'INDETERMINATE', 'TOTAL_FAILED']),
  subIndication: z.string().nullable(),
  validationTime: z.iso.datetime(),
  path: z.array(z.looseObject({ subject: z.string(), sha256: z.string() })),
  revocation: z.strictObject({
    status: z.enum(['good', 'revoked', 'unknown', 'not-checked']),
    source: z.string().nullable(),
    asOf: z.iso.datetime().nullable(),
    revokedAt: z.iso.datetime().nullable(),
    reason: z.string().nullable(),
  }),
  checks: z.array(check),
});
const verify = (...more: string[]) => ['cert', 'verify', 'firm-signing.pem', '--trust', 'ca.pem', ...more];

test('a path with a list passes and shows its certificates, leaf first', async () => {
  const { exit, document } = await desk.json(...verify('--crl', 'ca.crl', '--usage', 'sign'));
  expect(exit).toBe(0);
  const report = schema.parse(document);
  expect(report).toMatchObject({ ok: true, indication: 'TOTAL_PASSED', revocation: { status: 'good' } });
  expect(report.path.map(({ subject }) => /^CN=[^,]*/.exec(subject)?.[0])).toEqual([
    'CN=安徽徽正律师事务所',
    'CN=Trial CA',
  ]);
});

test.each([
  ['without revocation data', [], 4, 'TRY_LATER'],
  ['without a need for it', ['--revocation', 'soft'], 0, null],
  ['without looking for it', ['--revocation', 'off'], 0, null],
  ['with a list that revokes it', ['--crl', 'revoked.crl'], 4, 'REVOKED_NO_POE'],
  ['before it was valid', ['--revocation', 'off', '--at', '2020-01-01T00:00:00Z'], 4, 'OUT_OF_BOUNDS_NO_POE'],
  ['for a usage that it has not', ['--revocation', 'off', '--usage', 'encrypt'], 4, 'CHAIN_CONSTRAINTS_FAILURE'],
  [
    'for a policy that it has not',
    ['--revocation', 'off', '--policy', '1.2.3', '--require-explicit-policy'],
    4,
    'CHAIN_CONSTRAINTS_FAILURE',
  ],
  ['with every switch for policies', ['--revocation', 'off', '--inhibit-mapping', '--inhibit-any'], 0, null],
])('a certificate %s', async (_name, more, status, subIndication) => {
  const { exit, document } = await desk.json(...verify(...more));
  expect([exit, schema.parse(document).subIndication]).toEqual([status, subIndication]);
});

test('a certificate under another anchor ends with 4 and its own code', async () => {
  const { exit, document } = await desk.json('cert', 'verify', 'stranger-signing.pem', '--trust', 'ca.pem');
  expect([exit, document['code'], document['subIndication']]).toEqual([
    4,
    'CERTIFICATE_NOT_TRUSTED',
    'NO_CERTIFICATE_CHAIN_FOUND',
  ]);
});

test('a self-signed certificate that is itself the anchor passes', async () => {
  expect((await desk.run('cert', 'verify', 'stranger-signing.pem', '--trust', 'stranger-signing.pem')).exit).toBe(0);
});

test('a DNS name that a server certificate lacks is a failure', async () => {
  const { exit } = await desk.json(...verify('--revocation', 'off', '--usage', 'tls-server', '--name', 'a.example'));
  expect(exit).toBe(4);
});

test('an OCSP response that is none is passed over', async () => {
  const { exit, document } = await desk.json(...verify('--crl', 'ca.crl', '--ocsp', 'ca.crl'));
  expect([exit, document['code']]).toEqual([1, 'OCSP_MALFORMED']);
});

test.each([
  ['--at', 'yesterday'],
  ['--policy', 'any'],
  ['--usage', 'everything'],
  ['--revocation', 'maybe'],
])('%s %s is a usage error', async (flag, value) => {
  const { exit, document } = await desk.json(...verify(flag, value));
  expect([exit, document['code']]).toEqual([2, 'USAGE']);
});

test('the sentence comes first for people', async () => {
  const { stdout } = await desk.run(...verify('--crl', 'ca.crl', '--lang', 'zh-CN'));
  expect(stdout).toMatch(/^证书有效，截至 /);
});
