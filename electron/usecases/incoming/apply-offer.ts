import type { OfficeId, Sha256 } from '../../../shared/model/brand.ts';
import type { OfferMessage } from '../../../shared/model/message.ts';
import type { WritableDb } from '../../vault/db/handle.ts';
import { findMessage } from '../../vault/repositories/messages.ts';
import { dropOffer, findOfferOf, insertOffer, sumOffered } from '../../vault/repositories/offers.ts';
import { getOwnVault } from '../office/own-vault.ts';
import { findQuota } from '../office/quota.ts';
import type { Candidate, Outcome } from './candidate.ts';

/** Notes what a counterpart will post, as far as its room goes. What does not fit is not kept: whoever still wants to send it posts it again later. */
export function applyOffer(db: WritableDb, { m, receivedAt }: Candidate, { author, offer }: OfferMessage): Outcome {
  const { office, vault } = author;
  if (office === null || vault === null || vault === getOwnVault(db).vault) return { kind: 'duplicate' };
  if (sumOffered(db, office) + offer.size > findQuota(db, office)) return { kind: 'refused', code: 'QUOTA_EXCEEDED' };
  dropSpentRival(db, office, offer.digest);
  return { kind: insertOffer(db, { m, office, ...offer, receivedAt }) ? 'accepted' : 'duplicate' };
}

/** One package has one offer. Who was sent it too could be the first to announce it, as something that is here: nothing would be fetched for that, nor the true offer taken. */
function dropSpentRival(db: WritableDb, office: OfficeId, digest: Sha256): void {
  const rival = findOfferOf(db, digest);
  if (rival === null || rival.office === office || rival.usedAt !== null) return;
  if (findMessage(db, rival.message) !== null) dropOffer(db, rival.m);
}
