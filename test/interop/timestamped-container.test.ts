import { hash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bufferSource } from '../../electron/files/bytes.ts';
import { buildSignedData } from '../../electron/packages/cms/build-signed-data.ts';
import { addSignatureTimestamp } from '../../electron/packages/timestamp/add-signature-timestamp.ts';
import { verifyContainer } from '../../electron/packages/verify-container.ts';
import type { Crl } from '../../electron/pki/crl.ts';
import type { Identity } from '../../electron/pki/identity.ts';
import { createCa } from '../../electron/pki/issue/create-ca.ts';
import { createIdentity } from '../../electron/pki/issue/create-identity.ts';
import { issueCrl } from '../../electron/pki/issue/issue-crl.ts';
import { writePem } from '../../electron/pki/pem.ts';
import { craftToken, makeTsa } from '../fixtures/craft-timestamp.ts';
import { craftContainer } from '../fixtures/crafted-container.ts';
import { USCC } from '../fixtures/package-material.ts';
import { hasTool, mustRun } from './foreign-tool.ts';
import { type Answer, findDss, startJavaPeer } from './java-peer.ts';

/** DSS judges by the clock: so does this. */
const NOW = new Date(Math.floor(Date.now() / 1000) * 1000);
const hoursAgo = (hours: number): Date => new Date(NOW.getTime() - hours * 3600_000);
const life = { notBefore: hoursAgo(48), notAfter: hoursAgo(-48) };
const root = createCa({ name: 'Root', algorithm: 'p256', now: hoursAgo(72) });
const otherRoot = createCa({ name: 'Other root', algorithm: 'p256', now: hoursAgo(72) });
const office = (validDays: number): Identity =>
  createIdentity({
    name: '甲律师事务所',
    officeType: 'law-firm',
    uscc: USCC.firm,
    region: '340100',
    algorithm: 'p256',
    issuer: { ...root, chain: [] },
    now: hoursAgo(48),
    validDays,
  });
const firm = office(30);
/** Its certificates ended 24 hours ago. */
const expired = office(1);
const tsa = makeTsa(root, life);
const otherTsa = makeTsa(otherRoot, life);

interface Revoked {
  readonly signer?: Identity;
  readonly hoursAgo: number;
}

function list(revoked: Revoked | null, madeHoursAgo = 0.1): Crl {
  const entries = revoked === null ? [] : [entryOf(revoked)];
  const times = { thisUpdate: hoursAgo(madeHoursAgo), nextUpdate: hoursAgo(-24) };
  return issueCrl({ ...times, number: 1, revoked: entries }, root);
}

const entryOf = ({ signer = firm, hoursAgo: hours }: Revoked) => ({
  serial: signer.signing.certificate.serial,
  revokedAt: hoursAgo(hours),
  reason: 1 as const,
});

interface Case {
  readonly signature: Signature;
  /** Null: no list. */
  readonly crl: Crl | null;
  /** What both say. */
  readonly expected: readonly [string, string | null];
  /** Where DSS gives another sub-indication, which, and below why. */
  readonly dss?: string;
}

interface Signature {
  readonly signer?: Identity;
  readonly stampedHoursAgo?: number;
  readonly by?: typeof tsa;
  readonly overSomethingElse?: boolean;
}

