import type { ErrorCode } from '../../../shared/errors.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { Bytes, Sha256 } from '../../../shared/model/brand.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import { findMessage } from '../../vault/repositories/messages.ts';
import { findOfferOf, listOffersOfSize, type OfferRow } from '../../vault/repositories/offers.ts';

/** What to do with a file in our mailbox that is too large to be fetched unasked. */
export type FetchDecision =
  | { readonly kind: 'fetch' }
  /** Every package that was announced at this size carries what is here already: its bytes need not come again. */
  | { readonly kind: 'known'; readonly offer: OfferRow }
  | { readonly kind: 'wait' };

/** By the size alone, before the first byte: the digest is looked at when all have come. */
export function decideFetch(db: ReadableDb, size: Bytes): FetchDecision {
  if (size <= LIMITS.unoffered) return { kind: 'fetch' };
  const offers = listOffersOfSize(db, size);
  const [first] = offers;
  if (first === undefined) return { kind: 'wait' };
  const wanted = offers.some(({ message }) => (findMessage(db, message)?.status ?? 'held') === 'held');
  return wanted ? { kind: 'fetch' } : { kind: 'known', offer: first };
}

/** Whether what was fetched is what was announced; null where it is. */
export function judgeFetched(db: ReadableDb, size: Bytes, digest: Sha256): ErrorCode | null {
  if (size <= LIMITS.unoffered) return null;
  const offer = findOfferOf(db, digest);
  return offer !== null && offer.usedAt === null && offer.size === size ? null : 'OFFER_MISMATCH';
}
