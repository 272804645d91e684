import type { Json } from '../../../shared/model/i-json.ts';
import type { Message } from '../../../shared/model/message.ts';

/** The words of a message by which it is found, in NFC; parts are separated by line feeds. */
export interface MessageText {
  readonly subject: string;
  readonly form: string;
  readonly documents: string;
  readonly parties: string;
}

/** Characters of one field that are searchable: a hostile form of a megabyte must not swell the index by four. */
const MAX_FIELD = 64 * 1024;

export function toMessageText(message: Message, subject: string, parties: readonly string[]): MessageText {
  return {
    subject: toField([subject]),
    form: toField(message.kind === 'act' ? stringsOf(message.form) : []),
    documents: toField(message.documents.map(({ name }) => name)),
    parties: toField(parties),
  };
}

function toField(parts: readonly string[]): string {
  return parts.join('\n').slice(0, MAX_FIELD).toWellFormed().normalize('NFC');
}

function stringsOf(value: Json): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return [String(value)];
  if (value === null || typeof value === 'boolean') return [];
  return Object.values(value).flatMap(stringsOf);
}
