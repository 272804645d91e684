import type { ErrorCode } from '../../../../shared/errors.ts';
import type { ByteSource } from '../../../files/bytes.ts';
import { oidName } from '../../../packages/cms/oids.ts';
import { type CmsVerdict, type SignerVerdict, verifyCms } from '../../../packages/cms/verify-cms.ts';
import { reportSigner } from '../../../packages/verify/report-signer.ts';
import type { Check } from '../../../pki/verdict.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { checkLines, signerLines, verdictExit, verdictSentence } from '../../describe-verdict.ts';
import type { TrustFlags } from '../../flags.ts';
import { openInput, readInput } from '../../input-file.ts';
import { readTrust } from '../../read-trust.ts';

export interface VerifyOptions extends TrustFlags {
  readonly content?: string;
}

/** Attached content is held in memory. */
const LIMIT = 512 * 1024 * 1024;

export async function verifyFile(
  file: string,
  options: VerifyOptions,
  context: CommandContext,
): Promise<CommandReport> {
  const bytes = await readInput(file, LIMIT);
  const trust = await readTrust(options);
  const content = options.content === undefined ? undefined : await openInput(options.content);
  try {
    return await verify(bytes, content, trust, options, context);
  } finally {
    await content?.close();
  }
}

async function verify(
  bytes: Buffer,
  content: ByteSource | undefined,
  trust: Awaited<ReturnType<typeof readTrust>>,
  options: VerifyOptions,
  context: CommandContext,
): Promise<CommandReport> {
  const at = options.at ?? context.now();
  const verdict = await verifyCms({ bytes, content, trust, at, signal: context.signal });
  const { indication, subIndication, contentType } = verdict;
  const signers = verdict.signers.map((signer) => reportSigner({ ...signer, proven: signer }));
  const checks: Check[] = verdict.signers.flatMap(checksOf);
  return {
    ...verdictExit({ indication, subIndication, code: codeOf(verdict) }),
    json: {
      indication,
      subIndication,
      validationTime: at.toISOString(),
      contentType: oidName(contentType),
      contentSize: content?.size ?? verdict.content?.length ?? null,
      signers,
      checks,
    },
    text: [
      verdictSentence(verdict, signers[0]?.revocation, at, context),
      ...signers.flatMap((signer) => signerLines(signer, context)),
      `${indication}${subIndication === null ? '' : ` ${subIndication}`}`,
      ...checkLines(checks, context),
    ],
  };
}

function checksOf({ signature, timestamps, path }: SignerVerdict): Check[] {
  return [...signature.checks, ...timestamps, ...(path?.checks ?? [])];
}

/** A signature that does not hold has its own code, a path that does not hold another. */
function codeOf({ indication, signers }: CmsVerdict): ErrorCode | null {
  const worst = signers.find((signer) => signer.indication === indication);
  if (worst === undefined || indication === 'TOTAL_PASSED') return null;
  if (worst.signature.indication === 'TOTAL_FAILED') return 'SIGNATURE_INVALID';
  if (worst.signature.subIndication === 'CRYPTO_CONSTRAINTS_FAILURE') return 'SIGNATURE_ALGORITHM_REFUSED';
  if (worst.signature.indication === 'INDETERMINATE' || worst.subIndication === 'TRY_LATER')
    return 'VERDICT_INDETERMINATE';
  return 'SIGNER_NOT_TRUSTED';
}
