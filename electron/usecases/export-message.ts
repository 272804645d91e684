import { AppError } from '../../shared/errors.ts';
import type { Bytes, M } from '../../shared/model/brand.ts';
import type { ByteSink } from '../files/bytes.ts';
import { writeAugmented } from '../packages/augment-container.ts';
import { readSignature } from '../packages/verify/read-signature.ts';
import { scanContainer } from '../packages/zip/scan-container.ts';
import { openBlob } from '../vault/blobs/blob-store.ts';
import { appendAudit } from '../vault/repositories/audit.ts';
import { listProofs, listProofValues } from '../vault/repositories/proofs.ts';
import type { OfficeContext } from './context.ts';
import { findStored } from './outgoing/ensure-package.ts';
import { archiveMessage } from './trust/archive-message.ts';
import { newNetworkRun } from './trust/ask-network.ts';
import { gatherValues } from './trust/gather-values.ts';
import { readStored } from './trust/read-stored.ts';
import { assembleProofs } from './trust/stored-proofs.ts';
import { instantOf } from './uuid-v7.ts';

/**
 * Baseline levels of EN 319 122-1: `B` the container as it is stored, `T` with its timestamps, `LT` with certificates and revocation data too, `LTA` under an archive
 * timestamp.
 */
export const EXPORT_LEVELS = ['B', 'T', 'LT', 'LTA'] as const;
export type ExportLevel = (typeof EXPORT_LEVELS)[number];

export interface ExportMessage {
  readonly m: M;
  readonly level: ExportLevel;
  readonly sink: ByteSink;
  readonly by: string;
  readonly signal?: AbortSignal;
}

/**
 * Writes a copy of a message's container, documents included, with what proves it: a file that any validator of ETSI signatures reads. The stored container stays as it is. For `LTA`
 * a TSA is asked where no archive timestamp is there yet; otherwise nothing is fetched.
 *
 * @returns the size of the copy
 * @throws AppError MESSAGE_UNKNOWN, PROOF_MISSING with what is missing, BLOB_TAMPERED
 */
export async function exportMessage(context: OfficeContext, request: ExportMessage): Promise<Bytes> {
  const { m, level, by, signal } = request;
  const { vault, now } = context;
  if (findStored(vault.read, m) === null) throw new AppError('MESSAGE_UNKNOWN', { m });
  if (level !== 'B') requireStamped(context, m);
  if (level === 'LT' || level === 'LTA') requireValues(context, m);
  if (level === 'LTA' && !listProofs(vault.read, m).some(({ kind }) => kind === 'archive')) {
    const run = newNetworkRun(signal);
    const outcome = await archiveMessage(context, m, run);
    if (outcome !== 'archived') throw new AppError('PROOF_MISSING', { missing: 'archive-timestamp', reason: outcome });
    const archived = await readStored(context, m);
    if (archived !== null) await gatherValues(context, m, archived, run, true);
  }
  const size = await write(context, request);
  vault.write((db) => {
    appendAudit(db, { at: instantOf(now()), actor: by, action: 'message-exported', subject: m, detail: { level } });
  });
  return size;
}

function requireStamped({ vault }: OfficeContext, m: M): void {
  if (listProofs(vault.read, m).some(({ kind }) => kind === 'signature')) return;
  throw new AppError('PROOF_MISSING', { missing: 'signature-timestamp' });
}

function requireValues({ vault }: OfficeContext, m: M): void {
  if (listProofValues(vault.read, m).length === 0) throw new AppError('PROOF_MISSING', { missing: 'revocation-data' });
}

async function write({ vault }: OfficeContext, { m, level, sink, signal }: ExportMessage): Promise<Bytes> {
  const stored = findStored(vault.read, m);
  if (stored === null) throw new AppError('MESSAGE_UNKNOWN', { m });
  const container = await openBlob(vault, stored.blob);
  try {
    const signature = await readSignature(container);
    const proofs = listProofs(vault.read, m);
    const assembled =
      level === 'B'
        ? { signature: signature.der, archives: [] }
        : assembleProofs(signature, proofs, listProofValues(vault.read, m), level);
    const scan = await scanContainer(container);
    return await writeAugmented({ container, scan, ...assembled, sink, ...(signal === undefined ? {} : { signal }) });
  } finally {
    await container.close();
  }
}
