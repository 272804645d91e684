import type { MatterId } from '../../../shared/model/brand.ts';
import { assignPositions } from '../../exchange/assign-positions.ts';
import type { WritableDb } from '../../vault/db/handle.ts';
import { findCurrentCard } from '../../vault/repositories/cards.ts';
import { findMatter } from '../../vault/repositories/matters.ts';
import { findMessage } from '../../vault/repositories/messages.ts';
import { getVaultState } from '../../vault/vault-state.ts';
import { isRegistrar } from '../office/directory.ts';
import { getOwnVault } from '../office/own-vault.ts';
import { oweReceipt } from '../outgoing/owe-receipt.ts';
import { isWithheld, listActs, listClaims } from './matter-acts.ts';

/**
 * Where this vault is the registrar of the matter's lead: gives every act that is ready its place, in the transaction that made it ready. A vault
 * that may have lost its past gives none: it could give the same place twice.
 */
export function registerActs(db: WritableDb, id: MatterId, now: Date): void {
  const matter = findMatter(db, id);
  const own = getOwnVault(db);
  if (matter?.lead !== own.office.id || getVaultState(db).state !== 'active') return;
  const card = findCurrentCard(db, own.office.id);
  if (card === null || !isRegistrar(card.body, own.vault)) return;
  const acts = listActs(db, id).filter(({ row }) => row.status === 'accepted' && !isWithheld(db, row));
  const holds = (m: Parameters<typeof findMessage>[1]): boolean => findMessage(db, m)?.status === 'accepted';
  for (const { m, pos, posPrev } of assignPositions({ lead: matter.lead, claims: listClaims(db, id), acts, holds })) {
    const act = acts.find((one) => one.m === m);
    if (act === undefined) continue;
    const { signatureDigest, firstReceivedAt } = act.row;
    const position = { pos, posPrev };
    oweReceipt(db, { m, message: act.message, signatureDigest, kind: 'delivered', at: firstReceivedAt, position }, now);
  }
}
