import { createHash } from 'node:crypto';
import { isAppError } from '../../shared/errors.ts';
import { LIMITS } from '../../shared/limits.ts';
import type { M } from '../../shared/model/brand.ts';
import {
  EVIDENCE_REPORT_VERSION,
  type EvidenceMessage,
  type EvidenceReceipt,
  type EvidenceReport,
} from '../../shared/model/evidence-report.ts';
import type { Message } from '../../shared/model/message.ts';
import type { Indication } from '../../shared/model/verdict.ts';
import type { ReportCheck } from '../../shared/model/verification-report.ts';
import { checkReceipt } from '../exchange/receipt.ts';
import { type ByteSource, readAll } from '../files/bytes.ts';
import type { Certificate } from '../pki/certificate.ts';
import type { RevocationPolicy } from '../pki/path/path-types.ts';
import { auditFile, calendarFile, parseFile, type Role, rulesFile, toBytes, trustFile } from './bundle-manifest.ts';
import { calendarOf, rulesOf } from './clock-data.ts';
import { type JudgedCards, judgeCards } from './judge-cards.ts';
import { type Chain, judgeChain } from './judge-chain.ts';
import { type Judged, type Judging, judgeContainer, peek, pinnedBy, type Settle } from './judge-containers.ts';
import { type Bundle, type BundleFile, readBundle } from './read-bundle.ts';
import { readPool } from './read-pool.ts';

export interface EvidenceInput {
  readonly bundle: ByteSource;
  /** Entered by the verifier: nothing in the bundle can add one. */
  readonly anchors: readonly Certificate[];
  /** Of cards, compared by the verifier out of band. */
  readonly fingerprints: readonly string[];
  readonly at: Date;
  readonly revocation: RevocationPolicy;
  readonly settle?: Settle;
}

const AT_ONCE: Settle = (work) => work();

/** Verifies a bundle from nothing but itself and what the verifier entered (FORMAT.md). What is wrong with it is the report's, never an error. */
export async function verifyBundle(input: EvidenceInput): Promise<EvidenceReport> {
  try {
    return await judge(input, await readBundle(input.bundle));
  } catch (error) {
    if (!isAppError(error)) throw error;
    const detail = [error.code, ...Object.values(error.params)].join(' ');
    const checks = [{ id: 'bundle-structure', ok: false, detail }];
    return { ...emptyReport(input.at), indication: 'TOTAL_FAILED', code: error.code, checks };
  }
}

const emptyReport = (at: Date): EvidenceReport => ({
  version: EVIDENCE_REPORT_VERSION,
  indication: 'TOTAL_PASSED',
  code: null,
  validationTime: at.toISOString(),
  matter: null,
  type: null,
  exported: null,
  completeUpTo: 0,
  procedure: null,
  state: null,
  clocks: [],
  cards: [],
  messages: [],
  gaps: { unresolved: [], sequence: [], positions: [], unacknowledged: [], uncounted: [], notShown: [] },
  snapshot: [],
  checks: [],
});

async function judge({ anchors, fingerprints, at, revocation, settle = AT_ONCE }: EvidenceInput, bundle: Bundle) {
  const { manifest, files } = bundle;
  const pool = await readPool(files);
  const judging: Judging = { anchors, revocation, at, pool, settle };
  const of = (role: Role): BundleFile[] => files.filter((file) => file.role === role);
  const cards = await judgeCards(of('card'), fingerprints, judging);
  const messages = await judgeAll(of('message'), cards, judging);
  const receipts = await judgeAll(of('receipt'), cards, judging);
  const faults: ReportCheck[] = [
    { id: 'bundle-structure', ok: true, detail: `${files.length} files, each with its digest` },
    ...pool.checks,
    ...messages.flatMap((one) => misplaced(one, ['act', 'enclosure'], manifest.matter)),
    ...receipts.flatMap((one) => misplaced(one, ['receipt'], manifest.matter)),
    ...cards.strangers.map((path) => ({ id: 'bundle-place', ok: false, detail: `${path} is no card` })),
  ];
  const known = new Map(messages.map((one) => [one.m as string, one]));
  const matching = receipts.filter((one) => matches(one, known, at, faults));
  const held = <K extends Message['kind']>(all: readonly Judged[], kind: K) =>
    all.flatMap(({ m, message, indication }) =>
      m === null || message?.kind !== kind || indication === 'TOTAL_FAILED'
        ? []
        : [{ m: m as M, message: message as Extract<Message, { kind: K }> }],
    );
  const chain = judgeChain({
    acts: held(messages, 'act'),
    enclosures: held(messages, 'enclosure'),
    receipts: held(matching, 'receipt'),
    exportedBy: manifest.exportedBy,
    cardsOf: cards.of,
  });
  faults.push(...judgeParties(chain, messages, manifest.heads), ...(await compareData(files, chain)));
  const described = describeMessages(messages, receipts, chain);
  const report: EvidenceReport = {
    ...emptyReport(at),
    matter: manifest.matter,
    type: chain.parties?.type ?? null,
    exported: { by: manifest.exportedBy, at: manifest.exportedAt, program: manifest.program },
    completeUpTo: chain.count?.countedPos ?? 0,
    procedure: chain.count?.fold.procedure?.name ?? null,
    state: chain.count?.state ?? null,
    clocks: (chain.count?.clocks ?? []).map(({ id, rule, due, state }) => ({ id, rule, due, state })),
    cards: [...cards.reports],
    messages: described,
    gaps: chain.gaps,
    snapshot: await readSnapshot(of('trust'), anchors),
    checks: faults,
  };
  return { ...report, ...decide(report, [...messages, ...receipts]) };
}

