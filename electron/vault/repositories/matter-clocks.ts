import type { MatterId } from '../../../shared/model/brand.ts';
import type { MatterClock } from '../../../shared/procedures/matter-clock.ts';
import type { ReadableDb, WritableDb } from '../db/handle.ts';
import { insertSql } from '../db/sql.ts';

/** The clocks of matters as last computed (shared/procedures): a table to ask, never a source. */

const INSERT = insertSql('matter_clocks', [
  'matter',
  'clock',
  'turn',
  'who',
  'rule',
  'state',
  'due',
  'provisional',
  'body',
]);

/** Writes a matter's clocks where they differ from those stored. */
export function putMatterClocks(db: WritableDb, matter: MatterId, clocks: readonly MatterClock[]): void {
  const stored = listMatterClocks(db, matter);
  if (JSON.stringify(sorted(clocks)) === JSON.stringify(stored)) return;
  db.run('DELETE FROM matter_clocks WHERE matter = ?', [matter]);
  for (const clock of clocks) {
    const { id, turn, who, rule, state, due, provisional } = clock;
    db.insert(INSERT, {
      matter,
      clock: id,
      turn,
      who,
      rule,
      state,
      due,
      provisional: provisional ? 1 : 0,
      body: JSON.stringify(clock),
    });
  }
}

const sorted = (clocks: readonly MatterClock[]): MatterClock[] =>
  clocks.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : a.turn - b.turn));

/** By id and turn. */
export function listMatterClocks(db: ReadableDb, matter: MatterId): MatterClock[] {
  return db
    .all<{ body: string }>('SELECT body FROM matter_clocks WHERE matter = ? ORDER BY clock, turn', [matter])
    .map(({ body }) => JSON.parse(body) as MatterClock);
}

export interface DueClock {
  readonly matter: MatterId;
  readonly clock: MatterClock;
}

/** Running clocks that end on or before a day (`YYYY-MM-DD`), the earliest first. */
export function listDueClocks(db: ReadableDb, until: string, limit: number): DueClock[] {
  return db
    .all<{ matter: MatterId; body: string }>(
      "SELECT matter, body FROM matter_clocks WHERE state = 'running' AND due < ? ORDER BY due, matter, clock LIMIT ?",
      [endOf(until), limit],
    )
    .map(({ matter, body }) => ({ matter, clock: JSON.parse(body) as MatterClock }));
}

/** Sorts after every moment of the day. */
export const endOf = (day: string): string => `${day}~`;
