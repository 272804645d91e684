import { createHash } from 'node:crypto';
import { ERROR_KINDS, type ErrorCode, type ErrorParams, isAppError } from '../../../shared/errors.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { Bytes, M, Sha256 } from '../../../shared/model/brand.ts';
import type { Json } from '../../../shared/model/i-json.ts';
import type { Mailbox } from '../../exchange/mailbox.ts';
import { OUTER_HEADER, outerLength } from '../../exchange/outer-length.ts';
import { type ByteSource, readRange } from '../../files/bytes.ts';
import { throwIfAborted } from '../../packages/write-container.ts';
import type { WritableDb } from '../../vault/db/handle.ts';
import { appendAudit } from '../../vault/repositories/audit.ts';
import {
  claimInboxItem,
  findInboxItem,
  type InboxKey,
  type InboxRow,
  markInboxDone,
  markInboxDownloaded,
  markInboxDownloading,
  noteInboxSize,
} from '../../vault/repositories/inbox.ts';
import { findMessage } from '../../vault/repositories/messages.ts';
import { findOfferOf, markOfferUsed, type OfferRow } from '../../vault/repositories/offers.ts';
import { rejectPackage } from '../../vault/transport/quarantine.ts';
import {
  openTransportFile,
  randomTransportName,
  removeTransportFile,
  resumeTransportFile,
} from '../../vault/transport/transport-files.ts';
import type { OfficeContext } from '../context.ts';
import { getOwnVault } from '../office/own-vault.ts';
import { instantOf } from '../uuid-v7.ts';
import { applyArrival } from './apply-arrival.ts';
import type { Outcome } from './candidate.ts';
import { decideFetch, judgeFetched } from './fetch-decision.ts';
import { isForThisVault, namesCounterpart, type Reading, readArrival } from './read-arrival.ts';
import { repeatReceipt } from './repeat-receipt.ts';

/** A file that a sync tool is still writing: it is given so long before it counts as cut short. Milliseconds. */
const PATIENCE = 3600_000;
/** Where a package does not say how long it is, only time tells whether it is whole. Milliseconds. */
const SETTLE = 60_000;
const CHUNK: Bytes = 1024 * 1024;
/** What a package is known by whose rest was never fetched. */
const LOOKED_AT: Bytes = 64 * 1024;

/**
 * Takes one file out of a mailbox: whole or not at all. After the commit the mailbox's copy is removed; a crash before that finds the work noted and
 * goes on where it stopped.
 *
 * @returns null where the file is not whole yet, or somebody else works on it
 */
export async function takeArrival(
  context: OfficeContext,
  mailbox: Mailbox,
  key: InboxKey,
  signal?: AbortSignal,
): Promise<Outcome | null> {
  const { vault } = context;
  const { holder } = getOwnVault(vault.read);
  if (!(await mailbox.claim(key.address, key.mailboxName, holder))) return null;
  const known = findInboxItem(vault.read, key);
  if (known?.state === 'done') {
    await mailbox.remove(key.address, key.mailboxName);
    return null;
  }
  const source = await mailbox.open(key.address, key.mailboxName);
  if (source === null) return null;
  try {
    if (!(await isWhole(context, key, source))) {
      await mailbox.release(key.address, key.mailboxName, holder);
      return null;
    }
    if (known?.state !== 'downloaded') {
      const refusal = await readAhead(context, source);
      if (refusal !== null) return await turnAway(context, mailbox, key, source, refusal);
      const decision = decideFetch(vault.read, source.size);
      if (decision.kind === 'known') return await passOver(context, mailbox, key, decision.offer);
      if (decision.kind === 'wait') return await waitForOffer(context, mailbox, key, source);
      await download(context, key, source, signal);
    }
  } finally {
    await source.close();
  }
  const item = findInboxItem(vault.read, key);
  const outcome = item === null ? null : await finishArrival(context, item, signal);
  if (outcome === null) await mailbox.release(key.address, key.mailboxName, holder);
  else await mailbox.remove(key.address, key.mailboxName);
  return outcome;
}