async function judgeAll(files: readonly BundleFile[], cards: JudgedCards, judging: Judging): Promise<Judged[]> {
  const judged: Judged[] = [];
  for (const file of files) {
    const office = (await peek(file))?.sender.office ?? null;
    const own = cards.of(office);
    judged.push(await judgeContainer(file, own, pinnedBy(own), judging));
  }
  return judged;
}

/** What stands under another name, in another place, or belongs to another matter. */
function misplaced({ file, m, message }: Judged, kinds: readonly string[], matter: string): ReportCheck[] {
  const fits =
    message === null ||
    (kinds.includes(message.kind) && (!('matter' in message) || message.matter === null || message.matter === matter));
  return fits && (m === null || m === file.name)
    ? []
    : [{ id: 'bundle-place', ok: false, detail: `${file.path} is not what its name and place say` }];
}

/** Whether a receipt speaks of the message that is here, or of one that is not. */
function matches(one: Judged, known: ReadonlyMap<string, Judged>, at: Date, faults: ReportCheck[]): boolean {
  const { message, indication } = one;
  if (indication === 'TOTAL_FAILED' || message?.kind !== 'receipt') return false;
  const about = known.get(message.receipt.message);
  if (about?.message == null || about.signatureDigest === null) return true;
  const stored = { m: about.m as M, message: about.message, signatureDigest: about.signatureDigest };
  const { ok } = checkReceipt(message.receipt, message.author, stored, at);
  if (!ok) faults.push({ id: 'receipt-match', ok, detail: `${one.file.path} speaks of another message` });
  return ok;
}

function judgeParties(chain: Chain, messages: readonly Judged[], heads: readonly string[]): ReportCheck[] {
  const { parties, equivocations } = chain;
  const strangers =
    parties === null
      ? []
      : messages.filter(
          ({ message }) => message !== null && !parties.participants.some((one) => one === message.author.office),
        );
  const same = [...heads].sort().join() === [...chain.heads].sort().join();
  return [
    { id: 'opening-act', ok: parties !== null, detail: parties === null ? 'none, or more than one' : parties.type },
    ...strangers.map(({ file }) => ({
      id: 'participant',
      ok: false,
      detail: `${file.path} is from outside the matter`,
    })),
    { id: 'equivocation', ok: equivocations.length === 0, detail: equivocations.join(' ') },
    { id: 'heads', ok: same, detail: same ? `${heads.length} heads as listed` : 'the list names other last acts' },
  ];
}

/** Rules and days must be those of this program, or the dates are others; the audit rows must hash to what they say. */
async function compareData(files: readonly BundleFile[], { count }: Chain): Promise<ReportCheck[]> {
  const clocks = count?.clocks ?? [];
  const read = async <T>(role: Role, schema: Parameters<typeof parseFile<T>>[0]): Promise<T | null> => {
    const file = files.find((one) => one.role === role);
    return file === undefined || file.source.size > LIMITS.message
      ? null
      : parseFile(schema, await readAll(file.source, LIMITS.message));
  };
  const same = (mine: unknown, theirs: unknown): boolean =>
    theirs !== null && toBytes(mine).equals(toBytes(theirs as object));
  const rules = await read('rules', rulesFile);
  const calendar = await read('calendar', calendarFile);
  const audit = await read('audit', auditFile);
  const broken = audit?.find(({ hash, ...row }) => hash !== hashOf(row)) ?? null;
  const trust = await read('trust', trustFile);
  const verdict = (id: string, ok: boolean, detail: string): ReportCheck => ({ id, ok, detail });
  return [
    verdict('clock-rules', same(rulesOf(clocks), rules), 'rows as this program counts by'),
    verdict('clock-calendar', same(calendarOf(clocks), calendar), 'days as this program counts by'),
    verdict(
      'audit-rows',
      audit !== null && broken === null,
      broken === null ? 'each row hashes to its hash' : `row ${broken.seq}`,
    ),
    verdict('trust-snapshot', trust !== null, 'shown, never used'),
  ];
}

