import { createHash } from 'node:crypto';
import { isAppError } from '../../shared/errors.ts';
import type { Bytes, M, Sha256 } from '../../shared/model/brand.ts';
import { EVIDENCE_REPORT_VERSION, type EvidenceReport } from '../../shared/model/evidence-report.ts';
import type { Message } from '../../shared/model/message.ts';
import type { ReportCheck } from '../../shared/model/verification-report.ts';
import { sameFingerprint } from '../exchange/card-trust.ts';
import { checkReceipt } from '../exchange/receipt.ts';
import { type ByteSource, readRange } from '../files/bytes.ts';
import type { Certificate } from '../pki/certificate.ts';
import type { RevocationPolicy } from '../pki/path/path-types.ts';
import type { Role } from './bundle-manifest.ts';
import { compareData, readSnapshot } from './compare-data.ts';
import { CONTAINER_CHECK, decide, FINGERPRINT_CHECK } from './decide.ts';
import { describeMessages } from './describe-messages.ts';
import { type JudgedCards, judgeCards } from './judge-cards.ts';
import { type Chain, judgeChain } from './judge-chain.ts';
import { type Judged, type Judging, judgeContainer, pinnedBy, readContainer, type Settle } from './judge-containers.ts';
import { type Bundle, type BundleFile, readBundle } from './read-bundle.ts';
import { readPool } from './read-pool.ts';

export interface EvidenceInput {
  readonly bundle: ByteSource;
  /** Entered by the verifier: nothing in the bundle can add one. */
  readonly anchors: readonly Certificate[];
  /** Of cards, compared by the verifier out of band. */
  readonly fingerprints: readonly string[];
  /** Of cards that the verifier's own directory holds: they vouch as the compared ones do, and need not occur. */
  readonly ownFingerprints?: readonly string[];
  readonly at: Date;
  readonly revocation: RevocationPolicy;
  readonly settle?: Settle;
}

const AT_ONCE: Settle = async (work) => ({ result: await work(), missing: [] });

/** Verifies a bundle from nothing but itself and what the verifier entered (FORMAT.md). What is wrong with it is the report's, never an error. */
export async function verifyBundle(input: EvidenceInput): Promise<EvidenceReport> {
  try {
    const report = await judge(input, await readBundle(input.bundle));
    return { ...report, file: await describeFile(input.bundle) };
  } catch (error) {
    if (!isAppError(error)) throw error;
    const detail = [error.code, ...Object.values(error.params)].join(' ');
    const checks = [{ id: 'bundle-structure', ok: false, detail }];
    const file = await describeFile(input.bundle);
    return { ...emptyReport(input), file, indication: 'TOTAL_FAILED', code: error.code, checks };
  }
}

const CHUNK: Bytes = 1024 * 1024;

/** Which file it was: a verdict on paper speaks of one with this digest and of no other. */
async function describeFile(bundle: ByteSource): Promise<EvidenceReport['file']> {
  const digest = createHash('sha256');
  for (let position = 0; position < bundle.size; position += CHUNK) {
    digest.update(await readRange(bundle, position, Math.min(CHUNK, bundle.size - position)));
  }
  return { size: bundle.size, sha256: digest.digest('hex') as Sha256 };
}

const emptyReport = ({ at, anchors }: EvidenceInput): Omit<EvidenceReport, 'file'> => ({
  version: EVIDENCE_REPORT_VERSION,
  indication: 'TOTAL_PASSED',
  code: null,
  validationTime: at.toISOString(),
  anchors: anchors.map(({ subjectText, sha256 }) => ({ subject: subjectText, sha256 })),
  matter: null,
  type: null,
  exported: null,
  completeUpTo: 0,
  parties: null,
  procedure: null,
  state: null,
  clocks: [],
  cards: [],
  messages: [],
  gaps: { unresolved: [], sequence: [], positions: [], unacknowledged: [], uncounted: [], notShown: [] },
  snapshot: [],
  checks: [],
});

