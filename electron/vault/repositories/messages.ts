import type { ErrorCode } from '../../../shared/errors.ts';
import type {
  Bytes,
  Instant,
  M,
  MatterId,
  MessageId,
  OfficeId,
  PersonId,
  Sha256,
  VaultId,
} from '../../../shared/model/brand.ts';
import { type Author, type Message, matterOf } from '../../../shared/model/message.ts';
import type { Act, MessageKind, ProcedureType } from '../../../shared/model/vocabulary.ts';
import type { BlobId } from '../blobs/blob-id.ts';
import type { ReadableDb, WritableDb } from '../db/handle.ts';
import { type Page, toPage } from '../db/page.ts';
import { insertSql } from '../db/sql.ts';
import { indexMessage } from '../search/index-message.ts';

/** Rows that are read at once. */
const HELD_PAGE = 200;

export type MessageStatus = 'accepted' | 'refused' | 'held';
export type Direction = 'in' | 'out';

export interface MessageRow {
  /** Order of storing in this vault: the key of lists and of search, of no meaning elsewhere. */
  readonly serial: number;
  readonly m: M;
  readonly id: MessageId;
  readonly kind: MessageKind;
  readonly matter: MatterId | null;
  readonly type: ProcedureType | null;
  readonly act: Act | null;
  readonly authorOffice: OfficeId | null;
  readonly authorVault: VaultId | null;
  readonly authorEpoch: number;
  readonly seq: number | null;
  readonly prev: M | null;
  readonly senderOffice: OfficeId | null;
  readonly senderPerson: PersonId | null;
  readonly senderCertificate: Sha256;
  readonly createdAt: Instant;
  readonly signatureDigest: Sha256;
  readonly body: Message;
  /** The container; null once it was deleted. */
  readonly blob: BlobId | null;
  readonly direction: Direction;
  readonly firstReceivedAt: Instant;
  readonly status: MessageStatus;
  readonly code: ErrorCode | null;
  /** Whether it has a place in the lead's order and the procedure let it count. */
  readonly counted: boolean;
  /** Why it is void for everyone, where the procedure forbids it at its position. */
  readonly voidCode: ErrorCode | null;
}

export interface NewMessage {
  readonly m: M;
  readonly message: Message;
  readonly signatureDigest: Sha256;
  readonly blob: BlobId;
  readonly direction: Direction;
  readonly firstReceivedAt: Instant;
  readonly status: MessageStatus;
  readonly code: ErrorCode | null;
}

export interface MessageFilter {
  readonly matter?: MatterId;
  readonly direction?: Direction;
  readonly status?: MessageStatus;
}

export type RawMessage = Omit<MessageRow, 'body' | 'counted'> & { body: string; counted: number };

const INSERT = insertSql('messages', [
  'm',
  'id',
  'kind',
  'matter',
  'type',
  'act',
  'authorOffice',
  'authorVault',
  'authorEpoch',
  'seq',
  'prev',
  'senderOffice',
  'senderPerson',
  'senderCertificate',
  'createdAt',
  'signatureDigest',
  'body',
  'blob',
  'direction',
  'firstReceivedAt',
  'status',
  'code',
]);

/** The row of a message as stored; body parsed. */
export function toMessage(raw: RawMessage): MessageRow {
  return { ...raw, body: JSON.parse(raw.body) as Message, counted: raw.counted === 1 };
}

/** Stores a message with its parents, enclosures and documents, and makes it searchable. */
export function insertMessage(db: WritableDb, entry: NewMessage): void {
  const { m, message } = entry;
  const act = message.kind === 'act' ? message : null;
  const serial = db.insert(INSERT, {
    m,
    id: message.id,
    kind: message.kind,
    matter: matterOf(message),
    type: act?.type ?? null,
    act: act?.act ?? null,
    authorOffice: message.author.office,
    authorVault: message.author.vault,
    authorEpoch: message.author.epoch,
    seq: act?.seq ?? null,
    prev: act?.prev ?? null,
    senderOffice: message.sender.office,
    senderPerson: message.sender.person,
    senderCertificate: message.sender.certificate,
    createdAt: message.createdAt,
    signatureDigest: entry.signatureDigest,
    body: JSON.stringify(message),
    blob: entry.blob,
    direction: entry.direction,
    firstReceivedAt: entry.firstReceivedAt,
    status: entry.status,
    code: entry.code,
  });
  insertLinks(db, m, message);
  indexMessage(db, serial, message);
}

