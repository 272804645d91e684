import type { ErrorCode } from '../../../../shared/errors.ts';
import { pathCode } from '../../../pki/path/path-code.ts';
import type { PathVerdict, Usage } from '../../../pki/path/path-types.ts';
import { validatePath } from '../../../pki/path/validate-path.ts';
import { readCertificates } from '../../../pki/read-certificates.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { certificateJson } from '../../describe-certificate.ts';
import { checkLines, verdictExit } from '../../describe-verdict.ts';
import type { TrustFlags } from '../../flags.ts';
import { formatInstant } from '../../format.ts';
import { BUNDLE_LIMIT, readInput } from '../../input-file.ts';
import { readTrust } from '../../read-trust.ts';

export interface VerifyOptions extends TrustFlags {
  readonly policy: readonly string[];
  readonly requireExplicitPolicy: boolean;
  readonly inhibitMapping: boolean;
  readonly inhibitAny: boolean;
  readonly usage: Usage;
  readonly name?: string;
}

/** The first certificate of the file is validated; others in it help to find its path. */
export async function verifyCertificate(
  file: string,
  options: VerifyOptions,
  context: CommandContext,
): Promise<CommandReport> {
  const [leaf, ...rest] = readCertificates(await readInput(file, BUNDLE_LIMIT));
  if (leaf === undefined) throw new TypeError('readCertificates is never empty');
  const { untrusted, ...trust } = await readTrust(options);
  const at = options.at ?? context.now();
  const verdict = validatePath({
    ...trust,
    leaf,
    untrusted: [...rest, ...untrusted],
    at,
    usage: options.usage,
    policies: {
      acceptable: options.policy,
      requireExplicit: options.requireExplicitPolicy,
      inhibitMapping: options.inhibitMapping,
      inhibitAny: options.inhibitAny,
    },
    ...(options.name === undefined ? {} : { hostName: options.name }),
  });
  const full = { ...verdict, code: codeOf(verdict) };
  return { ...verdictExit(full), json: toJson(full, at), text: toText(full, at, context) };
}

type FullVerdict = PathVerdict & { readonly code: ErrorCode | null };

function codeOf(verdict: PathVerdict): ErrorCode | null {
  return verdict.indication === 'TOTAL_PASSED' ? null : pathCode(verdict, 'CERTIFICATE_NOT_TRUSTED');
}

function toJson(
  { indication, subIndication, path, revocation, checks }: FullVerdict,
  at: Date,
): Record<string, unknown> {
  return {
    indication,
    subIndication,
    validationTime: at.toISOString(),
    path: path.map(certificateJson),
    revocation,
    checks,
  };
}

function toText({ indication, subIndication, path, checks }: FullVerdict, at: Date, context: CommandContext): string[] {
  const { t, language } = context;
  const passed = indication === 'TOTAL_PASSED';
  return [
    passed ? t('cli.cert.verify.passed', { at: formatInstant(at, language) }) : t('cli.cert.verify.failed'),
    ...path.map(({ subjectText }, depth) => `${'  '.repeat(depth + 1)}${subjectText}`),
    `${indication}${subIndication === null ? '' : ` ${subIndication}`}`,
    ...checkLines(checks, context),
  ];
}
