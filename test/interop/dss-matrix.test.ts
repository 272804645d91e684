import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { bufferSource } from '../../electron/files/bytes.ts';
import { verifyContainer } from '../../electron/packages/verify-container.ts';
import { type Answer, findDss, startJavaPeer } from './java-peer.ts';
import { AT, CASES, type MatrixCase, makeCase } from './matrix-cases.ts';
import { createOddPki, hasCertomancer, type OddPki } from './odd-pki.ts';

/**
 * EU DSS 6 and LexPost judge the same containers by the same anchors, lists, answers and time, DSS under the policy of dss/policy.xml.
 * Certificates, CRLs and OCSP answers come from Certomancer. Where they differ stands, with the reason, in accepted/dss-matrix.json.
 */
const POLICY = fileURLToPath(new URL('dss/policy.xml', import.meta.url));
const ACCEPTED = fileURLToPath(new URL('accepted/dss-matrix.json', import.meta.url));

const difference = z.strictObject({ lexpost: z.string(), dss: z.string(), reason: z.string().min(20) });
const accepted = z.record(z.string(), difference).parse(JSON.parse(readFileSync(ACCEPTED, 'utf8')));

const dss = findDss();
const titles = Object.keys(CASES);

/** Of several signatures the worst, as LexPost has it. */
const GRAVITY = ['TOTAL_PASSED', 'INDETERMINATE', 'TOTAL_FAILED'];

function worstOf({ ok, text }: Answer): string {
  if (!ok) return `ERROR ${text}`;
  const verdicts = text.split('; ').map((one) => one.split(' ').slice(0, 2).join(' '));
  const gravity = (verdict: string): number => GRAVITY.indexOf(verdict.split(' ')[0] ?? '');
  return verdicts.sort((a, b) => gravity(b) - gravity(a))[0]?.replace(/ null$/, '') ?? '';
}

async function judge({ container, anchors, crls, ocsps }: MatrixCase): Promise<string> {
  const trust = { anchors, crls, ocsps, revocation: 'require' as const };
  const { indication, subIndication } = await verifyContainer({ container: bufferSource(container), trust, at: AT });
  return subIndication === null ? indication : `${indication} ${subIndication}`;
}

describe.skipIf(dss === null || !hasCertomancer)(`EU DSS judges ${titles.length} containers as LexPost does`, () => {
  const own = new Map<string, string>();
  const theirs = new Map<string, string>();
  let pki: OddPki | undefined;

  beforeAll(async () => {
    if (dss === null) return;
    pki = createOddPki();
    const { folder } = pki;
    const lenient = file(folder, 'policy.xml', withoutKeyUsage(readFileSync(POLICY, 'utf8')));
    const jobs: string[][] = [];
    for (const [index, title] of titles.entries()) {
      const one = makeCase(pki, CASES[title] ?? {});
      own.set(title, await judge(one));
      const files = (kind: string, all: readonly { readonly der: Buffer }[]): string =>
        all.map(({ der }, at) => file(folder, `${index}-${at}.${kind}`, der)).join(',') || '-';
      jobs.push([
        'judge',
        file(folder, `${index}.${title.startsWith('ASiC-S') ? 'asics' : 'asice'}`, one.container),
        CASES[title]?.anyKeyUsage === true ? lenient : POLICY,
        String(AT.getTime()),
        files('anchor', one.anchors),
        files('crl', one.crls),
        files('ocsp', one.ocsps),
      ]);
    }
    const peer = startJavaPeer(dss);
    try {
      for (const [index, answer] of peer.run(jobs).entries()) theirs.set(titles[index] ?? '', worstOf(answer));
    } finally {
      peer.close();
    }
  }, 300_000);
  afterAll(() => pki?.close());

  test.each(titles)('%s: the same verdict, or a difference that is explained', (title) => {
    const [lexpost, dssSays] = [own.get(title), theirs.get(title)];
    if (lexpost === dssSays) expect(accepted[title]).toBeUndefined();
    else expect({ lexpost, dss: dssSays }).toEqual({ lexpost: accepted[title]?.lexpost, dss: accepted[title]?.dss });
  });

  test('LexPost accepts nothing that DSS does not', () => {
    const wrongly = titles.filter((title) => own.get(title) === 'TOTAL_PASSED' && theirs.get(title) !== 'TOTAL_PASSED');
    expect(wrongly).toEqual([]);
  });

  test('every explained difference is still there', () => {
    expect(Object.keys(accepted).filter((title) => own.get(title) === theirs.get(title))).toEqual([]);
  });

  test('counts', () => {
    const same = titles.filter((title) => own.get(title) === theirs.get(title)).length;
    for (const t of titles)
      if (own.get(t) !== theirs.get(t)) console.log('DIFF', t, '|', own.get(t), '|', theirs.get(t));
    console.log(`EU DSS: ${same} of ${titles.length} alike, ${titles.length - same} explained`);
    expect(titles.length).toBeGreaterThanOrEqual(40);
  });
});

/** Of signers; that of CAs stays. */
function withoutKeyUsage(policy: string): string {
  return policy.replace(/<KeyUsage Level="FAIL">\s*<Id>digitalSignature<[\s\S]*?<\/KeyUsage>/g, '');
}

function file(folder: string, name: string, content: Buffer | string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}