/** As the audit chain of a vault hashes its rows. */
function hashOf(row: {
  readonly seq: number;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly subject: string | null;
  readonly detail: string;
  readonly prevHash: string;
}): string {
  const fields = [row.seq, row.at, row.actor, row.action, row.subject, row.detail, row.prevHash];
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex');
}

async function readSnapshot(files: readonly BundleFile[], anchors: readonly Certificate[]) {
  const [file] = files;
  if (file === undefined || file.source.size > LIMITS.message) return [];
  const rows = parseFile(trustFile, await readAll(file.source, LIMITS.message)) ?? [];
  return rows.map((row) => ({ ...row, entered: anchors.some(({ sha256 }) => sha256 === row.sha256) }));
}

function describeMessages(
  messages: readonly Judged[],
  receipts: readonly Judged[],
  { count }: Chain,
): EvidenceMessage[] {
  const places = new Map(count?.acts.map((act) => [act.m as string, act]));
  const described = messages.flatMap((one): EvidenceMessage[] => {
    const { message, m } = one;
    if (m === null || (message?.kind !== 'act' && message?.kind !== 'enclosure')) return [];
    const place = places.get(m);
    return message.sender.office === null
      ? []
      : [
          {
            ...verdictOf(one, m),
            kind: message.kind,
            act: place?.id ?? (message.kind === 'act' ? message.act : null),
            office: message.sender.office,
            signer: one.signer?.subjectText ?? null,
            createdAt: message.createdAt,
            pos: place?.pos ?? null,
            voidCode: place?.voidCode ?? null,
            documents: message.documents.map(({ name, size, sha256 }) => ({ name, size, sha256 })),
            receipts: receipts.flatMap((receipt) => describeReceipt(receipt, m)),
          },
        ];
  });
  return described.sort((a, b) => (a.pos ?? Infinity) - (b.pos ?? Infinity));
}

function describeReceipt(one: Judged, about: string): EvidenceReceipt[] {
  const { message, m } = one;
  if (m === null || message?.kind !== 'receipt' || message.receipt.message !== about) return [];
  const { kind, office, receivedAt, pos } = message.receipt;
  return [{ ...verdictOf(one, m), kind, office, receivedAt, pos }];
}

function verdictOf({ indication, subIndication, code, provenAt }: Judged, m: M) {
  return { m, indication, subIndication, code, provenAt };
}

const WORST: readonly Indication[] = ['TOTAL_FAILED', 'INDETERMINATE', 'TOTAL_PASSED'];

/** The worst of everything decides. What is known to be missing makes a bundle undecided; that more may follow its end, nobody can rule out. */
function decide(
  { cards, gaps, checks, messages }: EvidenceReport,
  containers: readonly Judged[],
): Pick<EvidenceReport, 'indication' | 'code'> {
  const failed = checks.some(({ ok, id }) => ok === false && !id.startsWith('clock-'));
  const otherClocks = checks.some(({ ok, id }) => ok === false && id.startsWith('clock-'));
  const isIncomplete =
    gaps.unresolved.length + gaps.sequence.length + gaps.positions.length > 0 || messages.length === 0;
  const all: Pick<EvidenceReport, 'indication' | 'code'>[] = [
    ...(failed ? [{ indication: 'TOTAL_FAILED' as const, code: 'EVIDENCE_CONTRADICTED' as const }] : []),
    ...containers,
    ...cards,
    ...(isIncomplete ? [{ indication: 'INDETERMINATE' as const, code: 'EVIDENCE_INCOMPLETE' as const }] : []),
    ...(otherClocks ? [{ indication: 'INDETERMINATE' as const, code: 'EVIDENCE_CLOCKS_DIFFER' as const }] : []),
  ];
  const worst = WORST.find((indication) => all.some((one) => one.indication === indication)) ?? 'TOTAL_PASSED';
  return { indication: worst, code: all.find((one) => one.indication === worst)?.code ?? null };
}
