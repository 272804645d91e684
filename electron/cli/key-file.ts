import { createPublicKey, type KeyObject } from 'node:crypto';
import { basename } from 'node:path';
import { AppError, hasCode } from '../../shared/errors.ts';
import { LIMITS } from '../../shared/limits.ts';
import type { Certificate } from '../pki/certificate.ts';
import type { AlgorithmPolicy } from '../pki/key-policy.ts';
import { loadPrivateKey } from '../pki/keys.ts';
import { readPem } from '../pki/pem.ts';
import { describePkcs12 } from '../pki/pkcs12/describe-pkcs12.ts';
import { type Pkcs12, readPkcs12 } from '../pki/pkcs12/read-pkcs12.ts';
import { readCertificates } from '../pki/read-certificates.ts';
import type { CommandContext } from './context.ts';
import { readInput } from './input-file.ts';
import { type PassphraseRequest, readPassphrase } from './passphrase.ts';

/** A key with the certificate that belongs to it. */
export interface CertifiedKey {
  readonly certificate: Certificate;
  readonly key: KeyObject;
}

/** Which file, and how its passphrase is got. */
export interface KeyFileRequest extends AlgorithmPolicy {
  readonly path: string;
  readonly passphraseFile: string | undefined;
  readonly passphraseFlag?: string;
}

/** @throws AppError P12_MALFORMED where the file is no PKCS#12, and the errors of reading one */
export async function readPkcs12File(context: CommandContext, request: KeyFileRequest): Promise<Pkcs12> {
  return openPkcs12(context, request, await readInput(request.path, LIMITS.pkcs12));
}

/**
 * The keys of a file with their certificates: PKCS#12, or private keys, PEM or DER, whose certificates stand in the same file or among `certificates`.
 *
 * @throws AppError KEY_MISSING where no key has its certificate
 */
export async function readKeyFile(
  context: CommandContext,
  request: KeyFileRequest,
  certificates: readonly Certificate[] = [],
): Promise<CertifiedKey[]> {
  const bytes = await readInput(request.path, LIMITS.pkcs12);
  const pairs = isPkcs12(bytes)
    ? await fromPkcs12(context, request, bytes)
    : await fromKeys(context, request, bytes, certificates);
  if (pairs.length === 0) throw new AppError('KEY_MISSING', { path: request.path });
  return pairs;
}

/** The private keys of a PEM or DER file; a passphrase is asked for once, and only where one of them is encrypted. */
async function readPrivateKeys(context: CommandContext, request: KeyFileRequest, bytes: Buffer): Promise<KeyObject[]> {
  const blocks = readPem(bytes)?.filter(({ label }) => label.endsWith('PRIVATE KEY')) ?? [];
  const parts = blocks.length === 0 ? [bytes] : blocks.map(({ text }) => Buffer.from(text, 'latin1'));
  const load = (passphrase?: Buffer): KeyObject[] => parts.map((part) => loadPrivateKey(part, passphrase, request));
  try {
    return load();
  } catch (error) {
    if (!hasCode(error, 'KEY_PASSPHRASE_WRONG')) throw error;
  }
  const passphrase = await readPassphrase(context, passphraseOf(request));
  try {
    return load(passphrase);
  } finally {
    passphrase.fill(0);
  }
}

/** Whether to ask for its password rather than for the passphrase of a key. */
export function isPkcs12(bytes: Buffer): boolean {
  if (readPem(bytes)?.some(({ label }) => label.endsWith('PRIVATE KEY'))) return false;
  return describePkcs12(bytes, null) !== null;
}

function certificatesIn(bytes: Buffer): Certificate[] {
  const hasCertificate = readPem(bytes)?.some(({ label }) => label === 'CERTIFICATE') ?? false;
  return hasCertificate ? readCertificates(bytes) : [];
}

/** Those of `certificates` that certify `key`. */
export function pairWith(key: KeyObject, certificates: readonly Certificate[]): CertifiedKey[] {
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
  return certificates
    .filter((certificate) => exportedKey(certificate)?.equals(spki) === true)
    .map((certificate) => ({ certificate, key }));
}

/** In the form that this runtime writes it; null where it knows no such key. */
function exportedKey(certificate: Certificate): Buffer | null {
  try {
    return certificate.publicKey.export({ type: 'spki', format: 'der' });
  } catch (error) {
    if (hasCode(error, 'KEY_ALGORITHM_REFUSED')) return null;
    throw error;
  }
}

async function fromKeys(
  context: CommandContext,
  request: KeyFileRequest,
  bytes: Buffer,
  certificates: readonly Certificate[],
): Promise<CertifiedKey[]> {
  const keys = await readPrivateKeys(context, request, bytes);
  const known = [...certificates, ...certificatesIn(bytes)];
  return keys.flatMap((key) => pairWith(key, known));
}

async function fromPkcs12(context: CommandContext, request: KeyFileRequest, bytes: Buffer): Promise<CertifiedKey[]> {
  const { entries } = await openPkcs12(context, request, bytes);
  return entries.flatMap(({ key, certificate }) => (certificate === null ? [] : [{ key, certificate }]));
}

function passphraseOf({ path, passphraseFile, passphraseFlag }: KeyFileRequest): PassphraseRequest {
  const flag = passphraseFlag === undefined ? {} : { flag: passphraseFlag };
  return { file: passphraseFile, label: basename(path), ...flag };
}

async function openPkcs12(context: CommandContext, request: KeyFileRequest, bytes: Buffer): Promise<Pkcs12> {
  const passphrase = await readPassphrase(context, passphraseOf(request));
  try {
    const opened = readPkcs12(bytes, passphrase.toString('utf8'), request);
    if (opened === null) throw new AppError('P12_MALFORMED', { path: request.path });
    return opened;
  } finally {
    passphrase.fill(0);
  }
}
