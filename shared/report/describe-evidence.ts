import type { Translate } from '../i18n/create-i18n.ts';
import type { EvidenceMessage, EvidenceReceipt, EvidenceReport } from '../model/evidence-report.ts';
import type { Indication } from '../model/verdict.ts';
import { procedureText, procedureTitle } from '../procedures/procedure-text.ts';
import { shortName } from '../text/distinguished-name.ts';
import { formatSize } from '../text/format-size.ts';
import type { ReportTone } from './report-view.ts';

/** A report on a bundle in words, still without form; texts may hold words of others. */
export interface EvidenceView {
  readonly tone: ReportTone;
  readonly headline: string;
  /** What it means and what to do about it. */
  readonly advice: readonly string[];
  /** What nobody can tell from a bundle: no verdict goes out without it. */
  readonly limits: { readonly title: string; readonly items: readonly string[] };
  readonly sections: readonly EvidenceSection[];
}

export interface EvidenceSection {
  readonly title: string;
  readonly about: string | null;
  readonly rows: readonly EvidenceRow[];
}

export interface EvidenceRow {
  readonly tone: ReportTone;
  readonly label: string;
  readonly lines: readonly EvidenceLine[];
  /** Belongs to the row above it. */
  readonly isPart: boolean;
}

export type EvidenceLine = string | { readonly style: 'hex' | 'quiet' | 'strong'; readonly text: string };

interface Words {
  readonly report: EvidenceReport;
  readonly t: Translate;
  readonly time: (at: string) => string;
  /** An office by the name in its newest card, and its code. */
  readonly office: (id: string) => string;
}

const TONES: Readonly<Record<Indication, ReportTone>> = {
  TOTAL_PASSED: 'done',
  INDETERMINATE: 'waiting',
  TOTAL_FAILED: 'failed',
};

const HEADLINE = { TOTAL_PASSED: 'passed', INDETERMINATE: 'undecided', TOTAL_FAILED: 'failed' } as const;
const LIMITS = ['upTo', 'claimed', 'interval', 'content', 'identity', 'printed'] as const;

/** @param time how a moment is to be read, in the zone of the offices (REPORT_ZONE) */
export function describeEvidence(report: EvidenceReport, t: Translate, time: (at: string) => string): EvidenceView {
  const words: Words = { report, t, time, office: (id) => nameOf(report, id) };
  const { indication, completeUpTo, cards } = report;
  const isTrial = cards.some(({ restsOn }) => restsOn === 'fingerprint' || restsOn === 'nothing');
  const section = (
    name: 'about' | 'gaps' | 'cards' | 'messages' | 'clocks' | 'snapshot' | 'checks',
    rows: EvidenceRow[],
  ) => ({
    title: t(`evidence.section.${name}`),
    about: name === 'messages' || name === 'snapshot' ? t(`evidence.sectionAbout.${name}`) : null,
    rows,
  });
  return {
    tone: TONES[indication],
    headline: t(`evidence.${HEADLINE[indication]}`, { pos: completeUpTo }),
    advice: adviceOf(words),
    limits: {
      title: t('evidence.limitsTitle'),
      items: LIMITS.filter((name) => name !== 'identity' || isTrial).map((name) => t(`evidence.limit.${name}`)),
    },
    sections: [
      section('about', aboutRows(words)),
      section(
        'messages',
        report.messages.flatMap((message) => messageRows(message, words)),
      ),
      section('gaps', gapRows(words)),
      section('clocks', clockRows(words)),
      section('cards', cardRows(words)),
      section('snapshot', snapshotRows(words)),
      section('checks', checkRows(words)),
    ],
  };
}

function nameOf({ cards }: EvidenceReport, id: string): string {
  const own = cards.filter(({ office }) => office === id);
  const newest = own.reduce((best, card) => (card.version > (best?.version ?? -1) ? card : best), own[0]);
  return newest === undefined ? id : `${newest.name}（${id}）`;
}