/** Ages are counted by our own clock, from when we first saw the file at this size: what a server says of its time may be years off. */
async function isWhole({ vault, now }: OfficeContext, key: InboxKey, source: ByteSource): Promise<boolean> {
  const expected = outerLength(await readRange(source, 0, OUTER_HEADER));
  if (expected !== null && source.size >= expected) return true;
  const since = vault.write((db) => noteInboxSize(db, key, source.size, instantOf(now())));
  const age = now().getTime() - Date.parse(since);
  return age > (expected === null ? SETTLE : PATIENCE);
}

/**
 * Looks at the header by range (protocol.md 5): what is not for us ends there, and so does what is large and can come from nobody whom we know. What is no
 * package at all is fetched if it is small, so that quarantine shows it.
 *
 * @returns why nothing more is fetched; null where the whole is wanted
 */
async function readAhead(context: OfficeContext, source: ByteSource): Promise<ErrorCode | null> {
  try {
    if (!(await isForThisVault(context, source))) return 'PACKAGE_NOT_FOR_ME';
    if (source.size > LIMITS.fromStrangers && !(await namesCounterpart(context, source))) return 'QUOTA_EXCEEDED';
    return null;
  } catch (error) {
    if (!isAppError(error) || ERROR_KINDS[error.code] === 'environment') throw error;
    return source.size > LIMITS.fromStrangers ? error.code : null;
  }
}

/** Digest and reason of what was looked at, in one transaction with the end of the work on it. */
async function turnAway(
  context: OfficeContext,
  mailbox: Mailbox,
  key: InboxKey,
  source: ByteSource,
  code: ErrorCode,
): Promise<Outcome> {
  const { vault, now } = context;
  const seen = await readRange(source, 0, LOOKED_AT);
  const digest = createHash('sha256').update(seen).digest('hex') as Sha256;
  const at = instantOf(now());
  vault.write((db) => {
    const rejection = { digest, size: source.size, code, address: key.address, receivedAt: at, file: null };
    rejectPackage(vault, db, { ...rejection, detail: { digestOfFirst: seen.length } });
    appendAudit(db, { at, actor: 'vault', action: 'package-rejected', subject: digest, detail: { code } });
    claimInboxItem(db, key, at);
    markInboxDone(db, key, code, null, at);
  });
  await mailbox.remove(key.address, key.mailboxName);
  return { kind: 'rejected', code };
}

/** A message that is here came once more, over another route or after a reminder: "already received", without fetching it. */
async function passOver(context: OfficeContext, mailbox: Mailbox, key: InboxKey, offer: OfferRow): Promise<Outcome> {
  const { vault, now } = context;
  const at = instantOf(now());
  vault.write((db) => {
    const body = findMessage(db, offer.message)?.body;
    if (body?.kind === 'act' || body?.kind === 'enclosure') repeatReceipt(db, offer.message, body, now());
    markOfferUsed(db, offer.m, at);
    claimInboxItem(db, key, at);
    markInboxDone(db, key, 'duplicate', offer.message, at);
  });
  await mailbox.remove(key.address, key.mailboxName);
  return { kind: 'duplicate' };
}

/** Nobody has announced it yet: the offer may be on its way. After its time it goes, with the reason. */
async function waitForOffer(
  context: OfficeContext,
  mailbox: Mailbox,
  key: InboxKey,
  source: ByteSource,
): Promise<Outcome | null> {
  const { vault, now } = context;
  const since = vault.write((db) => noteInboxSize(db, key, source.size, instantOf(now())));
  if (now().getTime() - Date.parse(since) > LIMITS.offerKeep) {
    return turnAway(context, mailbox, key, source, 'OFFER_MISSING');
  }
  await mailbox.release(key.address, key.mailboxName, getOwnVault(vault.read).holder);
  return null;
}

/** Goes on where an earlier download stopped: its file is noted before its first byte. */
async function download(
  context: OfficeContext,
  key: InboxKey,
  source: ByteSource,
  signal?: AbortSignal,
): Promise<void> {
  const { vault, now, reservations } = context;
  const begun = findInboxItem(vault.read, key)?.file ?? null;
  const name = begun ?? randomTransportName();
  if (begun === null) {
    vault.write((db) => {
      claimInboxItem(db, key, instantOf(now()));
      markInboxDownloading(db, key, name, instantOf(now()));
    });
  }
  // Room for the ciphertext and for the container that comes out of it, before the first byte.
  const others = [...reservations.values()].reduce((sum, one) => sum + one, 0);
  const writer = await resumeTransportFile(vault, name, 2 * source.size + others);
  reservations.set(name, 2 * source.size);
  try {
    for (let position = writer.offset; position < source.size; ) {
      throwIfAborted(signal);
      const chunk = await readRange(source, position, CHUNK);
      if (chunk.length === 0) break;
      await writer.write(chunk);
      position += chunk.length;
    }
    const { digest, size } = await writer.finish();
    vault.write((db) => markInboxDownloaded(db, key, { file: name, digest, size }, instantOf(now())));
  } finally {
    reservations.delete(name);
    await writer.pause();
  }
}

