import type { MatterId } from '../../../shared/model/brand.ts';
import type { ReadableDb } from '../db/handle.ts';
import type { MessageText } from './message-text.ts';
import { toMatchExpression } from './query.ts';

/** The newest message of a matter that contains what was searched for. */
export interface MatterHit {
  readonly serial: number;
  readonly text: MessageText;
}

/** Hits that are looked at, the newest first: a term that stands everywhere must not cost a walk over everything. */
const NEWEST = 2_000;

/** Matters with a message that contains every term of `query`; none where it has no term. */
export function findMattersByText(db: ReadableDb, query: string): ReadonlyMap<MatterId, MatterHit> {
  const expression = toMatchExpression(query);
  if (expression === null) return new Map();
  const rows = db.all<{ serial: number; matter: MatterId }>(
    `SELECT h.serial, m.matter FROM (SELECT rowid AS serial FROM search_grams WHERE grams MATCH ? ORDER BY rowid DESC LIMIT ?) h
     JOIN messages m ON m.serial = h.serial WHERE m.matter IS NOT NULL ORDER BY h.serial DESC`,
    [expression, NEWEST],
  );
  const newest = new Map<MatterId, number>();
  for (const { serial, matter } of rows) if (!newest.has(matter)) newest.set(matter, serial);
  return new Map([...newest].map(([matter, serial]) => [matter, lazyHit(db, serial)]));
}

/** The words are read for the rows of a page alone. */
function lazyHit(db: ReadableDb, serial: number): MatterHit {
  return {
    serial,
    get text() {
      const found = db.get<MessageText>('SELECT subject, form, documents, parties FROM search_texts WHERE serial = ?', [
        serial,
      ]);
      return found ?? { subject: '', form: '', documents: '', parties: '' };
    },
  };
}
