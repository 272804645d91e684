import { createHash } from 'node:crypto';
import type { Instant, M, OfficeId, PersonId, Sha256 } from '../../../shared/model/brand.ts';
import type { OfficeCard } from '../../../shared/model/office-card.ts';
import type { ReadableDb, WritableDb } from '../db/handle.ts';

/** A person of an office's current card. */
export interface PersonRow {
  readonly office: OfficeId;
  readonly id: PersonId;
  readonly name: string;
  /** SHA-256 of the signing certificate. */
  readonly certificate: Sha256;
  readonly acts: readonly string[];
  readonly notBefore: Instant;
  readonly notAfter: Instant;
  readonly card: M;
}

type RawPerson = Omit<PersonRow, 'acts'> & { acts: string };

const toPerson = (raw: RawPerson): PersonRow => ({ ...raw, acts: JSON.parse(raw.acts) as string[] });

/** Makes the persons of `card` those of its office. */
export function replacePersons(db: WritableDb, m: M, card: OfficeCard): void {
  db.run('DELETE FROM persons WHERE office = ?', [card.office.id]);
  for (const person of card.persons) {
    db.runOne(
      `INSERT INTO persons (office, id, name, certificate, acts, not_before, not_after, card)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        card.office.id,
        person.id,
        person.name,
        createHash('sha256').update(Buffer.from(person.certificate, 'base64')).digest('hex'),
        JSON.stringify(person.acts),
        person.notBefore,
        person.notAfter,
        m,
      ],
    );
  }
}

export function findPerson(db: ReadableDb, office: OfficeId, id: PersonId): PersonRow | null {
  const raw = db.get<RawPerson>('SELECT * FROM persons WHERE office = ? AND id = ?', [office, id]);
  return raw === null ? null : toPerson(raw);
}

export function listPersons(db: ReadableDb, office: OfficeId): PersonRow[] {
  return db.all<RawPerson>('SELECT * FROM persons WHERE office = ? ORDER BY name, id', [office]).map(toPerson);
}

/** The persons, of whatever office, whose current card names this signing certificate. */
export function listPersonsByCertificate(db: ReadableDb, certificate: Sha256): PersonRow[] {
  return db
    .all<RawPerson>('SELECT * FROM persons WHERE certificate = ? ORDER BY office, id', [certificate])
    .map(toPerson);
}
