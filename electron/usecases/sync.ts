import { ERROR_KINDS, type ErrorCode, isAppError } from '../../shared/errors.ts';
import type { OfficeId } from '../../shared/model/brand.ts';
import { drawChance } from '../exchange/backoff.ts';
import type { Mailbox, MailboxEntry } from '../exchange/mailbox.ts';
import { isRouteError } from '../exchange/route-error.ts';
import { throwIfAborted } from '../packages/write-container.ts';
import { type ChannelRow, listChannels } from '../vault/repositories/channels.ts';
import { findInboxItem, listOpenInbox } from '../vault/repositories/inbox.ts';
import { purgeQuarantine } from '../vault/transport/quarantine.ts';
import { getVaultState } from '../vault/vault-state.ts';
import type { OfficeContext } from './context.ts';
import type { Outcome } from './incoming/candidate.ts';
import { expireHeld } from './incoming/expire-held.ts';
import { recheckHeld } from './incoming/recheck-held.ts';
import { finishArrival, takeArrival } from './incoming/take-arrival.ts';
import { askMissing } from './matters/ask-missing.ts';
import { getOwnVault, type OwnVault } from './office/own-vault.ts';
import { doDuties } from './outgoing/do-duties.ts';
import { postOutbox } from './outgoing/post-outbox.ts';
import { watchDeliveries } from './outgoing/watch-deliveries.ts';
import { findSettling, isSettled, settle } from './restore/settling.ts';
import { renewProofs } from './trust/archive-message.ts';
import { type NetworkRun, newNetworkRun } from './trust/ask-network.ts';
import { gatherForHeld, refreshRevocation } from './trust/gather-revocation.ts';
import { doProofDuties } from './trust/proof-duties.ts';
import { stampAudit } from './trust/stamp-audit.ts';
import { instantOf } from './uuid-v7.ts';

export interface SyncOptions {
  /** Rounds of posting and polling; it ends sooner once nothing moves. Default 1. */
  readonly maxRounds?: number;
  /** Tries at once what waits after a failure, and asks at once for what is missing. */
  readonly force?: boolean;
  readonly signal?: AbortSignal;
  readonly progress?: (report: SyncReport) => void;
}

/** What a sync did, in counts. */
export interface SyncReport {
  posted: number;
  /** Inbound packages by what became of them. */
  readonly received: Record<Outcome['kind'], number>;
  sealed: number;
  asked: number;
  /** Offices that were warned of for their silence, and those that a record of non-delivery was signed for. */
  overdue: number;
  undelivered: number;
  /** Revocation lists and OCSP answers that were new. */
  fetched: number;
  /** Messages that were timestamped, or whose timestamps were renewed. */
  stamped: number;
  /** Routes and offices that could not be reached. */
  readonly unreachable: {
    readonly channel: string | null;
    readonly office: OfficeId | null;
    readonly code: ErrorCode;
  }[];
  /** Packages that this machine could not take in, e.g. for a full disk: they wait in their mailbox. */
  readonly failed: { readonly name: string; readonly code: ErrorCode }[];
}

/** Of all polls. What is swept is a week old: to look for it each time would double what an empty mailbox costs its server. */
const SWEPT = 1 / 32;

/** Posts what is due, takes in what waits, seals what is owed. Whatever stops it, the next one goes on from there. */
export async function sync(context: OfficeContext, options: SyncOptions = {}): Promise<SyncReport> {
  const { maxRounds = 1, force = false, signal, progress } = options;
  const report: SyncReport = {
    posted: 0,
    received: { accepted: 0, duplicate: 0, held: 0, refused: 0, rejected: 0 },
    sealed: 0,
    asked: 0,
    overdue: 0,
    undelivered: 0,
    fetched: 0,
    stamped: 0,
    unreachable: [],
    failed: [],
  };
  await purgeQuarantine(context.vault, instantOf(context.now()));
  await expireHeld(context);
  const run = newNetworkRun(signal);
  await decideHeld(context, report, run);
  Object.assign(report, await watchDeliveries(context));
  try {
    for (let round = 0; round < maxRounds; round++) {
      const moved = await syncRound(context, report, force && round === 0, run);
      progress?.(report);
      if (!moved) break;
    }
  } finally {
    await context.mailboxes.close();
  }
  report.fetched += await refreshRevocation(context, signal);
  report.stamped += await keepProofs(context, run);
  return report;
}

/** What was sealed while no TSA answered is stamped, and what loses its force is stamped anew. */
async function keepProofs(context: OfficeContext, run: NetworkRun): Promise<number> {
  const stamped = await doProofDuties(context, run);
  const renewed = await renewProofs(context, run);
  await stampAudit(context, run);
  return stamped + renewed;
}

/** Judges again what was held for lack of revocation data, once what can be fetched has been. */
async function decideHeld(context: OfficeContext, report: SyncReport, run: NetworkRun): Promise<void> {
  report.fetched += await gatherForHeld(context, run);
  await recheckHeld(context);
}