function insertLinks(db: WritableDb, m: M, message: Message): void {
  if (message.kind === 'act') {
    for (const parent of new Set(message.parents))
      db.runOne('INSERT INTO parents (m, parent) VALUES (?, ?)', [m, parent]);
    for (const { message: enclosure, offices } of message.enclosures) {
      for (const office of offices) {
        db.run('INSERT INTO enclosures (m, enclosure, office) VALUES (?, ?, ?) ON CONFLICT DO NOTHING', [
          m,
          enclosure,
          office,
        ]);
      }
    }
  }
  for (const [idx, { name, kind, mediaType, size, sha256 }] of message.documents.entries()) {
    db.runOne('INSERT INTO documents (m, idx, name, kind, media_type, size, sha256) VALUES (?, ?, ?, ?, ?, ?, ?)', [
      m,
      idx,
      name,
      kind,
      mediaType,
      size,
      sha256,
    ]);
  }
}

/** A held message becomes accepted or refused, a refused one accepted; an accepted one never changes. */
export function setMessageStatus(db: WritableDb, m: M, status: MessageStatus, code: ErrorCode | null): void {
  db.runOne('UPDATE messages SET status = ?, code = ? WHERE m = ?', [status, code, m]);
}

export function setMessageCounted(db: WritableDb, m: M, counted: boolean, voidCode: ErrorCode | null): void {
  db.runOne('UPDATE messages SET counted = ?, void_code = ? WHERE m = ?', [counted, voidCode, m]);
}

/** Lets go of the container, or takes it back after it came again. Another container is refused by the database. */
export function setMessageBlob(db: WritableDb, m: M, blob: BlobId | null): void {
  db.runOne('UPDATE messages SET blob = ? WHERE m = ?', [blob, m]);
}

export function findMessage(db: ReadableDb, m: M): MessageRow | null {
  const raw = db.get<RawMessage>('SELECT * FROM messages WHERE m = ?', [m]);
  return raw === null ? null : toMessage(raw);
}

/** Whose M begins with these hexadecimal digits. */
export function listMessagesBeginning(db: ReadableDb, prefix: string, limit: number): M[] {
  // 'g' follows the last digit, so that the index answers
  return db
    .all<{ m: M }>('SELECT m FROM messages WHERE m >= ? AND m < ? ORDER BY m LIMIT ?', [prefix, `${prefix}g`, limit])
    .map(({ m }) => m);
}

/** Every message that carries this id: more than one is equivocation. */
export function listMessagesById(db: ReadableDb, id: MessageId): MessageRow[] {
  return db.all<RawMessage>('SELECT * FROM messages WHERE id = ? ORDER BY serial', [id]).map(toMessage);
}

/** Every message at this place of an author's sequence, whatever its status. */
export function listMessagesAtSeq(db: ReadableDb, author: Author, matter: MatterId, seq: number): MessageRow[] {
  return db
    .all<RawMessage>(
      `SELECT * FROM messages WHERE author_office IS ? AND author_vault IS ? AND author_epoch = ? AND matter = ? AND seq = ?
       ORDER BY serial`,
      [author.office, author.vault, author.epoch, matter, seq],
    )
    .map(toMessage);
}

/** The author's last accepted message of a matter. */
export function findLastOfAuthor(db: ReadableDb, author: Author, matter: MatterId): MessageRow | null {
  const raw = db.get<RawMessage>(
    `SELECT * FROM messages WHERE author_office IS ? AND author_vault IS ? AND author_epoch = ? AND matter = ?
       AND status = 'accepted' AND seq IS NOT NULL ORDER BY seq DESC LIMIT 1`,
    [author.office, author.vault, author.epoch, matter],
  );
  return raw === null ? null : toMessage(raw);
}

/** Messages, the last stored first; `after` is a serial. */
export function listMessages(
  db: ReadableDb,
  filter: MessageFilter,
  limit: number,
  after: number | null = null,
): Page<MessageRow, number> {
  const byMatter = filter.matter === undefined ? '' : 'AND matter = @matter';
  const rows = db.all<RawMessage>(
    `SELECT * FROM messages WHERE serial < @after ${byMatter}
       AND (@direction IS NULL OR direction = @direction) AND (@status IS NULL OR status = @status)
     ORDER BY serial DESC LIMIT @limit`,
    {
      after: after ?? Number.MAX_SAFE_INTEGER,
      ...(filter.matter === undefined ? {} : { matter: filter.matter }),
      direction: filter.direction ?? null,
      status: filter.status ?? null,
      limit: limit + 1,
    },
  );
  return toPage(rows.map(toMessage), limit, ({ serial }) => serial);
}

