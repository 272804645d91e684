import type { MatterId } from '../../../shared/model/brand.ts';
import type { ReadableDb } from '../db/handle.ts';
import { type Page, toPage } from '../db/page.ts';
import { type MessageRow, type RawMessage, toMessage } from '../repositories/messages.ts';
import type { MessageText } from './message-text.ts';
import { toMatchExpression } from './query.ts';

export interface SearchHit {
  readonly message: MessageRow;
  /** What was searched; `findHighlights` and `toSnippet` show where. */
  readonly text: MessageText;
}

type RawHit = RawMessage & MessageText;

/**
 * Messages that contain every term of `query`, the last stored first; nothing where it has no term. Terms of one Chinese character work too.
 *
 * @param after serial of the last hit seen
 */
export function searchMessages(
  db: ReadableDb,
  query: string,
  filter: { readonly matter?: MatterId },
  limit: number,
  after: number | null = null,
): Page<SearchHit, number> {
  const expression = toMatchExpression(query);
  if (expression === null) return { items: [], next: null };
  const byMatter = filter.matter === undefined ? '' : 'AND m.matter = @matter';
  const rows = db.all<RawHit>(
    `SELECT m.*, t.subject, t.form, t.documents, t.parties
     FROM search_grams g JOIN messages m ON m.serial = g.rowid JOIN search_texts t ON t.serial = g.rowid
     WHERE g.grams MATCH @expression AND g.rowid < @after ${byMatter} ORDER BY g.rowid DESC LIMIT @limit`,
    {
      expression,
      after: after ?? Number.MAX_SAFE_INTEGER,
      ...(filter.matter === undefined ? {} : { matter: filter.matter }),
      limit: limit + 1,
    },
  );
  return toPage(rows.map(toHit), limit, ({ message }) => message.serial);
}

function toHit({ subject, form, documents, parties, ...raw }: RawHit): SearchHit {
  return { message: toMessage(raw), text: { subject, form, documents, parties } };
}