function adviceOf({ report, t }: Words): string[] {
  const { code, checks, indication } = report;
  const failed = checks.find(({ ok }) => ok === false);
  const meaning = t(`evidence.meaning.${HEADLINE[indication]}`);
  return code === null ? [meaning] : [t(`errors.${code}`, { reason: failed?.detail ?? '' }), meaning];
}

const row = (
  label: string,
  lines: readonly EvidenceLine[],
  tone: ReportTone = 'none',
  isPart = false,
): EvidenceRow => ({
  label,
  lines,
  tone,
  isPart,
});

const hex = (text: string): EvidenceLine => ({ style: 'hex', text });
const quiet = (text: string): EvidenceLine => ({ style: 'quiet', text });
const strong = (text: string): EvidenceLine => ({ style: 'strong', text });

function aboutRows({ report, t, time, office }: Words): EvidenceRow[] {
  const { matter, type, procedure, state, exported, validationTime, file, anchors, parties } = report;
  const of = procedure ?? type;
  const roles =
    parties?.participants.map((id) => {
      const role = id === parties.lead ? 'lead' : id === parties.opener ? 'opener' : 'other';
      return `${t(`evidence.role.${role}`)} ${office(id)}`;
    }) ?? [];
  return [
    row(t('evidence.file'), [formatSize(file.size), hex(`SHA-256 ${file.sha256}`)]),
    row(t('evidence.at'), [time(validationTime), quiet(t('evidence.zone'))]),
    row(
      t('evidence.anchors'),
      anchors.length === 0
        ? [t('evidence.none')]
        : anchors.flatMap(({ subject, sha256 }) => [subject, hex(`SHA-256 ${sha256}`)]),
    ),
    row(t('evidence.matter'), [of === null ? '-' : procedureTitle(t, of), hex(matter ?? '-')]),
    row(t('evidence.parties'), roles.length === 0 ? ['-'] : roles),
    row(t('evidence.state'), [state === null || of === null ? '-' : procedureText(t, of, 'states', state)]),
    row(
      t('evidence.exported'),
      exported === null ? ['-'] : [office(exported.by), quiet(`${time(exported.at)} ${exported.program}`)],
    ),
  ];
}

const GAPS = ['unresolved', 'sequence', 'positions', 'unacknowledged', 'uncounted', 'notShown'] as const;
/** Beside these the verdict stands: nobody can make others answer. */
const NAMED_ONLY: ReadonlySet<string> = new Set(['unacknowledged', 'uncounted', 'notShown']);

function gapRows({ report: { gaps }, t }: Words): EvidenceRow[] {
  return GAPS.map((name) => {
    const found = gaps[name].map(String);
    const tone = found.length === 0 ? 'done' : NAMED_ONLY.has(name) ? 'waiting' : 'failed';
    return row(t(`evidence.gap.${name}`), found.length === 0 ? [t('evidence.none')] : found.map(hex), tone);
  });
}

function clockRows({ report, t }: Words): EvidenceRow[] {
  const of = report.procedure ?? report.type ?? '';
  return report.clocks.map(({ id, rule, due, state }) =>
    row(procedureText(t, of, 'clocks', id), [
      t(`cli.clock.matter.state.${state}` as 'cli.clock.matter.state.met'),
      ...(due === null ? [] : [t('evidence.due', { due: due.replace('T', ' ') })]),
      ...(rule === null ? [] : [quiet(rule)]),
    ]),
  );
}

function cardRows({ report: { cards }, t }: Words): EvidenceRow[] {
  return cards.map(({ name, office, version, fingerprint, restsOn, indication, code }) =>
    row(
      `${name}（${office}）`,
      [
        t('evidence.cardVersion', { version }),
        t(`evidence.restsOn.${restsOn}`),
        ...(code === null ? [] : [strong(t(`errors.${code}`))]),
        quiet(t('evidence.fingerprint')),
        hex(fingerprint),
      ],
      TONES[indication],
    ),
  );
}

