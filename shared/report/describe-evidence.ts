import type { Translate } from '../i18n/create-i18n.ts';
import type { EvidenceMessage, EvidenceReceipt, EvidenceReport } from '../model/evidence-report.ts';
import type { Indication } from '../model/verdict.ts';
import type { ReportTone } from './report-view.ts';

/** A report on a bundle in words, still without form; texts may hold words of others. */
export interface EvidenceView {
  readonly tone: ReportTone;
  readonly headline: string;
  /** What to do about it; null where it passed. */
  readonly advice: string | null;
  readonly sections: readonly { readonly title: string; readonly rows: readonly EvidenceRow[] }[];
  readonly limits: string;
}

export interface EvidenceRow {
  readonly tone: ReportTone;
  readonly label: string;
  readonly lines: readonly string[];
}

const TONES: Readonly<Record<Indication, ReportTone>> = {
  TOTAL_PASSED: 'done',
  INDETERMINATE: 'waiting',
  TOTAL_FAILED: 'failed',
};

const HEADLINE = { TOTAL_PASSED: 'passed', INDETERMINATE: 'undecided', TOTAL_FAILED: 'failed' } as const;

/** @param time how a moment is to be read */
export function describeEvidence(report: EvidenceReport, t: Translate, time: (at: string) => string): EvidenceView {
  const { indication, code, completeUpTo } = report;
  const section = (title: string, rows: readonly EvidenceRow[]) => ({ title, rows });
  return {
    tone: TONES[indication],
    headline: t(`evidence.${HEADLINE[indication]}`, { pos: completeUpTo }),
    advice:
      code === null
        ? null
        : t(`errors.${code}`, { reason: report.checks.find(({ ok }) => ok === false)?.detail ?? '' }),
    sections: [
      section(t('evidence.title'), aboutRows(report, t, time)),
      section(t('evidence.gaps'), gapRows(report, t)),
      section(t('evidence.cards'), cardRows(report, t)),
      section(
        t('evidence.messages'),
        report.messages.flatMap((message) => messageRows(message, t, time)),
      ),
      section(
        t('evidence.clocks'),
        report.clocks.map(({ id, rule, due, state }) => row(id, [rule ?? '-', `${state} ${due ?? ''}`])),
      ),
      section(
        t('evidence.snapshot'),
        report.snapshot.map(({ subject, sha256, entered }) =>
          row(subject, [sha256, t(entered ? 'evidence.entered' : 'evidence.notEntered')]),
        ),
      ),
      section(
        t('evidence.checks'),
        report.checks.map(({ id, ok, detail }) => ({ ...row(id, [detail]), tone: ok === false ? 'failed' : 'done' })),
      ),
    ],
    limits: t('evidence.limits'),
  };
}

const row = (label: string, lines: readonly string[], tone: ReportTone = 'none'): EvidenceRow => ({
  label,
  lines,
  tone,
});

function aboutRows(report: EvidenceReport, t: Translate, time: (at: string) => string): EvidenceRow[] {
  const { matter, type, procedure, state, exported, validationTime } = report;
  return [
    row(t('evidence.matter'), [matter ?? '-', procedure ?? type ?? '-']),
    row(t('evidence.state'), [state ?? '-']),
    row(t('evidence.exported'), exported === null ? ['-'] : [exported.by, time(exported.at), exported.program]),
    row(t('evidence.at'), [time(validationTime)]),
  ];
}

const GAPS = ['unresolved', 'sequence', 'positions', 'unacknowledged', 'uncounted', 'notShown'] as const;
/** Beside these the verdict stands: nobody can make others answer. */
const NAMED_ONLY: ReadonlySet<string> = new Set(['unacknowledged', 'uncounted', 'notShown']);

function gapRows({ gaps }: EvidenceReport, t: Translate): EvidenceRow[] {
  return GAPS.map((name) => {
    const found = gaps[name].map(String);
    const tone = found.length === 0 ? 'done' : NAMED_ONLY.has(name) ? 'waiting' : 'failed';
    return row(t(`evidence.gap.${name}`), found.length === 0 ? [t('evidence.none')] : found, tone);
  });
}

function cardRows({ cards }: EvidenceReport, t: Translate): EvidenceRow[] {
  return cards.map(({ name, office, version, fingerprint, restsOn, indication }) =>
    row(
      `${name} ${office} v${version}`,
      [t(`evidence.restsOn.${restsOn}`), `${t('evidence.fingerprint')}: ${fingerprint}`],
      TONES[indication],
    ),
  );
}

function messageRows(message: EvidenceMessage, t: Translate, time: (at: string) => string): EvidenceRow[] {
  const { pos, voidCode, act, kind, office, signer, createdAt, m, documents, receipts, indication, code } = message;
  const place = pos === null ? t('evidence.uncounted') : t('evidence.pos', { pos });
  const lines = [
    `${office} ${signer ?? ''}`,
    times(message, createdAt, t, time),
    `M ${m}`,
    ...(voidCode === null ? [] : [t('evidence.void', { code: voidCode })]),
    ...(code === null ? [] : [code]),
    ...documents.map(({ name, sha256 }) => `${name} ${sha256}`),
  ];
  const answered = receipts.map((receipt) =>
    row(
      t('evidence.receipt', { kind: receipt.kind }),
      [
        `${receipt.office} ${times(receipt, receipt.receivedAt, t, time)}`,
        ...(receipt.code === null ? [] : [receipt.code]),
      ],
      TONES[receipt.indication],
    ),
  );
  return [row(`${place} ${act ?? kind}`, lines, TONES[indication]), ...answered];
}

function times(
  { provenAt }: Pick<EvidenceReceipt, 'provenAt'>,
  claimed: string,
  t: Translate,
  time: (at: string) => string,
): string {
  const proven = provenAt === null ? [] : [t('evidence.proven', { at: time(provenAt) })];
  return [...proven, t('evidence.claimed', { at: time(claimed) })].join(' · ');
}
