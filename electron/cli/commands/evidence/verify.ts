import { describeEvidence, type EvidenceRow, type EvidenceView } from '../../../../shared/report/describe-evidence.ts';
import { renderEvidencePage } from '../../../../shared/report/render-evidence.ts';
import { formatExact, REPORT_ZONE } from '../../../../shared/text/format-exact.ts';
import { visible } from '../../../../shared/text/visible.ts';
import { verifyBundle } from '../../../evidence/verify-bundle.ts';
import { readCertificates } from '../../../pki/read-certificates.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { exitOfIndication } from '../../exit-codes.ts';
import { BUNDLE_LIMIT, openInput, readInputs } from '../../input-file.ts';
import { requireAbsent, writeOutput } from '../../output-file.ts';
import { usageError } from '../../usage-error.ts';

export interface VerifyOptions {
  readonly trust: readonly string[];
  readonly fingerprint: readonly string[];
  readonly at?: Date;
  readonly report?: string;
}

/** A bundle, judged by nothing but itself and what the flags name. */
export async function verify(path: string, options: VerifyOptions, context: CommandContext): Promise<CommandReport> {
  const { trust, fingerprint, at = context.now(), report: page } = options;
  const { t, language } = context;
  // A bundle vouches for nobody by itself; trial identities have no CA, and rest on fingerprints alone
  if (trust.length + fingerprint.length === 0) throw usageError(t('cli.evidence.verify.nothingGiven'));
  if (page !== undefined) await requireAbsent([page], { force: false });
  const anchors = (await readInputs(trust, BUNDLE_LIMIT)).flatMap(readCertificates);
  const bundle = await openInput(path);
  try {
    const report = await verifyBundle({ bundle, anchors, fingerprints: fingerprint, at, revocation: 'require' });
    const view = describeEvidence(report, t, (moment) => formatExact(moment, language, REPORT_ZONE.name));
    if (page !== undefined) await writeOutput(page, renderEvidencePage(view, { t, language }), { force: false });
    const { code, ...json } = report;
    return { exit: exitOfIndication(report.indication), ...(code === null ? {} : { code }), json, text: toText(view) };
  } finally {
    await bundle.close();
  }
}

function toText({ headline, advice, sections, limits }: EvidenceView): string[] {
  return [
    headline,
    ...advice,
    '',
    limits.title,
    ...limits.items.map((item) => `  ${item}`),
    ...sections
      .filter(({ rows }) => rows.length > 0)
      .flatMap(({ title, rows }) => ['', title, ...rows.flatMap(rowLines)]),
  ].map(visible);
}

function rowLines({ label, lines, isPart }: EvidenceRow): string[] {
  const indent = isPart ? '      ' : '  ';
  return [`${indent}${label}`, ...lines.map((line) => `${indent}    ${typeof line === 'string' ? line : line.text}`)];
}