async function judge(input: EvidenceInput, bundle: Bundle): Promise<Omit<EvidenceReport, 'file'>> {
  const { anchors, fingerprints, ownFingerprints = [], at, revocation, settle = AT_ONCE } = input;
  const { manifest, files } = bundle;
  const pool = await readPool(files);
  const judging: Judging = { anchors, revocation, at, pool, settle };
  const of = (role: Role): BundleFile[] => files.filter((file) => file.role === role);
  const cards = await judgeCards(of('card'), [...fingerprints, ...ownFingerprints], judging);
  const messages = await judgeAll(of('message'), cards, judging);
  const receipts = await judgeAll(of('receipt'), cards, judging);
  const faults: ReportCheck[] = [
    { id: 'bundle-structure', ok: true, detail: `${files.length} files, each with its digest` },
    ...unmatched(fingerprints, cards),
    ...pool.checks,
    ...messages.flatMap((one) => misplaced(one, ['act', 'enclosure'], manifest.matter)),
    ...receipts.flatMap((one) => misplaced(one, ['receipt'], manifest.matter)),
    ...[...cards.judged, ...messages, ...receipts].flatMap(({ file, proofFaults, worthless }) => [
      ...proofFaults.map((fault) => ({ id: 'bundle-proof', ok: false, detail: `${file.path}: ${fault}` })),
      ...worthless.map((fault) => ({ id: 'bundle-proof', ok: null, detail: `${file.path}, inside: ${fault}` })),
    ]),
    ...[...messages, ...receipts].flatMap(failed),
    ...cards.strangers.map((path) => ({ id: 'bundle-place', ok: false, detail: `${path} is no card` })),
  ];
  const known = new Map(messages.map((one) => [one.m as string, one]));
  const matching = receipts.filter((one) => matches(one, known, at, faults));
  const held = <K extends Message['kind']>(all: readonly Judged[], kind: K) =>
    all.flatMap(({ m, message, indication, report }) =>
      m === null || message?.kind !== kind || indication === 'TOTAL_FAILED' || !isBound(report)
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
  faults.push(
    ...judgeParties(chain, messages, manifest.heads),
    ...(await compareData(files, chain.count?.clocks ?? [])),
  );
  const report = {
    ...emptyReport(input),
    matter: manifest.matter,
    type: chain.parties?.type ?? null,
    exported: { by: manifest.exportedBy, at: manifest.exportedAt, program: manifest.program },
    completeUpTo: chain.count?.countedPos ?? 0,
    parties: partiesOf(chain),
    procedure: chain.count?.fold.procedure?.name ?? null,
    state: chain.count?.state ?? null,
    clocks: (chain.count?.clocks ?? []).map(({ id, rule, due, state }) => ({ id, rule, due, state })),
    cards: [...cards.reports],
    messages: describeMessages(messages, receipts, chain, cards),
    gaps: chain.gaps,
    snapshot: await readSnapshot(files, anchors),
    checks: faults,
  };
  return { ...report, ...decide(report, [...messages, ...receipts]) };
}

function partiesOf({ parties }: Chain): EvidenceReport['parties'] {
  if (parties === null) return null;
  const { opener, lead, participants } = parties;
  return { opener, lead, participants: [...participants] };
}

async function judgeAll(files: readonly BundleFile[], cards: JudgedCards, judging: Judging): Promise<Judged[]> {
  const judged: Judged[] = [];
  for (const file of files) {
    const container = await readContainer(file);
    // Unjudged: whose cards to look at
    const own = cards.of(container.profile?.message.sender.office ?? null);
    judged.push(await judgeContainer(container, own, pinnedBy(own), judging));
  }
  return judged;
}

/** A fingerprint read over the telephone that is of no card here was compared with nothing: passing over it would let a bundle of somebody else's making through. */
function unmatched(fingerprints: readonly string[], { reports }: JudgedCards): ReportCheck[] {
  return fingerprints
    .filter((typed) => !reports.some(({ fingerprint }) => sameFingerprint(typed, fingerprint)))
    .map((typed) => ({ id: FINGERPRINT_CHECK, ok: false, detail: typed }));
}

/** A container that is not what it says may have no row of its own: nothing in it that names it can be believed. */
function failed({ file, indication, code, subIndication }: Judged): ReportCheck[] {
  if (indication !== 'TOTAL_FAILED') return [];
  return [{ id: CONTAINER_CHECK, ok: false, detail: [file.path, code, subIndication].filter(Boolean).join(' ') }];
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

/** Words that their office's card does not bind are shown, and are nobody's: they convict no one and fill no place. */
const isBound = ({ checks }: Judged['report']): boolean =>
  checks.every(({ id, ok }) => id !== 'sender-bound' || ok !== false);

/** Whether a receipt speaks of the message that is here, or of one that is not. */
function matches(one: Judged, known: ReadonlyMap<string, Judged>, at: Date, faults: ReportCheck[]): boolean {
  const { message, indication } = one;
  if (indication === 'TOTAL_FAILED' || message?.kind !== 'receipt') return false;
  const { office, vault } = message.receipt;
  // Bound is the author alone: with its good key it could give places in the lead's name, or convict it of two orders
  if (office !== message.author.office || vault !== message.author.vault) {
    faults.push({ id: 'receipt-match', ok: false, detail: `${one.file.path} speaks for another office` });
    return false;
  }
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
