import { AppError } from '../../../shared/errors.ts';
import type { Bytes } from '../../../shared/model/brand.ts';
import { type ByteSink, type ByteSource, bufferSource, readAll, readRange } from '../../files/bytes.ts';
import type { Certificate } from '../../pki/certificate.ts';
import type { AlgorithmPolicy } from '../../pki/key-policy.ts';
import { looksLikePem, readPem } from '../../pki/pem.ts';
import { type DecryptOptions, decryptContent } from './decrypt-content.ts';
import type { EnvelopedHeader } from './parse-enveloped-header.ts';
import { readEnvelopedHeader } from './read-enveloped-header.ts';
import { type LocalRecipientKey, unwrapContentKey } from './unwrap-content-key.ts';

/** Takes plaintext that may not be believed yet: `finish` releases it, `abort` destroys it. */
export interface ContentTarget<Content> extends ByteSink {
  finish(): Promise<Content>;
  abort(): Promise<void>;
}

export interface DecryptedCms<Content> {
  readonly content: Content;
  readonly length: Bytes;
  readonly header: EnvelopedHeader;
  /** Whose key opened it. */
  readonly openedAs: Certificate;
  /** False for CBC and ECB: they keep a secret but notice no alteration. */
  readonly authenticated: boolean;
}

const PEM_LABELS: ReadonlySet<string> = new Set(['CMS', 'PKCS7', 'ENCRYPTED MESSAGE']);
const PEM_LIMIT = 256 * 1024 * 1024;
/** PEM may follow some lines of text. */
const SNIFF = 64 * 1024;
const SEQUENCE = 0x30;

/**
 * Opens any EnvelopedData or AuthEnvelopedData, DER, BER or PEM. The target is finished only after tag or padding were
 * checked, else aborted.
 * @returns null where none of `keys` is a recipient
 * @throws PACKAGE_TAMPERED, PACKAGE_TRUNCATED, PACKAGE_MALFORMED, PACKAGE_ALGORITHM_REFUSED, PACKAGE_LIMIT_EXCEEDED,
 *   CANCELLED
 */
export async function decryptCms<Content>(
  source: ByteSource,
  keys: readonly LocalRecipientKey[],
  target: ContentTarget<Content>,
  options: DecryptOptions = {},
): Promise<DecryptedCms<Content> | null> {
  try {
    const opened = await decryptInto(source, keys, target, options.policy ?? {}, options);
    if (opened !== null) return { ...opened, content: await target.finish() };
  } catch (error) {
    await target.abort();
    throw error;
  }
  await target.abort();
  return null;
}

async function decryptInto(
  source: ByteSource,
  keys: readonly LocalRecipientKey[],
  sink: ByteSink,
  policy: AlgorithmPolicy,
  options: DecryptOptions,
): Promise<Omit<DecryptedCms<never>, 'content'> | null> {
  const der = await unarmor(source);
  const header = await readEnvelopedHeader(der);
  const unwrapped = unwrapContentKey(header, keys, policy);
  if (unwrapped === null) return null;
  try {
    const { length, authenticated } = await decryptContent(der, header, unwrapped.cek, sink, options);
    return { length, authenticated, header, openedAs: unwrapped.key.certificate };
  } finally {
    unwrapped.cek.fill(0);
  }
}

async function unarmor(source: ByteSource): Promise<ByteSource> {
  const [first] = await readRange(source, 0, 1);
  if (first === SEQUENCE || !looksLikePem(await readRange(source, 0, SNIFF))) return source;
  if (source.size > PEM_LIMIT) throw new AppError('PACKAGE_LIMIT_EXCEEDED', { limit: 'pem', max: PEM_LIMIT });
  const block = readPem(await readAll(source, PEM_LIMIT))?.find(({ label }) => PEM_LABELS.has(label));
  if (block === undefined) throw new AppError('PACKAGE_MALFORMED', { reason: 'PEM' });
  return bufferSource(block.der);
}
