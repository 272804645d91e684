import type { M, MatterId, OfficeId } from '../../../shared/model/brand.ts';
import type { MessageDocument } from '../../../shared/model/message.ts';
import type { ReadableDb } from '../db/handle.ts';

/** How messages hang together: parents, heads, enclosures, documents. */

export interface DocumentRow extends MessageDocument {
  readonly m: M;
  readonly idx: number;
}

const listM = (db: ReadableDb, sql: string, value: string): M[] => db.all<{ m: M }>(sql, [value]).map(({ m }) => m);

export function listParents(db: ReadableDb, m: M): M[] {
  return listM(db, 'SELECT parent AS m FROM parents WHERE m = ? ORDER BY parent', m);
}

/** The stored messages that name `parent`, in the order of storing. */
export function listChildren(db: ReadableDb, parent: M): M[] {
  return listM(
    db,
    'SELECT p.m FROM parents p JOIN messages c ON c.m = p.m WHERE p.parent = ? ORDER BY c.serial',
    parent,
  );
}

/** The accepted acts of a matter that no accepted act names as parent or as its author's previous one, oldest first. */
export function listHeads(db: ReadableDb, matter: MatterId): M[] {
  return listM(
    db,
    `SELECT h.m FROM messages h WHERE h.matter = ? AND h.kind = 'act' AND h.status = 'accepted'
       AND NOT EXISTS (SELECT 1 FROM messages c WHERE c.prev = h.m AND c.status = 'accepted')
       AND NOT EXISTS (SELECT 1 FROM parents p JOIN messages c ON c.m = p.m WHERE p.parent = h.m AND c.status = 'accepted')
     ORDER BY h.serial`,
    matter,
  );
}

/** Parents and previous acts that messages of a matter name and this vault does not hold. */
export function listMissingParents(db: ReadableDb, matter: MatterId): M[] {
  return db
    .all<{ m: M }>(
      `SELECT p.parent AS m FROM messages c JOIN parents p ON p.m = c.m
         WHERE c.matter = @matter AND NOT EXISTS (SELECT 1 FROM messages x WHERE x.m = p.parent)
       UNION
       SELECT c.prev FROM messages c
         WHERE c.matter = @matter AND c.prev IS NOT NULL AND NOT EXISTS (SELECT 1 FROM messages x WHERE x.m = c.prev)
       ORDER BY 1`,
      { matter },
    )
    .map(({ m }) => m);
}

export interface EnclosureRow {
  readonly enclosure: M;
  /** An office that was given it. */
  readonly office: OfficeId;
}

/** Enclosures that an act cites, one row for each office that was given one. */
export function listEnclosures(db: ReadableDb, m: M): EnclosureRow[] {
  return db.all<EnclosureRow>('SELECT enclosure, office FROM enclosures WHERE m = ? ORDER BY enclosure, office', [m]);
}

/** The acts that cite an enclosure. */
export function listCitingActs(db: ReadableDb, enclosure: M): M[] {
  return listM(db, 'SELECT DISTINCT m FROM enclosures WHERE enclosure = ? ORDER BY m', enclosure);
}

/** Enclosures that acts of a matter cite as given to `office` and this vault does not hold. */
export function listMissingEnclosures(db: ReadableDb, matter: MatterId, office: OfficeId): M[] {
  return db
    .all<{ m: M }>(
      `SELECT DISTINCT e.enclosure AS m FROM messages c JOIN enclosures e ON e.m = c.m
       WHERE c.matter = ? AND e.office = ? AND NOT EXISTS (SELECT 1 FROM messages x WHERE x.m = e.enclosure) ORDER BY 1`,
      [matter, office],
    )
    .map(({ m }) => m);
}

export function listDocuments(db: ReadableDb, m: M): DocumentRow[] {
  return db.all<DocumentRow>('SELECT * FROM documents WHERE m = ? ORDER BY idx', [m]);
}
