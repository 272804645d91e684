import { AppError } from '../../shared/errors.ts';
import type { OfficeId, Sha256 } from '../../shared/model/brand.ts';
import { cardFingerprint } from '../exchange/card-trust.ts';
import type { ByteSink } from '../files/bytes.ts';
import { copyBytes } from '../files/copy-bytes.ts';
import { openBlob } from '../vault/blobs/blob-store.ts';
import { findCurrentCard } from '../vault/repositories/cards.ts';
import type { OfficeContext } from './context.ts';
import { getOwnVault } from './office/own-vault.ts';

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
    await copyBytes(container, sink);
  } finally {
    await container.close();
  }
  return cardFingerprint(row.body);
}
