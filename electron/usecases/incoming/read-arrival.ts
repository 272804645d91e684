import { AppError, ERROR_KINDS, type ErrorCode, type ErrorParams, isAppError } from '../../../shared/errors.ts';
import type { Base64Der, Bytes, Instant, M, Sha256 } from '../../../shared/model/brand.ts';
import type { Message } from '../../../shared/model/message.ts';
import type { ByteSource } from '../../files/bytes.ts';
import { readEnvelopedHeader } from '../../packages/cms/read-enveloped-header.ts';
import { matchesCertificate } from '../../packages/cms/recipient-id.ts';
import { recipientIdsOf } from '../../packages/cms/recipient-info.ts';
import { type OpenedPackage, openPackage } from '../../packages/open-package.ts';
import { newFindings } from '../../packages/verify/checks.ts';
import { readProfile } from '../../packages/verify/read-profile.ts';
import { type ContainerVerdict, verifyContainer } from '../../packages/verify-container.ts';
import type { Certificate } from '../../pki/certificate.ts';
import { type BlobWriter, createBlob } from '../../vault/blobs/create-blob.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import { findMessage } from '../../vault/repositories/messages.ts';
import { listOffices } from '../../vault/repositories/offices.ts';
import { listReceipts } from '../../vault/repositories/receipts.ts';
import type { OfficeContext } from '../context.ts';
import { listConfirmedCards, toCertificate } from '../office/directory.ts';
import { getOwnVault } from '../office/own-vault.ts';
import { senderBinding } from '../office/sender-binding.ts';
import { trustFor } from '../office/trust.ts';
import { readingKeys } from '../tokens/reading-keys.ts';

/** More than any directory holds. */
const MOST_OFFICES = 100_000;

/** What a package turned out to be. */
export type Reading =
  | {
      readonly kind: 'verified';
      readonly m: M;
      readonly message: Message;
      readonly signatureDigest: Sha256;
      readonly signer: Sha256;
      /** Why it cannot be judged yet; null where the verdict is good. */
      readonly hold: ErrorCode | null;
      /** The container, finished: commit or abort. */
      readonly blob: BlobWriter;
      /** Of the container. */
      readonly size: Bytes;
    }
  | { readonly kind: 'rejected'; readonly code: ErrorCode; readonly detail: ErrorParams };

/**
 * Whether a package is addressed to a key of this vault, from its header alone.
 *
 * @throws AppError where the header is not one
 */
export async function isForThisVault(context: OfficeContext, source: ByteSource): Promise<boolean> {
  const ids = (await readEnvelopedHeader(source)).recipients.flatMap(recipientIdsOf);
  const keys = readingKeys(context);
  return keys.some(({ certificate }) => ids.some((id) => matchesCertificate(id, certificate)));
}

/** Whether a package is sealed for a vault of an office in the directory too: senders seal for their own vaults, so that one from a counterpart always is. */
export async function namesCounterpart(context: OfficeContext, source: ByteSource): Promise<boolean> {
  const { read } = context.vault;
  const ids = (await readEnvelopedHeader(source)).recipients.flatMap(recipientIdsOf);
  const counterparts = listOffices(read, {}, MOST_OFFICES).items.filter(({ own }) => !own);
  const isNamed = (der: Base64Der): boolean => ids.some((id) => matchesCertificate(id, toCertificate(context, der)));
  return counterparts.some(({ id }) =>
    listConfirmedCards(read, id).some(({ vaults }) => vaults.some((vault) => isNamed(vault.encryptionCertificate))),
  );
}

/** Opens a package into the vault and verifies all of it. @throws AppError of this machine (disk, files), never of the package */
export async function readArrival(context: OfficeContext, source: ByteSource, signal?: AbortSignal): Promise<Reading> {
  const blob = await createBlob(context.vault, source.size);
  let kept = false;
  try {
    const keys = readingKeys(context);
    const opened = await openPackage({
      source,
      keys,
      target: blob,
      accept: 'exchange',
      ...(signal === undefined ? {} : { signal }),
    });
    if (opened === null) throw new AppError('PACKAGE_NOT_FOR_ME');
    const reading = await judge(context, opened, blob);
    await opened.container.close();
    kept = reading.kind === 'verified';
    return reading;
  } catch (error) {
    if (!isAppError(error) || ERROR_KINDS[error.code] === 'environment') throw error;
    return { kind: 'rejected', code: error.code, detail: error.params };
  } finally {
    if (!kept) await blob.abort();
  }
}

