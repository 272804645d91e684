import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { bufferSource } from '../../electron/files/bytes.ts';
import { archiveNames, ENTRY } from '../../electron/packages/asic/entry-names.ts';
import { verifyContainer } from '../../electron/packages/verify-container.ts';
import type { Certificate } from '../../electron/pki/certificate.ts';
import { writePem } from '../../electron/pki/pem.ts';
import { addAnchors } from '../../electron/usecases/add-trust.ts';
import { EXPORT_LEVELS, exportMessage } from '../../electron/usecases/export-message.ts';
import { issueCard } from '../../electron/usecases/issue-card.ts';
import { setTrustNetwork } from '../../electron/usecases/set-trust-network.ts';
import { sync } from '../../electron/usecases/sync.ts';
import { archiveMessage } from '../../electron/usecases/trust/archive-message.ts';
import { newNetworkRun } from '../../electron/usecases/trust/ask-network.ts';
import { createLab, introduce, type Lab, OFFICES, send, textDocument } from '../fixtures/exchange-lab.ts';
import { FILE_REVIEW } from '../fixtures/forms.ts';
import { memorySink } from '../fixtures/memory-bytes.ts';
import { flipBit, rebuildContainer } from '../fixtures/stored-zip.ts';
import { startTrustServices, type TrustServices } from '../fixtures/trust-services.ts';
import { type Answer, findDss, startJavaPeer } from './java-peer.ts';

const POLICY = fileURLToPath(new URL('dss/policy.xml', import.meta.url));
const ACCEPTED = fileURLToPath(new URL('accepted/long-term.json', import.meta.url));
const difference = z.strictObject({ lexpost: z.string(), dss: z.string(), reason: z.string().min(20) });
const accepted = z.record(z.string(), difference).parse(JSON.parse(readFileSync(ACCEPTED, 'utf8')));

const dss = findDss();

/** The newest archive timestamp, and the one before it (EN 319 162-1, A.7). */
const [NEWEST, OLDER] = [archiveNames(1, 2), archiveNames(0, 2)];
const DOCUMENT = 'documents/1-卷宗.txt';
const altered =
  (name: string, change = (content: Buffer) => flipBit(content, -40)) =>
  (copy: Buffer) =>
    rebuildContainer(copy, (entries) => {
      if (!entries.some((entry) => entry.name === name)) throw new Error(`no ${name}`);
      return entries.map((entry) => (entry.name === name ? { name, content: change(entry.content) } : entry));
    });
const lineAdded = (xml: Buffer): Buffer => Buffer.concat([xml, Buffer.from('\n')]);

/** Copies that both judge by the anchor alone. */
const CASES: Readonly<Record<string, { readonly twice?: true; readonly change?: (copy: Buffer) => Promise<Buffer> }>> =
  {
    'one archive timestamp': {},
    'two archive timestamps': { twice: true },
    'one, document altered': { change: altered(DOCUMENT, (text) => flipBit(text, 0)) },
    'two, document altered': { twice: true, change: altered(DOCUMENT, (text) => flipBit(text, 0)) },
    'one, signed manifest altered': { change: altered(ENTRY.manifest, lineAdded) },
    'one, archive token altered': { change: altered(archiveNames(0, 1).token) },
    'one, archive manifest altered': { change: altered(archiveNames(0, 1).manifest, lineAdded) },
    'two, newest token altered': { twice: true, change: altered(NEWEST.token) },
    'two, older token altered': { twice: true, change: altered(OLDER.token) },
    'two, older manifest altered': { twice: true, change: altered(OLDER.manifest, lineAdded) },
    'two, older token lost': {
      twice: true,
      change: (copy) => rebuildContainer(copy, (entries) => entries.filter(({ name }) => name !== OLDER.token)),
    },
  };

