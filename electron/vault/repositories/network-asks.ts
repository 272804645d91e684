import type { ErrorCode } from '../../../shared/errors.ts';
import type { Instant } from '../../../shared/model/brand.ts';
import type { ReadableDb, WritableDb } from '../db/handle.ts';

/** When an address was last asked for revocation data or a timestamp, and what became of it. */
export interface NetworkAskRow {
  readonly url: string;
  readonly askedAt: Instant;
  /** Null: it answered as it should. */
  readonly code: ErrorCode | null;
}

export function putNetworkAsk(db: WritableDb, { url, askedAt, code }: NetworkAskRow): void {
  db.runOne(
    `INSERT INTO network_asks (url, asked_at, code) VALUES (?, ?, ?)
     ON CONFLICT (url) DO UPDATE SET asked_at = excluded.asked_at, code = excluded.code`,
    [url, askedAt, code],
  );
}

export function findNetworkAsk(db: ReadableDb, url: string): NetworkAskRow | null {
  return db.get<NetworkAskRow>('SELECT * FROM network_asks WHERE url = ?', [url]);
}

export function listNetworkAsks(db: ReadableDb): NetworkAskRow[] {
  return db.all<NetworkAskRow>('SELECT * FROM network_asks ORDER BY url');
}
