import { createI18n, type Language } from '../../../shared/i18n/create-i18n.ts';
import type { MatterFilter } from '../../../shared/ipc/channels/matter.ts';
import type { MatterId } from '../../../shared/model/brand.ts';
import type { ByteSink } from '../../files/bytes.ts';
import type { OfficeContext } from '../context.ts';
import { CSV_BOM, csvLine } from '../csv.ts';
import { type AuditWords, readAuditWords } from './audit-words.ts';
import { type FindMatters, findMatters } from './find-matters.ts';
import { noteExport } from './note-export.ts';
import { viewAudit } from './view-audit.ts';

const PAGE = 200;

export interface ExportMatters {
  readonly filter: MatterFilter;
  readonly sort: FindMatters['sort'];
  /** Only these of what the filter finds. */
  readonly only: readonly MatterId[] | null;
  readonly language: Language;
  readonly by: string;
}

/** Writes matters as a spreadsheet reads them, and says so in the log. @returns how many */
export async function exportMatters(
  context: OfficeContext,
  sink: ByteSink,
  { filter, sort, only, language, by }: ExportMatters,
): Promise<number> {
  const { t } = createI18n(language);
  const chosen = only === null ? null : new Set(only);
  const heads = ['id', 'type', 'title', 'counterpart', 'state', 'due', 'openedAt', 'updatedAt'] as const;
  await write(sink, CSV_BOM + csvLine(heads.map((head) => t(`desk.csv.${head}`))));
  let rows = 0;
  for (let after: FindMatters['after'] = null; ; ) {
    const { items, next } = findMatters(context, { filter, sort, limit: PAGE, after });
    const wanted = items.filter(({ id }) => chosen === null || chosen.has(id));
    const lines = wanted.map(({ id, type, title, counterpart, state, clock, openedAt, updatedAt }) =>
      csvLine([id, type, title, counterpart.name, state, clock?.due ?? '', openedAt, updatedAt]),
    );
    await write(sink, lines.join(''));
    rows += wanted.length;
    if (next === null) break;
    after = next;
    await new Promise(setImmediate);
  }
  noteExport(context, by, 'matters-exported', rows);
  return rows;
}

/** Writes the log. @returns how many rows */
export async function exportAudit(
  context: OfficeContext,
  sink: ByteSink,
  words: AuditWords,
  language: Language,
  by: string,
): Promise<number> {
  const { t } = createI18n(language);
  const filter = readAuditWords(context.vault.read, words);
  const heads = ['seq', 'at', 'actor', 'action', 'subject', 'detail', 'hash'] as const;
  await write(sink, CSV_BOM + csvLine(heads.map((head) => t(`desk.csv.${head}`))));
  let rows = 0;
  for (let after: number | null = null; ; ) {
    const { items, next } = viewAudit(context, filter, PAGE, after);
    const lines = items.map(({ seq, at, actor, action, subject, detail, hash }) =>
      csvLine([seq, at, actor, action, subject, JSON.stringify(detail), hash]),
    );
    await write(sink, lines.join(''));
    rows += items.length;
    if (next === null) break;
    after = next;
    await new Promise(setImmediate);
  }
  noteExport(context, by, 'audit-exported', rows);
  return rows;
}

function write(sink: ByteSink, text: string): Promise<void> {
  return sink.write(Buffer.from(text, 'utf8'));
}