async function syncRound(
  context: OfficeContext,
  report: SyncReport,
  force: boolean,
  run: NetworkRun,
): Promise<boolean> {
  const { signal } = run;
  const before = movements(report);
  const heldBefore = report.received.held;
  await sendOwed(context, report, force, signal);
  await finishOpen(context, report, signal);
  const own = getOwnVault(context.vault.read);
  for (const channel of listChannels(context.vault.read)) await pollChannel(context, own, channel, report, signal);
  if (report.received.held > heldBefore) await decideHeld(context, report, run);
  await context.exclusively(async () => trySettling(context));
  report.asked += await context.exclusively(async () =>
    context.vault.write((db) => askMissing(db, context.now(), force)),
  );
  // What failed a moment ago is not tried again, force or not.
  await sendOwed(context, report, false, signal);
  return movements(report) !== before;
}

function movements({ posted, received, sealed, asked }: SyncReport): number {
  return posted + sealed + asked + Object.values(received).reduce((sum, one) => sum + one, 0);
}

/** Seals before it posts. A vault that was restored and not resumed sends nothing at all. */
async function sendOwed(
  context: OfficeContext,
  report: SyncReport,
  force: boolean,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (getVaultState(context.vault.read).pendingEpoch !== null) return;
  const done = await doDuties(context, force, signal);
  report.sealed += done.sealed;
  report.posted += done.posted;
  const { posted, failed } = await postOutbox(context, force, signal);
  report.posted += posted;
  for (const { office, code } of [...done.failed, ...failed]) noteUnreachable(report, null, office, code);
}

/** What a crash left between download and commit. */
async function finishOpen(context: OfficeContext, report: SyncReport, signal: AbortSignal | undefined): Promise<void> {
  for (const item of listOpenInbox(context.vault.read).filter(({ state }) => state === 'downloaded')) {
    await attempt(report, item.mailboxName, () => finishArrival(context, item, signal));
  }
}

async function pollChannel(
  context: OfficeContext,
  own: OwnVault,
  channel: ChannelRow,
  report: SyncReport,
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    const mailbox = await context.mailboxes.open(channel);
    if (drawChance(context.random) < SWEPT) await mailbox.sweep(own.address);
    for (const entry of inOrder(context, own, channel, await mailbox.list(own.address))) {
      throwIfAborted(signal);
      try {
        count(report, await takeEntry(context, own, channel, mailbox, entry, signal));
      } catch (error) {
        // A route that died is said once, not of each package behind this one; where it still answers, the fault is this package's alone.
        if (isRouteError(error)) await mailbox.list(own.address);
        noteFailed(report, entry.name, error);
      }
    }
  } catch (error) {
    if (!isRouteError(error)) throw error;
    noteUnreachable(report, channel.id, null, error.code);
  }
}

/** What was finished before comes first: only its copy is still to be removed. */
function inOrder(
  { vault }: OfficeContext,
  { address }: OwnVault,
  { id }: ChannelRow,
  entries: readonly MailboxEntry[],
): MailboxEntry[] {
  const isDone = ({ name }: MailboxEntry): boolean =>
    findInboxItem(vault.read, { channel: id, address, mailboxName: name })?.state === 'done';
  return [...entries.filter(isDone), ...entries.filter((entry) => !isDone(entry))];
}

function takeEntry(
  context: OfficeContext,
  { address }: OwnVault,
  { id }: ChannelRow,
  mailbox: Mailbox,
  entry: MailboxEntry,
  signal: AbortSignal | undefined,
): Promise<Outcome | null> {
  return takeArrival(context, mailbox, { channel: id, address, mailboxName: entry.name }, signal);
}

async function attempt(report: SyncReport, name: string, task: () => Promise<Outcome | null>): Promise<void> {
  try {
    count(report, await task());
  } catch (error) {
    noteFailed(report, name, error);
  }
}

function count({ received }: SyncReport, outcome: Outcome | null): void {
  if (outcome !== null) received[outcome.kind]++;
}

/** One package that this machine cannot take now must not stop those behind it. */
function noteFailed({ failed }: SyncReport, name: string, error: unknown): void {
  if (!isAppError(error) || error.code === 'CANCELLED' || ERROR_KINDS[error.code] !== 'environment') throw error;
  failed.push({ name, code: error.code });
}

function trySettling({ vault, now }: OfficeContext): void {
  const settling = findSettling(vault.read);
  if (settling === null || !isSettled(vault.read, settling)) return;
  vault.write((db) => settle(db, 'vault', now()));
}

function noteUnreachable(report: SyncReport, channel: string | null, office: OfficeId | null, code: ErrorCode): void {
  const known = report.unreachable.some((one) => one.channel === channel && one.office === office && one.code === code);
  if (!known) report.unreachable.push({ channel, office, code });
}
