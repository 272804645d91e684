import type { ErrorCode } from '../../../../shared/errors.ts';
import { LIMITS } from '../../../../shared/limits.ts';
import { visible } from '../../../../shared/text/visible.ts';
import { digestSource } from '../../../packages/cms/digest-source.ts';
import { digestedContent, type SignedContent } from '../../../packages/cms/signed-content.ts';
import { readTimestamp, type TimestampToken } from '../../../packages/timestamp/parse-timestamp.ts';
import { type TimestampVerdict, verifyTimestamp } from '../../../packages/timestamp/verify-timestamp.ts';
import { parseDigestAlgorithm } from '../../../pki/signature-algorithm.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { checkLines, verdictExit } from '../../describe-verdict.ts';
import type { TrustFlags } from '../../flags.ts';
import { formatInstant } from '../../format.ts';
import { openInput, readInput } from '../../input-file.ts';
import { readTrust } from '../../read-trust.ts';

export interface VerifyOptions extends TrustFlags {
  readonly content: string;
}

/** A timestamp token, or the response that brought it, against the file that it stamps. */
export async function verifyFile(
  file: string,
  options: VerifyOptions,
  context: CommandContext,
): Promise<CommandReport> {
  const token = readTimestamp(await readInput(file, LIMITS.signature));
  const trust = await readTrust(options);
  const content = await digestFor(token, options.content, context);
  const at = options.at ?? context.now();
  const verdict = verifyTimestamp({ token, content, trust, at });
  const exit = verdictExit({ ...verdict, code: codeOf(verdict) });
  return { ...exit, json: toJson(token, verdict, at), text: toText(token, verdict, context) };
}

/** @throws AppError SIGNATURE_ALGORITHM_REFUSED where the imprint is by a digest that is unknown or broken */
async function digestFor({ info }: TimestampToken, path: string, { signal }: CommandContext): Promise<SignedContent> {
  const name = parseDigestAlgorithm(info.imprint.algorithm.der);
  const source = await openInput(path);
  try {
    return digestedContent(await digestSource(source, new Set([name]), signal));
  } finally {
    await source.close();
  }
}

function codeOf({ indication, subIndication }: TimestampVerdict): ErrorCode | null {
  if (indication === 'TOTAL_PASSED') return null;
  if (indication === 'TOTAL_FAILED') return 'TIMESTAMP_INVALID';
  return subIndication === 'TRY_LATER' ? 'VERDICT_INDETERMINATE' : 'TIMESTAMP_NOT_TRUSTED';
}

function toJson({ info }: TimestampToken, verdict: TimestampVerdict, at: Date): Record<string, unknown> {
  const { indication, subIndication, certificate, path, checks } = verdict;
  const { genTime, accuracy, policy, serial } = info;
  return {
    indication,
    subIndication,
    validationTime: at.toISOString(),
    genTime: genTime.toISOString(),
    accuracy,
    policy,
    serial: serial.toString('hex'),
    authority: certificate?.subjectText ?? null,
    path: path?.path.map(({ subjectText }) => subjectText) ?? [],
    revocation: path?.revocation ?? null,
    checks,
  };
}

function toText({ info }: TimestampToken, verdict: TimestampVerdict, context: CommandContext): string[] {
  const { t, language } = context;
  const { indication, subIndication, certificate, checks } = verdict;
  const passed = indication === 'TOTAL_PASSED';
  const subject = certificate === null ? '-' : visible(certificate.subjectText);
  return [
    passed
      ? t('cli.timestamp.verify.passed', { at: formatInstant(info.genTime, language) })
      : t('cli.timestamp.verify.failed'),
    `${t('cli.timestamp.verify.authority')} ${subject}`,
    ...(info.accuracy === null ? [] : [`  ${t('cli.timestamp.verify.accuracy', { milliseconds: info.accuracy })}`]),
    `${indication}${subIndication === null ? '' : ` ${subIndication}`}`,
    ...checkLines(checks, context),
  ];
}
