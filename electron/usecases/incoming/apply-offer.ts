import type { OfferMessage } from '../../../shared/model/message.ts';
import type { WritableDb } from '../../vault/db/handle.ts';
import { insertOffer, sumOffered } from '../../vault/repositories/offers.ts';
import { getOwnVault } from '../office/own-vault.ts';
import { findQuota } from '../office/quota.ts';
import type { Candidate, Outcome } from './candidate.ts';

/** Notes what a counterpart will post, as far as its room goes. What does not fit is not kept: whoever still wants to send it posts it again later. */
export function applyOffer(db: WritableDb, { m, receivedAt }: Candidate, { author, offer }: OfferMessage): Outcome {
  const { office, vault } = author;
  if (office === null || vault === null || vault === getOwnVault(db).vault) return { kind: 'duplicate' };
  if (sumOffered(db, office) + offer.size > findQuota(db, office)) return { kind: 'refused', code: 'QUOTA_EXCEEDED' };
  return { kind: insertOffer(db, { m, office, ...offer, receivedAt }) ? 'accepted' : 'duplicate' };
}
