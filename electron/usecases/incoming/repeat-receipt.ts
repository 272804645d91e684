import { z } from 'zod';
import type { M } from '../../../shared/model/brand.ts';
import type { ActMessage, EnclosureMessage } from '../../../shared/model/message.ts';
import { count } from '../../../shared/model/schemas.ts';
import { delayAfter, REPEATING } from '../../exchange/backoff.ts';
import type { WritableDb } from '../../vault/db/handle.ts';
import { findMeta, putMeta } from '../../vault/repositories/meta.ts';
import { findCurrentReceipt } from '../../vault/repositories/receipts.ts';
import { getVaultState } from '../../vault/vault-state.ts';
import { getOwnVault } from '../office/own-vault.ts';
import { oweResending } from '../outgoing/resend-duty.ts';

const repeats = z.strictObject({ count, nextAt: z.number() });

/**
 * "Already received": the stored receipt goes to the author once more. Each time later than the time before, so that a mailbox that repeats a
 * package for ever, or two offices that repeat each other, move less and less.
 */
export function repeatReceipt(db: WritableDb, m: M, message: ActMessage | EnclosureMessage, now: Date): void {
  const own = getOwnVault(db);
  const { office, vault } = message.author;
  if (office === null || vault === null || office === own.office.id || getVaultState(db).state !== 'active') return;
  const receipt = findCurrentReceipt(db, own.vault, 'delivered', m) ?? findCurrentReceipt(db, own.vault, 'refused', m);
  if (receipt === null || receipt.blob === null) return;
  const key = `exchange.repeat.${m}`;
  const stored = findMeta(db, key);
  const before = stored === null ? { count: 0, nextAt: 0 } : repeats.parse(JSON.parse(stored));
  if (now.getTime() < before.nextAt) return;
  const times = before.count + 1;
  putMeta(db, key, JSON.stringify({ count: times, nextAt: now.getTime() + delayAfter(times, REPEATING) }));
  oweResending(db, receipt.m, { office, vault }, now);
}
