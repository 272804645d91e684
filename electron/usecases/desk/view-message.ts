import type { TimelineMessage } from '../../../shared/ipc/channels/matter.ts';
import type { DocumentView, OfficeDelivery } from '../../../shared/ipc/parts.ts';
import type { Instant, M } from '../../../shared/model/brand.ts';
import { type OfficeDelivery as Delivered, type DeliveryColour, worstColour } from '../../exchange/delivery.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import { listDocuments, listEnclosures } from '../../vault/repositories/message-links.ts';
import { findMessage, type MessageRow } from '../../vault/repositories/messages.ts';
import { listOutboxOf } from '../../vault/repositories/outbox.ts';
import { listProofs } from '../../vault/repositories/proofs.ts';
import { listReceipts } from '../../vault/repositories/receipts.ts';
import { listWatchesOf } from '../../vault/repositories/watches.ts';
import { deliveryOf } from '../matters/delivery-of.ts';
import { getOwnVault } from '../office/own-vault.ts';
import { nameOffice, namePerson } from './names.ts';

/** What the procedure made of a message. */
export interface CountedAs {
  readonly pos: number | null;
  readonly actId: string | null;
  readonly voidReason: string | null;
}

const UNCOUNTED: CountedAs = { pos: null, actId: null, voidReason: null };

/** One act or enclosure as the window shows it. */
export function viewMessage(db: ReadableDb, row: MessageRow, counted: CountedAs = UNCOUNTED): TimelineMessage {
  const delivery = viewDelivery(db, row);
  const own = row.direction === 'out';
  const office = row.senderOffice ?? row.authorOffice;
  return {
    kind: 'message',
    m: row.m,
    messageKind: row.kind,
    act: row.act,
    actId: counted.actId,
    form: row.body.kind === 'act' ? { ...row.body.form } : {},
    sender: nameOffice(db, office ?? getOwnVault(db).office.id),
    person: namePerson(db, row.senderOffice, row.senderPerson),
    own,
    pos: counted.pos,
    status: row.status,
    code: row.code,
    voidCode: row.voidCode,
    voidReason: counted.voidReason,
    createdAt: row.createdAt,
    storedAt: row.firstReceivedAt,
    provenAt: provenAt(db, row.m),
    delivery,
    colour: colourOf(deliveryOf(db, row)),
    openedAt: own ? null : openedHere(db, row.m),
    documents: viewDocuments(db, row.m),
    enclosures: viewEnclosures(db, row.m),
    filesGone: row.blob === null,
  };
}

function viewDelivery(db: ReadableDb, row: MessageRow): OfficeDelivery[] {
  const copies = listOutboxOf(db, row.m);
  const late = listWatchesOf(db, row.m).filter(({ stage }) => stage === 'overdue');
  return deliveryOf(db, row).map(({ office, status, colour, at, code, openedAt }) => {
    const own = copies.filter((copy) => copy.office === office);
    return {
      office: nameOffice(db, office),
      status,
      colour,
      postedAt: own.map((copy) => copy.postedAt).find((posted) => posted !== null) ?? null,
      at,
      code,
      openedAt,
      attempts: Math.max(0, ...own.map(({ attempts }) => attempts)),
      lastError: own.map(({ lastError }) => lastError).find((error) => error !== null) ?? null,
      overdue: late.some((watch) => watch.office === office),
    };
  });
}

/** The earliest timestamp that is kept for it. */
function provenAt(db: ReadableDb, m: M): Instant | null {
  const times = listProofs(db, m).flatMap(({ kind, genTime }) => (kind === 'signature' ? [genTime] : []));
  return times.sort()[0] ?? null;
}

function openedHere(db: ReadableDb, m: M): Instant | null {
  const own = getOwnVault(db).office.id;
  return listReceipts(db, m).find(({ kind, office }) => kind === 'opened' && office === own)?.receivedAt ?? null;
}

export function viewDocuments(db: ReadableDb, m: M): DocumentView[] {
  return listDocuments(db, m).map(({ idx, name, kind, mediaType, size, sha256 }) => ({
    index: idx,
    name,
    kind,
    mediaType,
    size,
    sha256,
  }));
}

function viewEnclosures(db: ReadableDb, m: M): TimelineMessage['enclosures'] {
  const groups = Map.groupBy(listEnclosures(db, m), ({ enclosure }) => enclosure);
  return [...groups].map(([enclosure, rows]) => ({
    m: enclosure,
    offices: rows.map(({ office }) => nameOffice(db, office)),
    held: findMessage(db, enclosure) !== null,
  }));
}

function colourOf(delivery: readonly Delivered[]): DeliveryColour | null {
  return delivery.length === 0 ? null : worstColour(delivery);
}
