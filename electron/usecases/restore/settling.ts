import { z } from 'zod';
import type { M } from '../../../shared/model/brand.ts';
import type { SyncRequestMessage } from '../../../shared/model/message.ts';
import { syncMatter } from '../../../shared/model/message.ts';
import { officeId, sha256, vaultId } from '../../../shared/model/schemas.ts';
import { pastOfHeads } from '../../exchange/heads.ts';
import type { Asker } from '../../exchange/sync.ts';
import type { ReadableDb, WritableDb } from '../../vault/db/handle.ts';
import { appendAudit } from '../../vault/repositories/audit.ts';
import { findMatter, listMatters } from '../../vault/repositories/matters.ts';
import { findMessage, listUnreceipted } from '../../vault/repositories/messages.ts';
import { findMeta, putMeta, removeMeta } from '../../vault/repositories/meta.ts';
import { listFrozenOutbox, markOutboxPosted } from '../../vault/repositories/outbox.ts';
import { endRestored, getVaultState } from '../../vault/vault-state.ts';
import { oweDelivery } from '../incoming/apply-message.ts';
import { listAppliedActs, toLink } from '../matters/matter-acts.ts';
import { settleMatter } from '../matters/settle-matter.ts';
import { getOwnVault } from '../office/own-vault.ts';
import { instantOf } from '../uuid-v7.ts';

/**
 * A restored vault asks every other vault for its past and says nothing until all have answered and all that they hold is here: what it once said
 * may have been lost, and to say it again in other words would be equivocation (protocol.md 6).
 */
const SETTLING = 'exchange.settling';

const settling = z.strictObject({
  awaiting: z.array(z.strictObject({ office: officeId, vault: vaultId, request: sha256 })),
  /** What the others hold: until it is here the past is not whole. */
  statements: z.array(z.strictObject({ office: officeId, vault: vaultId, matters: z.array(syncMatter) })),
});
export type Settling = z.infer<typeof settling>;

export function findSettling(db: ReadableDb): Settling | null {
  const stored = findMeta(db, SETTLING);
  return stored === null ? null : settling.parse(JSON.parse(stored));
}

export function putSettling(db: WritableDb, value: Settling): void {
  putMeta(db, SETTLING, JSON.stringify(value));
}

/** A question that was drafted anew is answered under its new name. */
export function renameRequest(db: WritableDb, before: M, m: M): void {
  const known = findSettling(db);
  if (known === null) return;
  const awaiting = known.awaiting.map((one) => (one.request === before ? { ...one, request: m } : one));
  putSettling(db, { ...known, awaiting });
}

/** A statement that answers one of our requests. */
export function noteStatement(db: WritableDb, from: Asker, statement: SyncRequestMessage, now: Date): void {
  const known = findSettling(db);
  const isAnswer = known?.awaiting.some(({ vault, request }) => vault === from.vault && request === statement.answers);
  if (known === null || isAnswer !== true) return;
  putSettling(db, {
    awaiting: known.awaiting.filter(({ vault }) => vault !== from.vault),
    statements: [...known.statements, { ...from, matters: statement.matters }],
  });
  markHeldByOthers(db, from, statement, now);
}

/** What another vault says it holds was posted to it, whatever our older records say. */
function markHeldByOthers(db: WritableDb, from: Asker, { matters }: SyncRequestMessage, now: Date): void {
  const frozen = listFrozenOutbox(db).filter(({ vault }) => vault === from.vault);
  for (const { matter, heads } of frozen.length === 0 ? [] : matters) {
    const past = pastOfHeads(listAppliedActs(db, matter).map(toLink), heads);
    for (const { id, m } of frozen) if (past.has(m)) markOutboxPosted(db, id, instantOf(now));
  }
}

/** Whether everything that the others said they hold has come. */
export function isSettled(db: ReadableDb, { awaiting, statements }: Settling): boolean {
  return (
    awaiting.length === 0 &&
    statements.every(({ matters }) =>
      matters.every(
        ({ matter, heads, pos }) =>
          heads.every((m) => findMessage(db, m) !== null) && (findMatter(db, matter)?.countedPos ?? 0) >= pos,
      ),
    )
  );
}

/**
 * Lets the vault speak again: it gives the receipts and places that it held back, in the order in which the messages came.
 *
 * @param by a person who goes on without the answers that are missing, or `vault`
 */
export function settle(db: WritableDb, by: string, now: Date): void {
  if (getVaultState(db).state === 'active') return;
  const missing = findSettling(db)?.awaiting.length ?? 0;
  endRestored(db);
  removeMeta(db, SETTLING);
  for (const { id } of listMatters(db, {}, Number.MAX_SAFE_INTEGER - 1).items) settleMatter(db, id, now);
  const own = getOwnVault(db);
  for (const { m, body, signatureDigest, firstReceivedAt } of listUnreceipted(db, own.office.id, own.vault)) {
    if (body.kind !== 'act' && body.kind !== 'enclosure') continue;
    oweDelivery(db, { m, signatureDigest, receivedAt: firstReceivedAt }, body, now);
  }
  appendAudit(db, { at: instantOf(now), actor: by, action: 'vault-settled', subject: null, detail: { missing } });
}
