import type { ReadableDb } from '../vault/db/handle.ts';
import type { MessageRow } from '../vault/repositories/messages.ts';
import type { CommandContext } from './context.ts';
import { formatInstant } from './format.ts';
import { messageText, officeText } from './names.ts';

/** A stored message as `--json` shows it in lists; `message show` adds the rest. */
export function messageJson(row: MessageRow): Record<string, unknown> {
  const { m, id, kind, matter, type, act, direction, status, code, counted, voidCode, createdAt, firstReceivedAt } =
    row;
  return {
    m,
    id,
    kind,
    matter,
    type,
    act,
    office: row.authorOffice,
    seq: row.seq,
    direction,
    status,
    code,
    counted,
    voidCode,
    createdAt,
    firstReceivedAt,
    documents: row.body.documents.length,
  };
}

/** `2026-11-24 08:00 UTC  申请阅卷  …`: when, what, from whom, and what became of it. */
export function messageLine(
  db: ReadableDb,
  row: MessageRow,
  extra: string,
  { language, t }: Pick<CommandContext, 'language' | 't'>,
): string {
  const { authorOffice, status, code, voidCode, m } = row;
  const outcome = voidCode ?? (status === 'accepted' ? null : (code ?? status));
  return [
    formatInstant(row.firstReceivedAt, language),
    messageText(db, row, t),
    officeText(db, authorOffice),
    outcome === null ? extra : `${t('cli.message.notCounted')} [${outcome}]`,
    m.slice(0, 16),
  ]
    .filter((part) => part !== '')
    .join('  ');
}