/**
 * Reads and applies a downloaded package; its outcome and the end of its inbox item are one transaction.
 *
 * @returns null where it waits for what announces it
 */
export async function finishArrival(
  context: OfficeContext,
  item: InboxRow,
  signal?: AbortSignal,
): Promise<Outcome | null> {
  const { vault, now } = context;
  const { file, digest, size } = item;
  if (file === null || digest === null || size === null) return { kind: 'duplicate' };
  const judgement = judgeFetched(vault.read, { size, digest, since: item.updatedAt }, now());
  if (judgement === 'wait') return null;
  const source = await openTransportFile(vault, 'incoming', file);
  try {
    const reading: Reading =
      judgement === 'use'
        ? await readFile(context, source, signal)
        : { kind: 'rejected', code: 'OFFER_MISMATCH', detail: { size } };
    const done = (db: WritableDb, outcome: Outcome, m: M | null): void => {
      markInboxDone(db, item, outcomeWord(outcome), m, instantOf(now()));
      const offer = findOfferOf(db, digest);
      if (offer !== null) markOfferUsed(db, offer.m, instantOf(now()));
    };
    const reject = (db: WritableDb, code: ErrorCode, detail: ErrorParams, m: M | null): void => {
      rejectPackage(vault, db, {
        file,
        digest,
        size,
        code,
        detail: toJson(detail),
        address: item.address,
        receivedAt: instantOf(now()),
      });
      appendAudit(db, {
        at: instantOf(now()),
        actor: 'vault',
        action: 'package-rejected',
        subject: digest,
        detail: { code },
      });
      done(db, { kind: 'rejected', code }, m);
    };
    const outcome = await applyReading(context, reading, done, reject);
    if (outcome.kind !== 'rejected') await removeTransportFile(vault, 'incoming', file);
    return outcome;
  } finally {
    await source.close();
  }
}

/** What is not for us ends at the header. */
async function readFile(context: OfficeContext, source: ByteSource, signal?: AbortSignal): Promise<Reading> {
  try {
    if (!(await isForThisVault(context, source))) return { kind: 'rejected', code: 'PACKAGE_NOT_FOR_ME', detail: {} };
  } catch (error) {
    if (!isAppError(error) || ERROR_KINDS[error.code] === 'environment') throw error;
    return { kind: 'rejected', code: error.code, detail: error.params };
  }
  return readArrival(context, source, signal);
}

type Done = (db: WritableDb, outcome: Outcome, m: M | null) => void;
type Reject = (db: WritableDb, code: ErrorCode, detail: ErrorParams, m: M | null) => void;

/** One transaction: what the package changes, and what becomes of the file that brought it. */
export async function applyReading(
  { vault, now, exclusively }: OfficeContext,
  reading: Reading,
  done: Done,
  reject: Reject,
): Promise<Outcome> {
  if (reading.kind === 'rejected') {
    vault.write((db) => reject(db, reading.code, reading.detail, null));
    return { kind: 'rejected', code: reading.code };
  }
  try {
    return await exclusively(async () =>
      vault.write((db) => {
        const outcome = applyArrival(db, reading, now());
        if (outcome.kind === 'rejected') reject(db, outcome.code, {}, reading.m);
        else done(db, outcome, reading.m);
        return outcome;
      }),
    );
  } finally {
    await reading.blob.abort();
  }
}

function outcomeWord(outcome: Outcome): NonNullable<InboxRow['outcome']> {
  return 'code' in outcome ? outcome.code : outcome.kind;
}

function toJson(detail: ErrorParams): Readonly<Record<string, Json>> {
  return { ...detail };
}
