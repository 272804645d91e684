import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { M, Milliseconds, OfficeId, VaultId } from '../../../shared/model/brand.ts';
import type { SyncRequestMessage } from '../../../shared/model/message.ts';
import { count, sha256 } from '../../../shared/model/schemas.ts';
import { ASKING, delayAfter } from '../../exchange/backoff.ts';
import type { Asker } from '../../exchange/sync.ts';
import type { WritableDb } from '../../vault/db/handle.ts';
import { appendAudit } from '../../vault/repositories/audit.ts';
import { insertDuty } from '../../vault/repositories/duties.ts';
import { findMessage } from '../../vault/repositories/messages.ts';
import { findMeta, putMeta } from '../../vault/repositories/meta.ts';
import { getVaultState } from '../../vault/vault-state.ts';
import { getOwnVault } from '../office/own-vault.ts';
import { ANSWER_SYNC } from '../outgoing/answer-sync-duty.ts';
import { describeHolding, oweSyncRequest } from '../outgoing/owe-sync-request.ts';
import { noteStatement } from '../restore/settling.ts';
import { instantOf } from '../uuid-v7.ts';
import { type Candidate, type Outcome, storeCandidate } from './candidate.ts';

/** Answers one vault may have from us in one window: each may cost hundreds of packages. */
const PER_WINDOW = 30;
const MOST_WANTED = 500;
const WINDOW: Milliseconds = 3600_000;

const answered = z.strictObject({ since: z.number(), count });

/** Takes a request in, to be answered later, or notes what another vault says it holds. A request that comes twice is answered once. */
export function applySyncRequest(
  db: WritableDb,
  candidate: Candidate,
  request: SyncRequestMessage,
  now: Date,
): Outcome {
  const { office, vault } = request.author;
  if (findMessage(db, candidate.m) !== null) return { kind: 'duplicate' };
  if (office === null || vault === null || vault === getOwnVault(db).vault) return { kind: 'duplicate' };
  // What is not answered is not kept either: a flood must not fill the disk, and who still lacks something asks again.
  if (request.answers === null && !takeTurn(db, vault, now)) return { kind: 'refused', code: 'QUOTA_EXCEEDED' };
  storeCandidate(db, candidate, 'accepted', null);
  if (request.answers !== null) {
    noteStatement(db, { office, vault }, request, now);
    return { kind: 'accepted' };
  }
  oweAnswer(db, candidate, office, now);
  askBack(db, { office, vault }, request, now);
  return { kind: 'accepted' };
}

/** An asker that holds what is unknown here is asked for it: so a package that its mailbox lost is found on either side. */
function askBack(db: WritableDb, asker: Asker, { matters }: SyncRequestMessage, now: Date): void {
  const unknown = matters.filter(({ heads }) => heads.some((m) => findMessage(db, m) === null));
  if (unknown.length === 0 || getVaultState(db).state !== 'active') return;
  const own = getOwnVault(db);
  const wanted = unknown.flatMap(({ heads }) => heads.filter((m) => findMessage(db, m) === null)).slice(0, MOST_WANTED);
  if (!mayAskBack(db, asker, wanted, now)) return;
  const holding = unknown.slice(0, MOST_WANTED).map(({ matter }) => describeHolding(db, own, matter));
  oweSyncRequest(db, asker, { matters: holding, wanted, complete: false }, now);
}

const askedBack = z.strictObject({ about: sha256, count, nextAt: z.number() });

/** Two vaults that both lack what no package brings would else ask each other back at once, for ever: the same is asked later each time. */
function mayAskBack(db: WritableDb, { office, vault }: Asker, wanted: readonly M[], now: Date): boolean {
  const key = `exchange.asked-back.${office}.${vault}`;
  const about = createHash('sha256')
    .update([...wanted].sort().join('\n'))
    .digest('hex');
  const stored = findMeta(db, key);
  const before = stored === null ? null : askedBack.parse(JSON.parse(stored));
  const same = before?.about === about ? before : { count: 0, nextAt: 0 };
  if (now.getTime() < same.nextAt) return false;
  const times = same.count + 1;
  putMeta(db, key, JSON.stringify({ about, count: times, nextAt: now.getTime() + delayAfter(times, ASKING) }));
  return true;
}

function oweAnswer(db: WritableDb, { m }: Candidate, office: OfficeId, now: Date): void {
  const at = instantOf(now);
  insertDuty(db, ANSWER_SYNC, { request: m }, at);
  appendAudit(db, { at, actor: 'vault', action: 'sync-requested', subject: m, detail: { from: office } });
}

function takeTurn(db: WritableDb, vault: VaultId, now: Date): boolean {
  const key = `exchange.answered.${vault}`;
  const stored = findMeta(db, key);
  const before = stored === null ? null : answered.parse(JSON.parse(stored));
  const current =
    before !== null && now.getTime() - before.since < WINDOW ? before : { since: now.getTime(), count: 0 };
  putMeta(db, key, JSON.stringify({ ...current, count: current.count + 1 }));
  return current.count < PER_WINDOW;
}
