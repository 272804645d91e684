import { z } from 'zod';
import type { MatterId, Milliseconds } from '../../../shared/model/brand.ts';
import { count } from '../../../shared/model/schemas.ts';
import { ASKING, delayAfter } from '../../exchange/backoff.ts';
import { chooseAsked } from '../../exchange/sync.ts';
import type { ReadableDb, WritableDb } from '../../vault/db/handle.ts';
import { findMatter } from '../../vault/repositories/matters.ts';
import { findMeta, putMeta } from '../../vault/repositories/meta.ts';
import { getVaultState } from '../../vault/vault-state.ts';
import { getOwnVault } from '../office/own-vault.ts';
import { describeHolding, oweSyncRequest } from '../outgoing/owe-sync-request.ts';
import { findGap, listAskable, listWitnesses } from './find-gap.ts';

/** Matters that lack something, and when they are asked after next. */
const ASKED = 'exchange.asking';
/** A place that has not come yet is asked after later than what is surely missing. */
const UNCERTAIN: Milliseconds = 3600_000;

const entry = z.strictObject({ attempts: count, nextAt: z.number() });
const entries = z.record(z.string(), entry);
type Entries = z.infer<typeof entries>;

function readEntries(db: ReadableDb): Entries {
  const stored = findMeta(db, ASKED);
  return stored === null ? {} : entries.parse(JSON.parse(stored));
}

/** Looks whether a matter lacks something. Call it whenever something of it came or was sent. */
export function noteGap(db: WritableDb, matter: MatterId, now: Date): void {
  const all = readEntries(db);
  const gap = findGap(db, matter);
  const known = all[matter];
  if (gap === null) {
    if (known === undefined) return;
    delete all[matter];
  } else {
    const nextAt = now.getTime() + (gap.certain ? ASKING.first : UNCERTAIN);
    // What is surely missing is not left to a date that was set for a guess.
    if (known !== undefined && (known.attempts > 0 || known.nextAt <= nextAt)) return;
    all[matter] = { attempts: known?.attempts ?? 0, nextAt };
  }
  putMeta(db, ASKED, JSON.stringify(all));
}

/**
 * Asks one vault for each matter that lacks something and is due: who named it first, then the lead, then the others in turn, each time later.
 *
 * @param force asks now whatever is surely missing
 * @returns how many requests are owed
 */
export function askMissing(db: WritableDb, now: Date, force: boolean): number {
  if (getVaultState(db).state !== 'active') return 0;
  const own = getOwnVault(db);
  const all = readEntries(db);
  let asked = 0;
  for (const [id, { attempts, nextAt }] of Object.entries(all)) {
    const matter = id as MatterId;
    const gap = findGap(db, matter);
    if (gap === null) delete all[id];
    if (gap === null || (nextAt > now.getTime() && !(force && gap.certain))) continue;
    const witnesses = { authors: listWitnesses(db, matter, gap), lead: findMatter(db, matter)?.lead ?? null };
    const to = chooseAsked(listAskable(db, matter), witnesses, attempts);
    all[id] = { attempts: attempts + 1, nextAt: now.getTime() + delayAfter(attempts + 1, ASKING) };
    if (to === null) continue;
    const question = { matters: [describeHolding(db, own, matter)], wanted: [...gap.wanted], complete: false };
    if (oweSyncRequest(db, to, question, now) !== null) asked++;
  }
  putMeta(db, ASKED, JSON.stringify(all));
  return asked;
}
