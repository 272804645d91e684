import { LIMITS } from '../../../shared/limits.ts';
import type { Bytes, M, OfficeId, Sha256 } from '../../../shared/model/brand.ts';
import type { OfferMessage } from '../../../shared/model/message.ts';
import type { WritableDb } from '../../vault/db/handle.ts';
import { listDestinationsOf } from '../office/directory.ts';
import { getOwnVault } from '../office/own-vault.ts';
import { unattendedEnvelope } from './owe-receipt.ts';
import { planCopies } from './queue-copies.ts';
import { oweSealing } from './seal-duty.ts';

/**
 * Announces a package that is too large to be fetched unasked, in the transaction that queues it; nothing for a smaller one. A package that is sealed
 * anew has another digest and needs an offer of its own.
 */
export function oweOffer(
  db: WritableDb,
  m: M,
  { size, digest }: { readonly size: Bytes; readonly digest: Sha256 },
  offices: readonly OfficeId[],
  now: Date,
): void {
  if (size <= LIMITS.unoffered) return;
  const own = getOwnVault(db);
  const destinations = listDestinationsOf(db, [...new Set([...offices, own.office.id])]);
  const { documents: _, ...draft }: OfferMessage = {
    ...unattendedEnvelope(db, own, destinations, now),
    kind: 'offer',
    offer: { message: m, size, digest },
  };
  oweSealing(db, draft, planCopies(destinations, own.vault), now);
}
