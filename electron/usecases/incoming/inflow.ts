import { z } from 'zod';
import { LIMITS } from '../../../shared/limits.ts';
import type { Bytes, MatterId, Milliseconds, OfficeId } from '../../../shared/model/brand.ts';
import { count } from '../../../shared/model/schemas.ts';
import type { ReadableDb, WritableDb } from '../../vault/db/handle.ts';
import { sumWordsOf } from '../../vault/repositories/messages.ts';
import { findMeta, putMeta } from '../../vault/repositories/meta.ts';
import { getOwnVault } from '../office/own-vault.ts';
import { findRoom } from '../office/quota.ts';

const WINDOW: Milliseconds = 24 * 3600_000;

const inflow = z.strictObject({ since: z.number(), bytes: count });

/**
 * Whether one office may bring more today (protocol.md 5, quotas per relation). What it signs and what counts goes through here, however small: packages of
 * 64 KiB without end fill a disk as well, and each of them costs rows, a receipt and its posting. Its room is what it may announce, twice a day.
 */
export function hasInflow(db: ReadableDb, office: OfficeId | null, now: Date): boolean {
  if (office === null || office === getOwnVault(db).office.id) return true;
  return readInflow(db, office, now).bytes < 2 * findRoom(db, office);
}

/**
 * Whether one office may say more in one matter. The matter is folded from all that was said in it whenever something of it comes: some hundred acts with the
 * fullest forms, void or not, would take the memory of the whole program, and with it every other matter.
 */
export function hasWords(db: ReadableDb, office: OfficeId | null, matter: MatterId | null): boolean {
  if (office === null || matter === null || office === getOwnVault(db).office.id) return true;
  const share = findRoom(db, office) / LIMITS.offeredPerOffice;
  return sumWordsOf(db, office, matter) < LIMITS.wordsPerMatter * share;
}

/** Notes what was stored of an office. */
export function noteInflow(db: WritableDb, office: OfficeId | null, size: Bytes, now: Date): void {
  if (office === null || office === getOwnVault(db).office.id) return;
  const { since, bytes } = readInflow(db, office, now);
  putMeta(db, keyOf(office), JSON.stringify({ since, bytes: bytes + Math.max(size, LIMITS.leastInflow) }));
}

function readInflow(db: ReadableDb, office: OfficeId, now: Date): z.infer<typeof inflow> {
  const stored = findMeta(db, keyOf(office));
  const known = stored === null ? null : inflow.parse(JSON.parse(stored));
  const age = known === null ? WINDOW : now.getTime() - known.since;
  // A clock that was set back must not keep an office out until it is reached again
  return known === null || age >= WINDOW || age < 0 ? { since: now.getTime(), bytes: 0 } : known;
}

const keyOf = (office: OfficeId): string => `exchange.inflow.${office}`;
