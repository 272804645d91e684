import type { Instant, OfficeId } from '../../../shared/model/brand.ts';
import type { Json } from '../../../shared/model/i-json.ts';
import type { CardRoute } from '../../../shared/model/office-card.ts';
import type { ReadableDb, WritableDb } from '../db/handle.ts';

/** A route that this office configured itself: where mailboxes are, and how to reach them. */
export interface ChannelRow {
  readonly id: string;
  readonly kind: CardRoute['kind'];
  readonly config: Json;
  readonly addedAt: Instant;
}

type RawChannel = Omit<ChannelRow, 'config'> & { config: string };

const toChannel = (raw: RawChannel): ChannelRow => ({ ...raw, config: JSON.parse(raw.config) as Json });

/** Adds a channel or replaces its configuration. */
export function putChannel(db: WritableDb, { id, kind, config, addedAt }: ChannelRow): void {
  db.runOne(
    `INSERT INTO channels (id, kind, config, added_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, config = excluded.config`,
    [id, kind, JSON.stringify(config), addedAt],
  );
}

export function findChannel(db: ReadableDb, id: string): ChannelRow | null {
  const raw = db.get<RawChannel>('SELECT * FROM channels WHERE id = ?', [id]);
  return raw === null ? null : toChannel(raw);
}

export function listChannels(db: ReadableDb): ChannelRow[] {
  return db.all<RawChannel>('SELECT * FROM channels ORDER BY added_at, id').map(toChannel);
}

/** Offices that are reached by a channel. */
export function listOfficesOfChannel(db: ReadableDb, channel: string): OfficeId[] {
  return db
    .all<{ office: OfficeId }>('SELECT office FROM office_channels WHERE channel = ? ORDER BY office', [channel])
    .map(({ office }) => office);
}

/** Takes a channel and its assignments away. */
export function removeChannel(db: WritableDb, id: string): void {
  db.run('DELETE FROM office_channels WHERE channel = ?', [id]);
  db.runOne('DELETE FROM channels WHERE id = ?', [id]);
}

/** The office is reached by these channels and no others, the first before the others. */
export function setOfficeChannels(db: WritableDb, office: OfficeId, channels: readonly string[]): void {
  db.run('DELETE FROM office_channels WHERE office = ?', [office]);
  for (const [priority, channel] of channels.entries())
    db.runOne('INSERT INTO office_channels (office, channel, priority) VALUES (?, ?, ?)', [office, channel, priority]);
}

/** The channels of an office in the order in which they are tried. */
export function listOfficeChannels(db: ReadableDb, office: OfficeId): ChannelRow[] {
  return db
    .all<RawChannel>(
      `SELECT c.* FROM office_channels o JOIN channels c ON c.id = o.channel WHERE o.office = ? ORDER BY o.priority, c.added_at, c.id`,
      [office],
    )
    .map(toChannel);
}