/** Levels as EU DSS 6 names them, of copies that a vault exported, with the anchor and nothing else. */
describe.skipIf(dss === null)('EU DSS judges an exported copy', () => {
  let trust: TrustServices;
  let lab: Lab;
  let folder = '';
  const answers = new Map<string, Answer>();
  const verdicts = new Map<string, { readonly lexpost: string; readonly dss: string }>();

  beforeAll(async () => {
    if (dss === null) return;
    folder = mkdtempSync(join(tmpdir(), 'lexpost-lt-'));
    trust = await startTrustServices();
    lab = createLab(new Date().toISOString());
    const lenient = { context: { revocation: 'off' } } as const;
    const firm = await lab.addOffice(OFFICES.firm, {
      ...lenient,
      identity: trust.identity(OFFICES.firm),
      withoutCard: true,
    });
    const lead = await lab.addOffice(OFFICES.procuratorate, lenient);
    for (const { context } of [firm, lead]) addAnchors(context, trust.root.certificate.der, 'test');
    await issueCard(firm.context, firm.credentials);
    await introduce(lab.share, [firm, lead]);
    setTrustNetwork(firm.context, { hosts: [trust.host], tsas: [{ url: trust.url('/tsa'), policy: null }] }, 'test');
    const { m } = await send(firm, {
      target: { type: 'file-review', to: [lead.office.id] },
      act: 'submit',
      form: FILE_REVIEW['submit'] ?? {},
      documents: [textDocument('卷宗.txt', '卷宗')],
    });
    // revocation data from after the stamp, as the field asks for
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await sync(firm.context);
    const anchor = join(folder, 'root.pem');
    const crl = join(folder, 'root.crl');
    writeFileSync(anchor, writePem('CERTIFICATE', trust.root.certificate.der));
    writeFileSync(crl, trust.list());
    const jobs: string[][] = [];
    for (const level of EXPORT_LEVELS) {
      const sink = memorySink();
      await exportMessage(firm.context, { m, level, sink, by: 'test' });
      const file = join(folder, `${level}.asice`);
      writeFileSync(file, sink.bytes());
      jobs.push(['validate', file, anchor, level === 'B' || level === 'T' ? crl : '-']);
    }
    const once = readFileSync(join(folder, 'LTA.asice'));
    await archiveMessage(firm.context, m, newNetworkRun());
    const again = memorySink();
    await exportMessage(firm.context, { m, level: 'LTA', sink: again, by: 'test' });
    const at = new Date();
    const own: string[] = [];
    for (const [index, copy] of (await makeCopies(once, again.bytes())).entries()) {
      const file = join(folder, `case-${index}.asice`);
      writeFileSync(file, copy);
      own.push(await judge(copy, trust.root.certificate, at));
      jobs.push(['judge', file, POLICY, String(at.getTime()), anchor, '-', '-']);
    }
    const peer = startJavaPeer(dss);
    try {
      const all = peer.run(jobs);
      for (const [index, level] of EXPORT_LEVELS.entries()) answers.set(level, all[index] ?? NO_ANSWER);
      for (const [index, title] of Object.keys(CASES).entries()) {
        const theirs = verdictOf(all[EXPORT_LEVELS.length + index] ?? NO_ANSWER);
        verdicts.set(title, { lexpost: own[index] ?? '', dss: theirs });
      }
    } finally {
      peer.close();
    }
  }, 120_000);
  afterAll(async () => {
    await lab?.close();
    await trust?.close();
    if (folder !== '') rmSync(folder, { recursive: true, force: true });
  });

  test.each([
    // the token came while sealing: the stored container is of level T itself
    ['B', 'T'],
    ['T', 'T'],
    ['LT', 'LT'],
    ['LTA', 'LTA'],
  ])('of level %s as less, or not as passed', (level, judged) => {
    expect(answers.get(level)?.text).toBe(`TOTAL_PASSED null CAdES-BASELINE-${judged} ASiC-E`);
  });

  test.each(Object.keys(CASES))('with %s: otherwise than LexPost, without a reason', (title) => {
    const verdict = verdicts.get(title);
    if (verdict?.lexpost === verdict?.dss) expect(accepted[title]).toBeUndefined();
    else expect(verdict).toEqual({ lexpost: accepted[title]?.lexpost, dss: accepted[title]?.dss });
  });

  // an archive timestamp that does not count takes nothing away as long as the older proofs hold by themselves
  test('otherwise than LexPost, which passes altered content', () => {
    const contents = Object.keys(CASES).filter((title) => /document|signed manifest|lost/.test(title));
    expect(contents.map((title) => verdicts.get(title)?.lexpost.split(' ')[0])).toEqual(
      contents.map(() => 'TOTAL_FAILED'),
    );
  });
});

const NO_ANSWER: Answer = { ok: false, text: 'no answer' };

function makeCopies(once: Buffer, again: Buffer): Promise<Buffer[]> {
  return Promise.all(
    Object.values(CASES).map(async ({ twice, change = async (copy: Buffer) => copy }) =>
      change(twice === true ? again : once),
    ),
  );
}

function verdictOf({ ok, text }: Answer): string {
  if (!ok) return `ERROR ${text}`;
  const [indication = '', subIndication = ''] = text.split(' ');
  return subIndication === 'null' ? indication : `${indication} ${subIndication}`;
}

async function judge(container: Buffer, anchor: Certificate, at: Date): Promise<string> {
  const trust = { anchors: [anchor], crls: [], revocation: 'require' as const };
  const { indication, subIndication } = await verifyContainer({ container: bufferSource(container), trust, at });
  return subIndication === null ? indication : `${indication} ${subIndication}`;
}
