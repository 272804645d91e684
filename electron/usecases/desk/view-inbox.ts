import { AppError } from '../../../shared/errors.ts';
import type { ResponseOf } from '../../../shared/ipc/contract.ts';
import type { M, MatterId } from '../../../shared/model/brand.ts';
import { findAct } from '../../../shared/procedures/act-of-form.ts';
import { listProcedures } from '../../../shared/procedures/find-procedure.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import { findDeskRow } from '../../vault/repositories/desk-list.ts';
import { findMatter } from '../../vault/repositories/matters.ts';
import { findMessage, listInbound, type MessageRow } from '../../vault/repositories/messages.ts';
import { listReceipts } from '../../vault/repositories/receipts.ts';
import { findHighlights, toSnippet } from '../../vault/search/highlight.ts';
import { searchMessages } from '../../vault/search/search-messages.ts';
import type { OfficeContext } from '../context.ts';
import { listRejected } from '../list-rejected.ts';
import { computeMatter } from '../matters/recount-matter.ts';
import { getOwnVault } from '../office/own-vault.ts';
import { nameOffice, namePerson } from './names.ts';
import { type CountedAs, viewMessage } from './view-message.ts';

export interface ListInbox {
  readonly query?: string | undefined;
  readonly unopened?: boolean | undefined;
  readonly limit: number;
  readonly after: number | null;
}

/** Acts and enclosures of other offices, the last stored first. */
export function listInbox(
  { vault }: OfficeContext,
  { query = '', unopened = false, limit, after }: ListInbox,
): ResponseOf<'inbox:list'> {
  const db = vault.read;
  const own = getOwnVault(db).office.id;
  const page =
    query.trim() === ''
      ? listInbound(db, { unopenedBy: unopened ? own : null }, limit, after)
      : searchInbound(db, query, limit, after);
  return {
    items: page.items.map((row) => {
      const { kind: _, form: __, enclosures: ___, ...message } = viewMessage(db, row);
      const { serial, matter, type } = row;
      return { ...message, ...actOf(db, row), serial, matter, type, title: titleOf(db, row) };
    }),
    next: page.next,
  };
}

function searchInbound(db: ReadableDb, query: string, limit: number, after: number | null) {
  const { items, next } = searchMessages(db, query, {}, limit, after);
  const rows = items
    .map(({ message }) => message)
    .filter(({ direction, kind }) => direction === 'in' && (kind === 'act' || kind === 'enclosure'));
  return { items: rows, next };
}

/** By its word and its form, also before the lead has counted it. */
function actOf(db: ReadableDb, { matter, type, act, body }: MessageRow): { subtype: string; actId: string | null } {
  const subtype = matter === null ? '' : (findDeskRow(db, matter)?.subtype ?? '');
  const procedure = type === null ? undefined : listProcedures(type).find((one) => one.subtype === subtype);
  if (procedure === undefined || act === null || body.kind !== 'act') return { subtype, actId: null };
  return { subtype, actId: findAct(procedure, act, body.form)?.id ?? null };
}

function titleOf(db: ReadableDb, { matter }: MessageRow): string {
  return matter === null ? '' : (findMatter(db, matter)?.title ?? '');
}

/** What was turned away, the newest first. */
export function viewRejected(
  context: OfficeContext,
  query: string,
  limit: number,
  after: number | null,
): ResponseOf<'inbox:rejected'> {
  const { items, next } = listRejected(context, query, limit, after);
  return {
    items: items.map(({ id, digest, size, code, detail, receivedAt, purgeAt }) => ({
      id,
      digest,
      size,
      code,
      detail: { ...detail },
      receivedAt,
      purgeAt,
    })),
    next,
  };
}

/** @throws AppError MESSAGE_UNKNOWN */
export function showMessageView({ vault }: OfficeContext, m: M): ResponseOf<'message:show'> {
  const db = vault.read;
  const row = findMessage(db, m);
  if (row === null || (row.kind !== 'act' && row.kind !== 'enclosure')) throw new AppError('MESSAGE_UNKNOWN', { m });
  const receipts = listReceipts(db, m).map((receipt) => ({
    m: receipt.m,
    kind: receipt.kind,
    office: nameOffice(db, receipt.office),
    pos: receipt.pos,
    receivedAt: receipt.receivedAt,
    storedAt: receipt.storedAt,
    code: receipt.code,
    person: namePerson(db, receipt.office, receipt.body.receipt.person),
    flags: [...receipt.flags],
    superseded: !receipt.current,
  }));
  return {
    message: viewMessage(db, row, countedAs(db, row.matter, m)),
    matter: row.matter,
    title: titleOf(db, row),
    receipts,
  };
}

function countedAs(db: ReadableDb, matter: MatterId | null, m: M): CountedAs | undefined {
  const known = matter === null ? null : findMatter(db, matter);
  const act = known === null ? undefined : computeMatter(db, known).acts.find((one) => one.m === m);
  return act === undefined ? undefined : { pos: act.pos, actId: act.id, voidReason: act.voidReason };
}

const SNIPPET = 80;

/** Full text over everything, with the places of the hits. */
export function findText(
  { vault }: OfficeContext,
  query: string,
  matter: MatterId | undefined,
  limit: number,
  after: number | null,
): ResponseOf<'search:find'> {
  const db = vault.read;
  const { items, next } = searchMessages(db, query, matter === undefined ? {} : { matter }, limit, after);
  return {
    items: items.map(({ message, text }) => {
      const field = (['form', 'documents', 'parties'] as const).find(
        (name) => findHighlights(text[name], query).length > 0,
      );
      const marked = (words: string, length: number) => {
        const { text: shown, ranges } = toSnippet(words, query, length);
        return { text: shown, ranges: ranges.map((range) => ({ ...range })) };
      };
      return {
        serial: message.serial,
        m: message.m,
        matter: message.matter,
        type: message.type,
        act: message.act,
        actId: null,
        kind: message.kind,
        title: marked(text.subject, text.subject.length),
        context: field === undefined ? null : { field, ...marked(text[field], SNIPPET) },
        sender: nameOffice(db, message.senderOffice ?? getOwnVault(db).office.id),
        storedAt: message.firstReceivedAt,
      };
    }),
    next,
  };
}
