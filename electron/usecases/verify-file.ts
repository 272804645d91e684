import { AppError, ERROR_KINDS, isAppError } from '../../shared/errors.ts';
import type { Bytes, OfficeId } from '../../shared/model/brand.ts';
import { REPORT_VERSION, type VerificationReport } from '../../shared/model/verification-report.ts';
import { type ByteSource, readRange } from '../files/bytes.ts';
import { type OpenedPackage, openPackage } from '../packages/open-package.ts';
import { newFindings } from '../packages/verify/checks.ts';
import { readProfile } from '../packages/verify/read-profile.ts';
import { verifyContainer } from '../packages/verify-container.ts';
import { createEphemeralTarget } from '../vault/blobs/ephemeral-target.ts';
import type { OfficeContext } from './context.ts';
import { senderBinding } from './office/sender-binding.ts';
import { trustDataFor, trustFor } from './office/trust.ts';
import { runInThread } from './threads/run-in-thread.ts';
import { readingKeys } from './tokens/reading-keys.ts';

export interface VerifyFile {
  readonly source: ByteSource;
  /** Judge it as of then. Default: now. */
  readonly at?: Date;
  readonly signal?: AbortSignal;
  readonly progress?: (done: Bytes, total: Bytes) => void;
}

/**
 * What this vault can say of a file that somebody brought: a sealed package that one of its keys opens, or a container. Nothing is stored, applied or
 * receipted. What is wrong with the file is the report's, not an error.
 *
 * @throws AppError PACKAGE_NOT_FOR_ME, and of this machine
 */
export async function verifyFile(
  context: OfficeContext,
  { source, at = context.now(), signal, progress }: VerifyFile,
): Promise<VerificationReport> {
  const head = await readRange(source, 0, 4);
  if (head.toString('latin1') === 'PK\u0003\u0004') {
    // What anybody may have written is read beside the loop: ten thousand entries and sixty manifests hold it for seconds
    const services = { source, trust: (office: OfficeId | null) => trustDataFor(context, office, at) };
    return runInThread(
      'verify',
      { size: source.size, at },
      { ...services, ...(signal === undefined ? {} : { signal }) },
    );
  }
  const target = await createEphemeralTarget(context.vault.paths.incoming, source.size);
  try {
    const keys = readingKeys(context);
    const optional = { ...(signal === undefined ? {} : { signal }), ...(progress === undefined ? {} : { progress }) };
    const opened = await openPackage({ source, keys, target, accept: 'exchange', ...optional });
    if (opened === null) throw new AppError('PACKAGE_NOT_FOR_ME');
    return await judge(context, opened.container, at, opened).finally(() => opened.container.close());
  } catch (error) {
    if (isAppError(error) && ERROR_KINDS[error.code] === 'bad') return failedReport(error, source.size, at);
    throw error;
  } finally {
    await target.abort();
  }
}

async function judge(
  context: OfficeContext,
  container: ByteSource,
  at: Date,
  opened: OpenedPackage,
): Promise<VerificationReport> {
  const db = context.vault.read;
  // Whose pins count depends on who says to have sent it: read first, believed later.
  const peeked = await readProfile(container, opened.scan, newFindings());
  const trust = trustFor(context, db, peeked?.message.sender.office ?? null, at);
  const { report } = await verifyContainer({
    container,
    trust,
    at,
    binding: senderBinding(db, null),
    opened,
  });
  return report;
}

/** What broke before anything could be verified, in the same shape. */
function failedReport({ code, params }: AppError, size: Bytes, at: Date): VerificationReport {
  return {
    version: REPORT_VERSION,
    indication: 'TOTAL_FAILED',
    subIndication: code === 'PACKAGE_TAMPERED' ? 'HASH_FAILURE' : 'FORMAT_FAILURE',
    code,
    validationTime: at.toISOString(),
    m: null,
    signers: [],
    container: { profile: null, size, encryption: null },
    documents: [],
    message: null,
    checks: [{ id: 'envelope', ok: false, detail: [code, ...Object.values(params)].join(' ') }],
  };
}
