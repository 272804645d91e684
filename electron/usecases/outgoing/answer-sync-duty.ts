import { z } from 'zod';
import type { M, MatterId, OfficeId } from '../../../shared/model/brand.ts';
import { sha256 } from '../../../shared/model/schemas.ts';
import { type Asker, type MatterStock, planSyncAnswer, type StockItem } from '../../exchange/sync.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import { type DutyRow, removeDuty } from '../../vault/repositories/duties.ts';
import { listMattersOf, listParticipants } from '../../vault/repositories/matters.ts';
import { findMessage, listMessagesOfMatter, type MessageRow } from '../../vault/repositories/messages.ts';
import { listReceiptsOfMatter, type ReceiptRow } from '../../vault/repositories/receipts.ts';
import type { OfficeContext } from '../context.ts';
import { isWithheld } from '../matters/matter-acts.ts';
import { oweStatement } from './owe-sync-request.ts';
import { oweResending } from './resend-duty.ts';

/** A verified vault has asked for what it lacks. */
export const ANSWER_SYNC = 'answer-sync';

const payload = z.strictObject({ request: sha256 });

/** Turns a request into packages to be sent again, and into a statement of what is held here where the asker has lost its past. */
export function doAnswering({ vault, now }: OfficeContext, duty: DutyRow): void {
  const { request: m } = payload.parse(duty.payload);
  const request = findMessage(vault.read, m)?.body;
  vault.write((db) => {
    removeDuty(db, duty.id);
    if (request?.kind !== 'sync-request') return;
    const { office, vault: asking } = request.author;
    if (office === null || asking === null) return;
    const asker: Asker = { office, vault: asking };
    const { packages, complete } = planSyncAnswer(request, asker, listStock(db, office));
    for (const wanted of packages) oweResending(db, wanted, asker, now());
    if (request.complete && complete) oweStatement(db, asker, m, now());
  });
}

/** What could be sent again to an office, in the order of storing. */
function listStock(db: ReadableDb, office: OfficeId): MatterStock[] {
  return listMattersOf(db, office).map(({ id }) => ({
    matter: id,
    participants: listParticipants(db, id),
    items: listItems(db, id),
  }));
}

function listItems(db: ReadableDb, matter: MatterId): StockItem[] {
  const messages = listMessagesOfMatter(db, matter)
    .filter(({ status, blob }) => status !== 'held' && blob !== null)
    .filter((row) => !isWithheld(db, row))
    .flatMap((row) => messageItem(row) ?? []);
  const receipts = listReceiptsOfMatter(db, matter)
    .filter(({ blob }) => blob !== null)
    .map(receiptItem);
  return [...messages, ...receipts];
}

function messageItem({ m, body, senderOffice }: MessageRow): StockItem | null {
  if (body.kind !== 'act' && body.kind !== 'enclosure') return null;
  const links = body.kind === 'act' ? { parents: body.parents, prev: body.prev } : { parents: [] as M[], prev: null };
  return { m, kind: body.kind, ...links, senderOffice, recipients: body.recipients, pos: null };
}

function receiptItem({ m, office, body, pos }: ReceiptRow): StockItem {
  return { m, kind: 'receipt', parents: [], prev: null, senderOffice: office, recipients: body.recipients, pos };
}
