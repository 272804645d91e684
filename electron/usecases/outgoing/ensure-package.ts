import { AppError, hasCode } from '../../../shared/errors.ts';
import type { M } from '../../../shared/model/brand.ts';
import type { Recipient } from '../../../shared/model/message.ts';
import type { BlobId } from '../../vault/blobs/blob-id.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import { findMessage } from '../../vault/repositories/messages.ts';
import { listOutboxOf } from '../../vault/repositories/outbox.ts';
import { findPackageOf, insertPackage, removePackage } from '../../vault/repositories/packages.ts';
import { findReceipt } from '../../vault/repositories/receipts.ts';
import { openTransportFile } from '../../vault/transport/transport-files.ts';
import type { OfficeContext } from '../context.ts';
import { getRecipientCertificates } from '../office/directory.ts';
import { instantOf } from '../uuid-v7.ts';
import { oweOffer } from './owe-offer.ts';
import { resealFile } from './seal-file.ts';

/** The container of a message or receipt, and whom it was sealed for. */
export function findStored(
  db: ReadableDb,
  m: M,
): { readonly blob: BlobId; readonly recipients: readonly Recipient[] } | null {
  const row = findMessage(db, m) ?? findReceipt(db, m);
  return row === null || row.blob === null ? null : { blob: row.blob, recipients: row.body.recipients };
}

/**
 * The sealed package of a message in `outgoing/`. A backup carries none: it is sealed again around the same container, for the same recipients.
 *
 * @returns its name there
 * @throws AppError INTERNAL where the container is gone too
 */
export async function ensurePackage(context: OfficeContext, m: M): Promise<string> {
  const { vault, now } = context;
  const known = findPackageOf(vault.read, m);
  if (known !== null && (await isThere(context, known.file))) return known.file;
  const stored = findStored(vault.read, m);
  if (stored === null) throw new AppError('INTERNAL', { reason: 'nothing to post' });
  const recipients = getRecipientCertificates(context, vault.read, stored.recipients);
  const { name, digest, size } = await resealFile(context, stored.blob, recipients);
  vault.write((db) => {
    if (known !== null) removePackage(db, known.digest);
    insertPackage(db, { digest, size, m, file: name, createdAt: instantOf(now()) });
    const waiting = listOutboxOf(db, m).filter(({ state }) => state === 'queued' || state === 'frozen');
    oweOffer(
      db,
      m,
      { digest, size },
      waiting.map(({ office }) => office),
      now(),
    );
  });
  return name;
}

async function isThere({ vault }: OfficeContext, file: string): Promise<boolean> {
  try {
    await (await openTransportFile(vault, 'outgoing', file)).close();
    return true;
  } catch (error) {
    if (hasCode(error, 'FILE_NOT_FOUND')) return false;
    throw error;
  }
}