const CASES: Readonly<Record<string, Case>> = {
  'B, good': { signature: {}, crl: list(null), expected: ['TOTAL_PASSED', null] },
  'B, revoked': { signature: {}, crl: list({ hoursAgo: 2 }), expected: ['INDETERMINATE', 'REVOKED_NO_POE'] },
  // DSS keeps TRY_LATER for lists that are too old, and calls none at all a failure of the chain; EN 319 102-1 5.2.6.4 leaves room for both
  'B, no list': {
    signature: {},
    crl: null,
    expected: ['INDETERMINATE', 'TRY_LATER'],
    dss: 'CERTIFICATE_CHAIN_GENERAL_FAILURE',
  },
  'B, expired': {
    signature: { signer: expired },
    crl: list(null, 26),
    expected: ['INDETERMINATE', 'OUT_OF_BOUNDS_NOT_REVOKED'],
  },
  'B, revoked, then expired': {
    signature: { signer: expired },
    crl: list({ signer: expired, hoursAgo: 30 }, 26),
    expected: ['INDETERMINATE', 'REVOKED_NO_POE'],
  },
  'B, expired, no list': {
    signature: { signer: expired },
    crl: null,
    expected: ['INDETERMINATE', 'OUT_OF_BOUNDS_NO_POE'],
    dss: 'CERTIFICATE_CHAIN_GENERAL_FAILURE',
  },
  'T, expired since': {
    signature: { signer: expired, stampedHoursAgo: 30 },
    crl: list(null, 26),
    expected: ['TOTAL_PASSED', null],
  },
  'T, expired before': {
    signature: { signer: expired, stampedHoursAgo: 3 },
    crl: list(null, 26),
    expected: ['INDETERMINATE', 'OUT_OF_BOUNDS_NOT_REVOKED'],
  },
  'T, good': { signature: { stampedHoursAgo: 3 }, crl: list(null), expected: ['TOTAL_PASSED', null] },
  'T, revoked since': {
    signature: { stampedHoursAgo: 3 },
    crl: list({ hoursAgo: 2 }),
    expected: ['TOTAL_PASSED', null],
  },
  'T, revoked before': {
    signature: { stampedHoursAgo: 1 },
    crl: list({ hoursAgo: 2 }),
    expected: ['INDETERMINATE', 'REVOKED_NO_POE'],
  },
  'T, revoked since, no trusted TSA': {
    signature: { stampedHoursAgo: 3, by: otherTsa },
    crl: list({ hoursAgo: 2 }),
    expected: ['INDETERMINATE', 'REVOKED_NO_POE'],
  },
  'T, revoked since, stamp of something else': {
    signature: { stampedHoursAgo: 3, overSomethingElse: true },
    crl: list({ hoursAgo: 2 }),
    expected: ['INDETERMINATE', 'REVOKED_NO_POE'],
  },
};
const titles = Object.keys(CASES);

function sign(manifest: Buffer, { signer = firm, ...stamp }: Signature): Buffer {
  const { stampedHoursAgo, by = tsa, overSomethingElse = false } = stamp;
  const { der, signature } = buildSignedData({
    ...signer.signing,
    chain: signer.chain,
    content: manifest,
    detached: true,
    signingTime: hoursAgo(40),
  });
  if (stampedHoursAgo === undefined) return der;
  const digest = hash('sha256', overSomethingElse ? manifest : signature, 'buffer');
  return addSignatureTimestamp(der, craftToken({ digest, genTime: hoursAgo(stampedHoursAgo), signer: by }));
}

const containerOf = ({ signature }: Case): Buffer =>
  craftContainer({
    signer: signature.signer ?? firm,
    recipients: [firm.encryption.certificate],
    signature: (manifest) => sign(manifest, signature),
  });

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lexpost-t-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
function file(name: string, content: Buffer | string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const dss = findDss();

describe.skipIf(dss === null)('EU DSS and LexPost differ about a container', () => {
  let answers: Answer[] = [];
  beforeAll(() => {
    if (dss === null) return;
    const anchor = file('root.pem', writePem('CERTIFICATE', root.certificate.der));
    const jobs = titles.map((title, index) => {
      const one = CASES[title] as Case;
      const crl = one.crl === null ? '-' : file(`${index}.crl`, one.crl.der);
      return ['validate', file(`${index}.asice`, containerOf(one)), anchor, crl];
    });
    const peer = startJavaPeer(dss);
    try {
      answers = peer.run(jobs);
    } finally {
      peer.close();
    }
  }, 120_000);

  test.each(titles.map((title, index) => ({ title, index, ...(CASES[title] as Case) })))(
    '$title',
    async ({ title, index, expected, crl, dss: differently, ...one }) => {
      const trust = { anchors: [root.certificate], crls: crl === null ? [] : [crl], revocation: 'require' as const };
      const container = bufferSource(containerOf({ expected, crl, ...one }));
      const { indication, subIndication } = await verifyContainer({ container, trust, at: new Date() });
      expect([indication, subIndication]).toEqual(expected);
      const [said, why, level] = answers[index]?.text.split(' ') ?? [];
      expect([said, why]).toEqual([expected[0], differently ?? String(expected[1])]);
      // a stamp that came too late gives no level
      if (said === 'TOTAL_PASSED') expect(level).toBe(`CAdES-BASELINE-${title[0]}`);
    },
  );
});

test.skipIf(!hasTool('openssl'))('OpenSSL refuses a signature that was timestamped', () => {
  const manifest = Buffer.from('manifest');
  const names = [
    ['-in', file('t.p7s', sign(manifest, { stampedHoursAgo: 1 }))],
    ['-content', file('manifest', manifest)],
    ['-CAfile', file('root.pem', writePem('CERTIFICATE', root.certificate.der))],
  ];
  mustRun('openssl', ['cms', '-verify', '-cades', '-binary', '-inform', 'DER', ...names.flat(), '-out', '/dev/null']);
});
