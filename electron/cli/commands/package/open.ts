import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { AppError, ERROR_KINDS, isAppError } from '../../../../shared/errors.ts';
import { REPORT_VERSION, type VerificationReport } from '../../../../shared/model/verification-report.ts';
import type { ByteSource } from '../../../files/bytes.ts';
import type { RecipientKey } from '../../../packages/cms/unwrap-content-key.ts';
import { type OpenedPackage, openPackage } from '../../../packages/open-package.ts';
import { type ContainerVerdict, verifyContainer } from '../../../packages/verify-container.ts';
import { mayEncrypt } from '../../../usecases/office/certificate-uses.ts';
import { isNamed } from '../../../usecases/tokens/list-tokens.ts';
import { createEphemeralTarget } from '../../../vault/blobs/ephemeral-target.ts';
import { containerReport, type ReportFlags, requireReportAbsent } from '../../container-report.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { copySource } from '../../copy-source.ts';
import { extractDocuments } from '../../extract-documents.ts';
import type { PassphraseFlags, TrustFlags } from '../../flags.ts';
import { openInput } from '../../input-file.ts';
import { readKeyFile } from '../../key-file.ts';
import { readBinding } from '../../read-binding.ts';
import { readTrust } from '../../read-trust.ts';
import type { TokenFlags } from '../../token-flags.ts';
import { withToken } from '../../token-session.ts';
import { usageError } from '../../usage-error.ts';

export interface OpenOptions extends TrustFlags, PassphraseFlags, ReportFlags, TokenFlags {
  readonly at: Date | undefined;
  readonly key: readonly string[];
  readonly card: readonly string[];
  readonly out?: string;
  readonly extractIndeterminate: boolean;
}

/** Decrypts, verifies everything, and extracts only what the verdict allows. The plaintext lies encrypted under a key of this process alone. */
export async function openFile(file: string, options: OpenOptions, context: CommandContext): Promise<CommandReport> {
  if (options.key.length === 0 && options.token === undefined) throw usageError(context.t('cli.package.open.noKey'));
  await requireReportAbsent(options);
  const at = options.at ?? context.now();
  const trust = await readTrust(options);
  const bound = await readBinding(options.card, trust, at);
  const source = await openInput(file);
  try {
    const opened = await withKeys(options, context, (keys) => decrypt(source, keys, options, context));
    if (isAppError(opened)) return await failedReport(opened, at, file, options, context);
    try {
      const verdict = await verifyContainer({ container: opened.container, opened, trust, at, ...bound });
      return await report(verdict, file, options, context);
    } finally {
      await opened.container.close();
    }
  } finally {
    await source.close();
  }
}

/** Keys of files, and those of a token while it is logged in. */
async function withKeys<T>(
  options: OpenOptions,
  context: CommandContext,
  task: (keys: readonly RecipientKey[]) => Promise<T>,
): Promise<T> {
  const { key: paths, token, label, passphraseFile } = options;
  const keys: RecipientKey[] = [];
  for (const path of paths) keys.push(...(await readKeyFile(context, { path, passphraseFile })));
  if (token === undefined) return task(keys);
  return withToken(options, context, (session) => {
    const wanted = session.certificates.filter((one) => mayEncrypt(one.certificate));
    const named = label === undefined ? wanted : wanted.filter((one) => isNamed(one, label));
    if (named.length === 0) throw new AppError('TOKEN_KEY_MISSING');
    return task([...keys, ...named.map((one) => ({ certificate: one.certificate, key: session.decryptionKey(one) }))]);
  });
}

/** The opened package; or why it is bad, which is a finding and not a failure of the command. */
async function decrypt(
  source: ByteSource,
  keys: readonly RecipientKey[],
  { out }: OpenOptions,
  { signal, progress, t }: CommandContext,
): Promise<OpenedPackage | AppError> {
  const target = await createEphemeralTarget(out === undefined ? tmpdir() : dirname(out), source.size);
  const bar = progress(t('cli.progress.decrypting'));
  try {
    const opened = await openPackage({ source, keys, target, accept: 'exchange', signal, progress: bar.update });
    if (opened === null) throw new AppError('PACKAGE_NOT_FOR_ME');
    return opened;
  } catch (error) {
    await target.abort();
    if (isAppError(error) && ERROR_KINDS[error.code] === 'bad') return error;
    throw error;
  } finally {
    bar.finish();
  }
}

async function report(
  verdict: ContainerVerdict,
  file: string,
  options: OpenOptions,
  context: CommandContext,
): Promise<CommandReport> {
  const { out, extractIndeterminate } = options;
  const found = await containerReport(verdict.report, file, options, context);
  if (out === undefined) return found;
  const allowed =
    verdict.indication === 'TOTAL_PASSED' || (verdict.indication === 'INDETERMINATE' && extractIndeterminate);
  const extracted = allowed ? await extract(verdict, out, options, context) : [];
  return {
    ...found,
    json: { ...found.json, extracted },
    text: [...found.text, extractionLine(out, extracted, context)],
  };
}

function extract(
  { message, readDocument }: ContainerVerdict,
  folder: string,
  { extractIndeterminate: allowIndeterminate }: OpenOptions,
  { signal }: CommandContext,
): Promise<string[]> {
  const names = (message?.documents ?? []).map(({ name }) => name);
  return extractDocuments(names, folder, async (index, sink) => {
    await copySource(await readDocument(index, { allowIndeterminate }), sink, { signal });
  });
}

function extractionLine(folder: string, extracted: readonly string[], { t }: CommandContext): string {
  if (extracted.length === 0) return t('cli.package.open.nothingExtracted');
  return t('cli.package.open.extracted', { count: extracted.length, folder });
}

/** What broke before anything could be verified, in the same shape. */
function failedReport(
  error: AppError,
  at: Date,
  file: string,
  options: OpenOptions,
  context: CommandContext,
): Promise<CommandReport> {
  const { code, params } = error;
  const detail = [code, ...Object.values(params)].join(' ');
  const full: VerificationReport = {
    version: REPORT_VERSION,
    indication: 'TOTAL_FAILED',
    subIndication: code === 'PACKAGE_TAMPERED' ? 'HASH_FAILURE' : 'FORMAT_FAILURE',
    code,
    validationTime: at.toISOString(),
    m: null,
    signers: [],
    container: { profile: null, size: 0, encryption: null },
    documents: [],
    message: null,
    checks: [{ id: 'envelope', ok: false, detail }],
  };
  return containerReport(full, file, options, context);
}
