import { AppError, type ErrorCode, isAppError } from '../../../shared/errors.ts';
import type { Address, Instant, M, OfficeId, VaultId } from '../../../shared/model/brand.ts';
import { delayAfter, drawChance, POSTING } from '../../exchange/backoff.ts';
import type { MailboxName } from '../../exchange/mailbox.ts';
import type { WritableDb } from '../../vault/db/handle.ts';
import { insertAttempt } from '../../vault/repositories/attempts.ts';
import { type ChannelRow, listOfficeChannels } from '../../vault/repositories/channels.ts';
import { listDueOutbox, markOutboxFailed, markOutboxPosted, type OutboxRow } from '../../vault/repositories/outbox.ts';
import { listSpentPackages, removePackage } from '../../vault/repositories/packages.ts';
import { openTransportFile, removeTransportFile } from '../../vault/transport/transport-files.ts';
import type { OfficeContext } from '../context.ts';
import { instantOf } from '../uuid-v7.ts';
import { ensurePackage } from './ensure-package.ts';

export interface PostingResult {
  readonly posted: number;
  readonly failed: readonly { readonly office: OfficeId; readonly code: ErrorCode }[];
}

const BATCH = 200;
const END_OF_TIME = '9999-12-31T23:59:59.999Z' as Instant;

/**
 * Puts every copy that is due into its mailbox. A crash between putting and noting puts the same file under the same name again.
 *
 * @param force also what waits after a failure
 */
export async function postOutbox(context: OfficeContext, force: boolean, signal?: AbortSignal): Promise<PostingResult> {
  const { vault, now } = context;
  const failed: { office: OfficeId; code: ErrorCode }[] = [];
  const tried = new Set<number>();
  let posted = 0;
  for (;;) {
    const due = listDueOutbox(vault.read, force ? END_OF_TIME : instantOf(now()), BATCH + tried.size);
    const fresh = due.filter(({ id }) => !tried.has(id));
    if (fresh.length === 0) break;
    for (const item of fresh) {
      tried.add(item.id);
      const code = await postItem(context, item, signal);
      if (code === null) posted++;
      else failed.push({ office: item.office, code });
    }
  }
  await dropSpentPackages(context);
  return { posted, failed };
}

async function postItem(context: OfficeContext, item: OutboxRow, signal?: AbortSignal): Promise<ErrorCode | null> {
  const { vault, now, random } = context;
  try {
    const parcel = { ...item, file: await ensurePackage(context, item.m) };
    await putFile(context, parcel, (db) => markOutboxPosted(db, item.id, instantOf(now())), signal);
    return null;
  } catch (error) {
    if (!isAppError(error) || error.code === 'CANCELLED') throw error;
    const nextAt = new Date(now().getTime() + delayAfter(item.attempts + 1, POSTING, drawChance(random)));
    vault.write((db) => markOutboxFailed(db, item.id, error.code, instantOf(nextAt)));
    return error.code;
  }
}

export interface Parcel {
  readonly m: M;
  readonly office: OfficeId;
  readonly vault: VaultId;
  readonly address: Address;
  readonly mailboxName: MailboxName;
  /** Name in `outgoing/`. */
  readonly file: string;
  /** The route to begin with, where it is not the first of the office. */
  readonly route?: string | null;
}

/**
 * Puts a file into a mailbox by the first of the office's channels that works. Every try is recorded, the last one together with what `done` writes.
 *
 * @throws AppError the last route's ROUTE_ code
 */
export async function putFile(
  context: OfficeContext,
  parcel: Parcel,
  done: (db: WritableDb) => void,
  signal?: AbortSignal,
): Promise<void> {
  const { vault, mailboxes } = context;
  let failure = new AppError('ROUTE_UNAVAILABLE', { office: parcel.office, reason: 'no channel' });
  const channels = beginWith(listOfficeChannels(vault.read, parcel.office), parcel.route ?? null);
  for (const channel of channels) {
    const source = await openTransportFile(vault, 'outgoing', parcel.file);
    try {
      const mailbox = await mailboxes.open(channel);
      await mailbox.put(parcel.address, parcel.mailboxName, source, signal);
    } catch (error) {
      if (!isAppError(error) || error.code === 'CANCELLED') throw error;
      failure = error;
      noteAttempt(context, parcel, channel, error.code);
      continue;
    } finally {
      await source.close();
    }
    noteAttempt(context, parcel, channel, null, done);
    return;
  }
  if (channels.length === 0) noteAttempt(context, parcel, null, failure.code);
  throw failure;
}

/** The others follow in their order, round the end. */
function beginWith(channels: readonly ChannelRow[], route: string | null): ChannelRow[] {
  const first = Math.max(
    0,
    channels.findIndex(({ id }) => id === route),
  );
  return [...channels.slice(first), ...channels.slice(0, first)];
}

function noteAttempt(
  { vault, now }: OfficeContext,
  { m, office, vault: to, address }: Parcel,
  channel: ChannelRow | null,
  code: ErrorCode | null,
  done: (db: WritableDb) => void = () => {},
): void {
  const route = { channel: channel?.id ?? null, kind: channel?.kind ?? null };
  vault.write((db) => {
    insertAttempt(db, { m, office, vault: to, address, ...route, at: instantOf(now()), code });
    done(db);
  });
}

async function dropSpentPackages({ vault }: OfficeContext): Promise<void> {
  for (const { digest, file } of listSpentPackages(vault.read, 10 * BATCH)) {
    vault.write((db) => removePackage(db, digest));
    await removeTransportFile(vault, 'outgoing', file);
  }
}
