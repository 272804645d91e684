import { basename } from 'node:path';
import type { VerificationReport } from '../../shared/model/verification-report.ts';
import { describeReport, endOf, type ReportWords } from '../../shared/report/describe-report.ts';
import { renderReport } from '../../shared/report/render-report.ts';
import type { ReportView, SignatureView } from '../../shared/report/report-view.ts';
import { formatExact, REPORT_ZONE } from '../../shared/text/format-exact.ts';
import { visible } from '../../shared/text/visible.ts';
import type { TemporaryNote } from '../files/temporary-note.ts';
import type { CommandContext, CommandReport } from './context.ts';
import { checkLines, verdictExit } from './describe-verdict.ts';
import { formatInstant } from './format.ts';
import { requireAbsent, writeOutput } from './output-file.ts';

/** Flags of `open` and `verify` that say how their report is to be had. */
export interface ReportFlags {
  /** Where the page goes. */
  readonly report?: string;
  readonly detailed: boolean;
  readonly at: Date | undefined;
}

/** Before any work: a report never replaces another file. @throws AppError FILE_EXISTS */
export async function requireReportAbsent({ report }: ReportFlags): Promise<void> {
  if (report !== undefined) await requireAbsent([report], { force: false });
}

/**
 * The report of a container as `open` and `verify` give it: for machines, in lines, and as a page where one is asked for.
 *
 * @param note of the vault that it comes from
 */
export async function containerReport(
  report: VerificationReport,
  file: string,
  flags: ReportFlags,
  context: CommandContext,
  note?: TemporaryNote,
): Promise<CommandReport> {
  const words: Omit<ReportWords, 'time' | 'zone'> = {
    t: context.t,
    language: context.language,
    clock: flags.at === undefined ? 'local' : 'given',
    file: basename(file),
  };
  if (flags.report !== undefined) await writePage(report, flags.report, flags.detailed, words, note);
  const { code: _, ...json } = report;
  const view = describeReport(report, { ...words, time: (at) => formatInstant(at, context.language), zone: 'UTC' });
  return { ...verdictExit(report), json, text: reportLines(report, view, flags.detailed, context) };
}

/** Times as the offices live by them; the lines of the command are in UTC, as all of its lines. */
async function writePage(
  report: VerificationReport,
  path: string,
  detailed: boolean,
  words: Omit<ReportWords, 'time' | 'zone'>,
  note?: TemporaryNote,
): Promise<void> {
  const time = (at: string): string => formatExact(at, words.language, REPORT_ZONE.name);
  const view = describeReport(report, { ...words, time, zone: REPORT_ZONE.label });
  const page = renderReport(view, { t: words.t, detailed, ...(words.file === undefined ? {} : { file: words.file }) });
  await writeOutput(path, page, { force: false, ...(note === undefined ? {} : { note }) });
}

/** Verdict, who, what, and the technical part last. */
function reportLines(
  report: VerificationReport,
  view: ReportView,
  detailed: boolean,
  context: CommandContext,
): string[] {
  const { band, signatures, documents, language } = view;
  return [
    endOf(band.headline, language),
    ...band.lines,
    ...signatures.flatMap((signature) => signatureLines(signature, context)),
    ...documents.map(({ name, size, sha256 }) => `  ${visible(name)}  ${size}  ${sha256}`),
    ...(report.m === null ? [] : [`M ${report.m}`]),
    `${report.indication}${report.subIndication === null ? '' : ` ${report.subIndication}`}`,
    ...(detailed ? checkLines(report.checks, context) : []),
  ].map(visible);
}

function signatureLines({ name, word, facts }: SignatureView, { t }: CommandContext): string[] {
  return [
    `${t('cli.verdict.signer')} ${name} · ${word}`,
    ...facts.map(({ label, value, source }) => {
      const from = source === null ? '' : `  (${t('report.source.label', { source })})`;
      return `  ${label}  ${value}${from}`;
    }),
  ];
}