function snapshotRows({ report: { snapshot }, t }: Words): EvidenceRow[] {
  return snapshot.map(({ subject, sha256, entered }) =>
    row(subject, [t(entered ? 'evidence.entered' : 'evidence.notEntered'), hex(`SHA-256 ${sha256}`)]),
  );
}

function checkRows({ report: { checks }, t }: Words): EvidenceRow[] {
  return checks.map(({ id, ok, detail }) => {
    const tone = ok === null ? 'none' : ok ? 'done' : 'failed';
    return row(
      t(`evidence.check.${id}` as 'evidence.check.heads', { defaultValue: id }),
      [quiet(`${id} ${detail}`)],
      tone,
    );
  });
}

function messageRows(message: EvidenceMessage, words: Words): EvidenceRow[] {
  const { t, report, office } = words;
  const { pos, voidCode, act, kind, person, signer, createdAt, m, documents, receipts, indication, code } = message;
  const place = pos === null ? t('evidence.uncounted') : t('evidence.pos', { pos });
  const of = report.procedure ?? report.type ?? '';
  const title = kind === 'enclosure' ? t('evidence.enclosure') : procedureText(t, of, 'acts', act ?? '');
  const lines: EvidenceLine[] = [
    strong(t('evidence.signedBy', { office: office(message.office), person: person ?? shortName(signer ?? '-') })),
    ...timeLines(message, createdAt, words),
    ...(voidCode === null ? [] : [strong(t('evidence.void', { reason: t(`errors.${voidCode}`) }))]),
    ...(code === null ? [] : [strong(t(`errors.${code}`)), quiet(code)]),
    ...documents.flatMap(({ name, size, sha256 }) => [
      t('evidence.document', { name, size: formatSize(size) }),
      hex(`SHA-256 ${sha256}`),
    ]),
    quiet(t('evidence.certificate', { signer: signer ?? '-' })),
    hex(`M ${m}`),
  ];
  return [
    row(`${place} ${title}`, lines, TONES[indication]),
    ...receipts.map((receipt) => receiptRow(receipt, words)),
    ...(receipts.some((receipt) => isSignedForBy(receipt, message))
      ? []
      : [row(t('evidence.noReceipt'), [t('evidence.noReceiptMeans')], 'waiting', true)]),
  ];
}

/** The leading office receipts its own acts to place them, and a refusal hands nothing over: neither is the word of a counterpart that has the papers. */
function isSignedForBy({ kind, office }: EvidenceReceipt, message: EvidenceMessage): boolean {
  return kind !== 'refused' && office !== message.office;
}

function receiptRow(receipt: EvidenceReceipt, words: Words): EvidenceRow {
  const { t, office } = words;
  const kind = t(`evidence.receiptKind.${receipt.kind}` as 'evidence.receiptKind.opened', {
    defaultValue: receipt.kind,
  });
  return row(
    kind,
    [
      office(receipt.office),
      ...timeLines(receipt, receipt.receivedAt, words),
      ...(receipt.pos === null ? [] : [t('evidence.givesPlace', { pos: receipt.pos })]),
      ...(receipt.code === null ? [] : [strong(t(`errors.${receipt.code}`)), quiet(receipt.code)]),
    ],
    // its signature holds, and yet nothing was taken
    receipt.kind === 'refused' && receipt.indication === 'TOTAL_PASSED' ? 'waiting' : TONES[receipt.indication],
    true,
  );
}

function timeLines(
  { provenAt, stampedBy }: Pick<EvidenceReceipt, 'provenAt' | 'stampedBy'>,
  claimed: string,
  { t, time }: Words,
): EvidenceLine[] {
  const said = quiet(t('evidence.claimed', { at: time(claimed) }));
  if (provenAt === null) return [t('evidence.unproven'), said];
  return [t('evidence.proven', { at: time(provenAt), by: shortName(stampedBy ?? '-') }), said];
}