/** Acts and enclosures of other offices, the last stored first; with `unopenedBy` those that the office has given no `opened` receipt for. */
export function listInbound(
  db: ReadableDb,
  { unopenedBy }: { readonly unopenedBy: OfficeId | null },
  limit: number,
  after: number | null = null,
): Page<MessageRow, number> {
  const unopened =
    unopenedBy === null
      ? ''
      : "AND x.status = 'accepted' AND NOT EXISTS (SELECT 1 FROM receipts r WHERE r.message = x.m AND r.kind = 'opened' AND r.office = @unopenedBy)";
  const rows = db.all<RawMessage>(
    `SELECT x.* FROM messages x INDEXED BY messages_in WHERE x.direction = 'in' AND x.kind IN ('act', 'enclosure') AND x.serial < @after ${unopened}
     ORDER BY x.serial DESC LIMIT @limit`,
    { after: after ?? Number.MAX_SAFE_INTEGER, ...(unopenedBy === null ? {} : { unopenedBy }), limit: limit + 1 },
  );
  return toPage(rows.map(toMessage), limit, ({ serial }) => serial);
}

/** All messages of a matter in the order of storing. */
export function listMessagesOfMatter(db: ReadableDb, matter: MatterId): MessageRow[] {
  return db.all<RawMessage>('SELECT * FROM messages WHERE matter = ? ORDER BY serial', [matter]).map(toMessage);
}

export function listHeldMessages(db: ReadableDb, matter: MatterId): MessageRow[] {
  return db
    .all<RawMessage>("SELECT * FROM messages WHERE matter = ? AND status = 'held' ORDER BY serial", [matter])
    .map(toMessage);
}

/** Accepted messages of other offices for which this vault has given no `delivered` receipt, oldest first. */
export function listUnreceipted(db: ReadableDb, office: OfficeId, vault: VaultId): MessageRow[] {
  return db
    .all<RawMessage>(
      `SELECT * FROM messages x WHERE x.status = 'accepted' AND x.kind IN ('act', 'enclosure') AND x.author_office IS NOT ?
         AND NOT EXISTS (SELECT 1 FROM receipts r WHERE r.message = x.m AND r.vault = ? AND r.kind = 'delivered')
       ORDER BY x.serial`,
      [office, vault],
    )
    .map(toMessage);
}

/** Messages held for one reason, oldest first; `after` is a serial. */
export function listHeldFor(db: ReadableDb, code: ErrorCode, limit: number, after = 0): MessageRow[] {
  return db
    .all<RawMessage>(
      "SELECT * FROM messages WHERE status = 'held' AND code = ? AND serial > ? ORDER BY serial LIMIT ?",
      [code, after, limit],
    )
    .map(toMessage);
}

/** All of them, a page at a time: those that stay held must not keep back those behind them. */
export function* eachHeldFor(db: ReadableDb, code: ErrorCode): Generator<MessageRow> {
  for (let after = 0; ; ) {
    const rows = listHeldFor(db, code, HELD_PAGE, after);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.serial;
  }
}

/** Bytes of containers held of one office, each counted for at least `least`. */
export function sumHeldOf(db: ReadableDb, office: OfficeId, least: Bytes): Bytes {
  const sums = db.get<{ bytes: number }>(
    `SELECT ifnull(sum(max(ifnull(b.size, 0), ?)), 0) AS bytes FROM messages x LEFT JOIN blobs b ON b.id = x.blob
     WHERE x.status = 'held' AND x.author_office = ?`,
    [least, office],
  );
  return sums?.bytes ?? 0;
}

/** Bytes of all that one office has said in a matter, receipts among it. */
export function sumWordsOf(db: ReadableDb, office: OfficeId, matter: MatterId): Bytes {
  const sums = db.get<{ bytes: number }>(
    `SELECT ifnull((SELECT sum(octet_length(body)) FROM messages WHERE matter = @matter AND author_office = @office), 0)
       + ifnull((SELECT sum(octet_length(r.body)) FROM receipts r JOIN messages x ON x.m = r.message
                 WHERE x.matter = @matter AND r.office = @office), 0) AS bytes`,
    { matter, office },
  );
  return sums?.bytes ?? 0;
}