async function judge(context: OfficeContext, opened: OpenedPackage, blob: BlobWriter): Promise<Reading> {
  const db = context.vault.read;
  // Whose anchors count depends on who says to have sent it: read first, believed later.
  const peeked = await readProfile(opened.container, opened.scan, newFindings());
  const provenAt = peeked === null ? null : findProof(db, peeked.m);
  const verdict = await verifyContainer({
    container: opened.container,
    opened,
    knownRecipients: peeked === null ? [] : listKnownRecipients(context, db, peeked.message),
    trust: trustFor(context, db, peeked?.message.sender.office ?? null, provenAt ?? context.now()),
    at: provenAt ?? context.now(),
    binding: senderBinding(db, provenAt),
    accept: 'profile',
  });
  return toReading(verdict, blob, opened.container.size);
}

/** Only an own proof of an earlier existence moves the trust time: the first receipt that this vault recorded or signed (protocol.md 4). */
export function findProof(db: ReadableDb, m: M): Date | null {
  const own = getOwnVault(db).vault;
  const times: (Instant | undefined)[] = [
    findMessage(db, m)?.firstReceivedAt,
    ...listReceipts(db, m)
      .filter(({ vault, kind }) => vault === own && kind !== 'opened')
      .map(({ receivedAt }) => receivedAt),
  ];
  const [first] = times.filter((time) => time !== undefined).sort();
  return first === undefined ? null : new Date(first);
}

function listKnownRecipients(context: OfficeContext, db: ReadableDb, { recipients }: Message): Certificate[] {
  const offices = new Set(recipients.map(({ office }) => office).filter((office) => office !== null));
  return [...offices].flatMap((office) =>
    listConfirmedCards(db, office).flatMap(({ vaults }) =>
      vaults.map(({ encryptionCertificate }) => toCertificate(context, encryptionCertificate)),
    ),
  );
}

function toReading(verdict: ContainerVerdict, blob: BlobWriter, size: Bytes): Reading {
  const { indication, code, m, message, signatureDigest, signer } = verdict;
  const hold = canBeJudgedLater(verdict) ? 'VERDICT_INDETERMINATE' : null;
  const usable = indication === 'TOTAL_PASSED' || hold !== null;
  if (usable && m !== null && message !== null && signatureDigest !== null && signer !== null) {
    return { kind: 'verified', m, message, signatureDigest, signer: signer.sha256, hold, blob, size };
  }
  return { kind: 'rejected', code: rejectionCode(verdict) ?? code ?? 'SIGNATURE_INVALID', detail: faultsOf(verdict) };
}

/** All is well but that nobody could say whether the certificate is revoked. */
export function canBeJudgedLater({ indication, code, report }: ContainerVerdict): boolean {
  if (indication !== 'INDETERMINATE' || code !== 'VERDICT_INDETERMINATE') return false;
  return report.checks.every(({ id, ok }) => ok !== false || id === 'signer-trusted' || id === 'revocation');
}

/** Who is bound by no card is told so first: whether the certificate has a path hardly matters then. */
function rejectionCode({ indication, report }: ContainerVerdict): ErrorCode | null {
  const bound = report.checks.find(({ id }) => id === 'sender-bound');
  if (indication !== 'INDETERMINATE' || bound?.ok !== false) return null;
  return bound.detail === 'KEY_NOT_FOR_ACT' ? 'KEY_NOT_FOR_ACT' : 'SENDER_NOT_BOUND';
}

function faultsOf({ report }: ContainerVerdict): ErrorParams {
  const faults = report.checks.filter(({ ok }) => ok === false).slice(0, 8);
  return Object.fromEntries(faults.map(({ id, detail }) => [id, detail.slice(0, 200)]));
}
