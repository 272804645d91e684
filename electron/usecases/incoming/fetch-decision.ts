import { LIMITS } from '../../../shared/limits.ts';
import type { Bytes, Instant, Sha256 } from '../../../shared/model/brand.ts';
import { findBlobRow } from '../../vault/blobs/blob-rows.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import { sumUnannounced } from '../../vault/repositories/inbox.ts';
import { findMessage, type MessageRow } from '../../vault/repositories/messages.ts';
import { findOfferOf, listOffersOfSize, type OfferRow } from '../../vault/repositories/offers.ts';

/** What to do with a file in our mailbox that is too large to be fetched unasked. */
export type FetchDecision =
  | { readonly kind: 'fetch' }
  /** Every package that was announced at this size carries what is here already: its bytes need not come again. */
  | { readonly kind: 'known'; readonly offer: OfferRow }
  | { readonly kind: 'wait' };

/**
 * By the size alone, before the first byte: the digest is looked at when all have come. Whoever was sent the same package knows its size, and may announce it with
 * another digest, or as the repetition of something: for that nothing is taken away. What turns out to be announced by nobody yet has a room of its own.
 */
export function decideFetch(db: ReadableDb, size: Bytes): FetchDecision {
  if (size <= LIMITS.unoffered) return { kind: 'fetch' };
  const offers = listOffersOfSize(db, size);
  if (offers.some(({ message }) => isWanted(findMessage(db, message)))) {
    return sumUnannounced(db, LIMITS.unoffered) < LIMITS.unannounced ? { kind: 'fetch' } : { kind: 'wait' };
  }
  const repeated = offers.find(({ message }) => mayCarry(db, size, findMessage(db, message)));
  return repeated === undefined ? { kind: 'wait' } : { kind: 'known', offer: repeated };
}

const isWanted = (row: MessageRow | null): boolean => row === null || row.status === 'held' || row.blob === null;

/** Whether a package of this size can hold a container that is here: around it are a header and a trailer, nothing else. */
function mayCarry(db: ReadableDb, size: Bytes, row: MessageRow | null): boolean {
  const container = row?.blob == null ? null : findBlobRow(db, row.blob);
  if (container === null) return false;
  const around = size - container.size;
  return around > 0 && around <= LIMITS.header + LIMITS.trailer;
}

/** What was fetched for an offer of its size and is not what that announced waits: its own may be on its way still. The oldest goes where they fill half of their room. */
export function judgeFetched(
  db: ReadableDb,
  { size, digest, since }: { readonly size: Bytes; readonly digest: Sha256; readonly since: Instant },
  now: Date,
): 'use' | 'wait' | 'mismatch' {
  if (size <= LIMITS.unoffered) return 'use';
  const offer = findOfferOf(db, digest);
  if (offer !== null) return offer.usedAt === null && offer.size === size ? 'use' : 'mismatch';
  const isOld = now.getTime() - Date.parse(since) > LIMITS.offerKeep;
  return isOld || sumUnannounced(db, LIMITS.unoffered, since) > LIMITS.unannounced / 2 ? 'mismatch' : 'wait';
}
