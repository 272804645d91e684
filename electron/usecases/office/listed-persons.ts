import { z } from 'zod';
import type { Base64Der } from '../../../shared/model/brand.ts';
import { type CardPerson, cardPerson } from '../../../shared/model/office-card.ts';
import { base64Der } from '../../../shared/model/schemas.ts';
import type { ReadableDb, WritableDb } from '../../vault/db/handle.ts';
import { findMeta, putMeta } from '../../vault/repositories/meta.ts';

/** Persons whose keys were brought in and who wait for the next card to list them. */
const CANDIDATES = 'exchange.candidates';

const candidate = z.strictObject({ person: cardPerson, chain: z.array(base64Der) });
export interface PersonCandidate {
  readonly person: CardPerson;
  /** Certificates between the person's and its anchor. */
  readonly chain: readonly Base64Der[];
}

export function listCandidates(db: ReadableDb): PersonCandidate[] {
  const stored = findMeta(db, CANDIDATES);
  return stored === null ? [] : z.array(candidate).parse(JSON.parse(stored));
}

/** Adds a person, or replaces what was brought in for the same person before. */
export function putCandidate(db: WritableDb, entry: PersonCandidate): void {
  const others = listCandidates(db).filter(({ person }) => person.id !== entry.person.id);
  putMeta(db, CANDIDATES, JSON.stringify([...others, entry]));
}

export function clearCandidates(db: WritableDb): void {
  putMeta(db, CANDIDATES, '[]');
}
