import { AppError } from '../../shared/errors.ts';
import type { OfficeId, Sha256 } from '../../shared/model/brand.ts';
import { cardFingerprint } from '../exchange/card-trust.ts';
import { type ByteSink, readRange } from '../files/bytes.ts';
import { openBlob } from '../vault/blobs/blob-store.ts';
import { findCurrentCard } from '../vault/repositories/cards.ts';
import type { OfficeContext } from './context.ts';
import { getOwnVault } from './office/own-vault.ts';

const CHUNK = 1024 * 1024;

/**
 * Writes the confirmed card of an office, this vault's own by default, as the signed container that it came in: a plain ASiC-E file.
 *
 * @returns the fingerprint to be compared out of band
 * @throws AppError OFFICE_UNKNOWN
 */
export async function exportCard(
  { vault }: OfficeContext,
  sink: ByteSink,
  office: OfficeId = getOwnVault(vault.read).office.id,
): Promise<Sha256> {
  const row = findCurrentCard(vault.read, office);
  if (row === null || row.blob === null) throw new AppError('OFFICE_UNKNOWN', { office });
  const container = await openBlob(vault, row.blob);
  try {
    for (let position = 0; position < container.size; position += CHUNK) {
      await sink.write(await readRange(container, position, CHUNK));
    }
  } finally {
    await container.close();
  }
  return cardFingerprint(row.body);
}
