import type { MessageRow } from '../vault/repositories/messages.ts';
import type { CommandContext } from './context.ts';
import { formatInstant } from './format.ts';

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

/** `2026-11-24 08:00 UTC  submit  …`: when, what, from whom, and what became of it. */
export function messageLine(row: MessageRow, extra: string, { language, t }: CommandContext): string {
  const { act, kind, authorOffice, status, code, voidCode, m } = row;
  const outcome = voidCode ?? (status === 'accepted' ? null : (code ?? status));
  return [
    formatInstant(row.firstReceivedAt, language),
    act ?? kind,
    authorOffice ?? '-',
    outcome === null ? extra : `${t('cli.message.notCounted')} [${outcome}]`,
    m.slice(0, 16),
  ]
    .filter((part) => part !== '')
    .join('  ');
}
