import { type Message, matterOf } from '../../../shared/model/message.ts';
import type { ReadableDb, WritableDb } from '../db/handle.ts';
import { findMatter } from '../repositories/matters.ts';
import { findOffice } from '../repositories/offices.ts';
import { findPerson } from '../repositories/persons.ts';
import { toGrams } from './grams.ts';
import { toMessageText } from './message-text.ts';

/** Stands between fields: a token of its own, so that no phrase reaches from one field into the next. */
const FIELD_BREAK = ' \u00a6 ';

/** Makes a stored message searchable by its matter's title, its form, its documents' names and its parties' names as known now. */
export function indexMessage(db: WritableDb, serial: number, message: Message): void {
  const text = toMessageText(message, titleOf(db, message), partiesOf(db, message));
  db.runOne(
    'INSERT INTO search_texts (serial, subject, form, documents, parties) VALUES (@serial, @subject, @form, @documents, @parties)',
    { serial, ...text },
  );
  const grams = [text.subject, text.form, text.documents, text.parties].map(toGrams).join(FIELD_BREAK);
  db.runOne('INSERT INTO search_grams (rowid, grams) VALUES (?, ?)', [serial, grams]);
}

function titleOf(db: ReadableDb, message: Message): string {
  const matter = matterOf(message);
  return matter === null ? '' : (findMatter(db, matter)?.title ?? '');
}

function partiesOf(db: ReadableDb, message: Message): string[] {
  const { office, person } = message.sender;
  const offices = new Set([office, ...message.recipients.map((recipient) => recipient.office)]);
  const names = [...offices].map((id) => (id === null ? null : (findOffice(db, id)?.name ?? null)));
  const sender = office === null || person === null ? null : (findPerson(db, office, person)?.name ?? null);
  return [...names, sender].filter((name) => name !== null);
}
