import type { ErrorCode } from '../../../shared/errors.ts';
import type { M, MatterId } from '../../../shared/model/brand.ts';
import type { ActMessage } from '../../../shared/model/message.ts';
import { countMatter, type MatterCount } from '../../exchange/count-matter.ts';
import type { LeadConflict } from '../../exchange/order.ts';
import type { ReadableDb, WritableDb } from '../../vault/db/handle.ts';
import { insertAlarm } from '../../vault/repositories/alarms.ts';
import { appendAudit } from '../../vault/repositories/audit.ts';
import { putMatterClocks } from '../../vault/repositories/matter-clocks.ts';
import { findMatter, listUncountedMatters, type MatterRow, updateMatter } from '../../vault/repositories/matters.ts';
import { setMessageCounted } from '../../vault/repositories/messages.ts';
import { findMeta, putMeta } from '../../vault/repositories/meta.ts';
import type { Vault } from '../../vault/vault.ts';
import { instantOf } from '../uuid-v7.ts';
import { listActs, listClaims, type StoredAct } from './matter-acts.ts';

/** The state of a matter as the lead's receipts at hand make it. */
export function computeMatter(db: ReadableDb, matter: MatterRow, acts = listActs(db, matter.id)): MatterCount {
  const held = new Map<M, ActMessage>(
    acts.filter(({ row }) => row.status !== 'held').map(({ m, message }) => [m, message]),
  );
  return countMatter(matter, listClaims(db, matter.id), held);
}

/** Folds a matter anew and writes down what changed. Call it whenever an act or a position of it came. */
export function recountMatter(db: WritableDb, id: MatterId, now: Date): void {
  const matter = findMatter(db, id);
  if (matter === null) return;
  const acts = listActs(db, id);
  const count = computeMatter(db, matter, acts);
  markActs(db, acts, count);
  const { state, sides, countedPos, clocks } = count;
  const procedure = count.fold.procedure?.name ?? null;
  const changed = state !== matter.state || countedPos !== matter.countedPos || procedure !== matter.procedure;
  if (changed || sides.join() !== matter.sides.join()) {
    updateMatter(db, id, { state, sides, countedPos, ...(procedure === null ? {} : { procedure }) }, instantOf(now));
  }
  putMatterClocks(db, id, clocks);
  if (count.conflict !== null) raiseConflict(db, id, count.conflict, now);
}

/** Matters of one transaction: each folds all its messages, and whoever else waits has a turn after it. */
const BATCH = 20;

/**
 * Gives the matters of an older program their clocks. Call it when a vault was opened. A few at a time, so that whatever else the process has to do comes in
 * between; what was cut off goes on from there at the next opening.
 */
export async function recountOldMatters(vault: Vault, now: Date, batch = BATCH): Promise<void> {
  for (let old = listUncountedMatters(vault.read, '', batch); old.length > 0; ) {
    const some = old;
    vault.write((db) => {
      for (const id of some) recountMatter(db, id, now);
    });
    await new Promise(setImmediate);
    old = listUncountedMatters(vault.read, some.at(-1) ?? '', batch);
  }
}

function markActs(db: WritableDb, acts: readonly StoredAct[], { acts: counted }: MatterCount): void {
  const byM = new Map(counted.map((act) => [act.m, act]));
  for (const { m, row } of acts) {
    const act = byM.get(m);
    const voidCode: ErrorCode | null = act?.voidCode ?? null;
    const counts = act !== undefined && voidCode === null;
    if (row.counted !== counts || row.voidCode !== voidCode) setMessageCounted(db, m, counts, voidCode);
  }
}

/** Two words of the lead that cannot both be true: both receipts are kept, and a person is told once. */
function raiseConflict(db: WritableDb, matter: MatterId, { pos, messages, receipts }: LeadConflict, now: Date): void {
  const key = `exchange.conflict.${matter}`;
  if (findMeta(db, key) === String(pos)) return;
  putMeta(db, key, String(pos));
  const at = instantOf(now);
  const detail = { pos, messages: [...messages], receipts: [...receipts] };
  insertAlarm(db, { at, code: 'LEAD_EQUIVOCATION', matter, detail });
  appendAudit(db, { at, actor: 'vault', action: 'lead-equivocation-found', subject: matter, detail });
}
