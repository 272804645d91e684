import { AppError } from '../../shared/errors.ts';
import type { M, OfficeId } from '../../shared/model/brand.ts';
import { isCompared, judgeCard } from '../exchange/card-trust.ts';
import { newFindings } from '../packages/verify/checks.ts';
import { readProfile } from '../packages/verify/read-profile.ts';
import { openBlob } from '../vault/blobs/blob-store.ts';
import { appendAudit } from '../vault/repositories/audit.ts';
import {
  type CardRow,
  findCurrentCard,
  listCurrentCards,
  listPendingCards,
  refuseCard as markRefused,
} from '../vault/repositories/cards.ts';
import type { OfficeContext } from './context.ts';
import { findRival, putCardInForce } from './office/store-card.ts';
import { instantOf } from './uuid-v7.ts';

export interface ConfirmCard {
  readonly office: OfficeId;
  /** As read to us out of band. Needed where no key that is trusted already vouches for the card. */
  readonly fingerprint?: string;
  /** Who confirms. */
  readonly by: string;
  /** How it was compared, e.g. `phone`, `in-person`. */
  readonly how?: string;
}

/**
 * Puts the newest pending card of an office into force, or the one that has the fingerprint.
 *
 * @throws AppError CARD_NOT_PENDING, CARD_NEEDS_CONFIRMATION where the fingerprint is needed, FINGERPRINT_MISMATCH, CARD_NOT_NEWER,
 *   CARD_VAULT_CLAIMED where the confirmed card of another office lists the same device or mailbox
 */
export async function confirmPendingCard(context: OfficeContext, options: ConfirmCard): Promise<M> {
  const { vault, now, exclusively } = context;
  return exclusively(async () => {
    const pending = getPendingCard(context, options.office, options.fingerprint);
    const signer = await readSigner(context, pending);
    const current = findCurrentCard(vault.read, options.office)?.body ?? null;
    const fingerprint = options.fingerprint ?? null;
    const decision = judgeCard({ incoming: pending.body, signer, current, fingerprint, at: now() });
    if (decision.kind === 'refuse') throw new AppError(decision.code, { office: options.office });
    if (decision.kind === 'pending' && decision.comparison)
      throw new AppError('CARD_NEEDS_CONFIRMATION', { office: options.office });
    const other = findRival(pending.body, listCurrentCards(vault.read));
    if (other !== null) throw new AppError('CARD_VAULT_CLAIMED', { office: options.office, other });
    const how = options.how ?? (decision.kind === 'apply' ? decision.how : 'confirmed');
    vault.write((db) => putCardInForce(db, pending.m, pending.body, { at: instantOf(now()), by: options.by, how }));
    return pending.m;
  });
}

/** Whether confirming a pending card takes the fingerprint: no key that is trusted vouches for it. */
export async function needsComparison(context: OfficeContext, pending: CardRow): Promise<boolean> {
  const { vault, now } = context;
  const signer = await readSigner(context, pending);
  const current = findCurrentCard(vault.read, pending.office)?.body ?? null;
  const decision = judgeCard({ incoming: pending.body, signer, current, fingerprint: null, at: now() });
  return decision.kind === 'pending' && decision.comparison;
}

/** Turns the newest pending card of an office down; the confirmed one stays. @throws AppError CARD_NOT_PENDING */
export async function refusePendingCard(context: OfficeContext, office: OfficeId, by: string): Promise<M> {
  const { vault, now, exclusively } = context;
  return exclusively(async () => {
    const { m } = getPendingCard(context, office);
    vault.write((db) => {
      markRefused(db, m);
      appendAudit(db, { at: instantOf(now()), actor: by, action: 'card-refused', subject: m, detail: { office } });
    });
    return m;
  });
}

/** The newest; with a fingerprint the newest that has it, for anybody may bring one with a higher version and the same name. @throws AppError CARD_NOT_PENDING */
export function getPendingCard({ vault }: OfficeContext, office: OfficeId, fingerprint?: string): CardRow {
  const pending = listPendingCards(vault.read).filter((row) => row.office === office);
  const compared = pending.findLast(({ body }) => fingerprint !== undefined && isCompared(fingerprint, body));
  const newest = compared ?? pending.at(-1);
  if (newest === undefined) throw new AppError('CARD_NOT_PENDING', { office });
  return newest;
}

/** The signature was verified when the card came; who made it stands in the container. */
async function readSigner({ vault }: OfficeContext, { blob }: CardRow) {
  if (blob === null) throw new AppError('BLOB_MISSING');
  const container = await openBlob(vault, blob);
  try {
    const profile = await readProfile(container, null, newFindings());
    if (profile === null) throw new AppError('CONTAINER_MALFORMED');
    return profile.message.sender.certificate;
  } finally {
    await container.close();
  }
}
