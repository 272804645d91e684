import { AppError } from '../../shared/errors.ts';
import type { Bytes, M } from '../../shared/model/brand.ts';
import type { ByteSink } from '../files/bytes.ts';
import { copyBytes } from '../files/copy-bytes.ts';
import { openBlob } from '../vault/blobs/blob-store.ts';
import { appendAudit } from '../vault/repositories/audit.ts';
import { findNonDelivery } from '../vault/repositories/non-deliveries.ts';
import type { OfficeContext } from './context.ts';
import { instantOf } from './uuid-v7.ts';

export interface ExportNonDelivery {
  /** Of the record. */
  readonly m: M;
  readonly sink: ByteSink;
  readonly by: string;
}

/**
 * Writes the container of a record of non-delivery, as it was signed.
 *
 * @throws AppError MESSAGE_UNKNOWN, BLOB_MISSING while it is not sealed yet, BLOB_TAMPERED
 */
export async function exportNonDelivery({ vault, now }: OfficeContext, request: ExportNonDelivery): Promise<Bytes> {
  const { m, sink, by } = request;
  const record = findNonDelivery(vault.read, m);
  if (record === null) throw new AppError('MESSAGE_UNKNOWN', { m });
  if (record.blob === null) throw new AppError('BLOB_MISSING', { m });
  const container = await openBlob(vault, record.blob);
  try {
    await copyBytes(container, sink);
  } finally {
    await container.close();
  }
  vault.write((db) => {
    const detail = { level: 'B', kind: 'non-delivery' };
    appendAudit(db, { at: instantOf(now()), actor: by, action: 'message-exported', subject: m, detail });
  });
  return container.size;
}
