/**
 * A process to be killed: `node test/crash/crash-child.ts JOB`. Opens the vaults of the job and sends and syncs with each of them until it dies,
 * so that at every moment something is half done.
 */
import { writeSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import type { OfficeContext } from '../../electron/usecases/context.ts';
import { listMatters } from '../../electron/usecases/list-matters.ts';
import { listMessages } from '../../electron/usecases/list-messages.ts';
import { markOpened } from '../../electron/usecases/mark-opened.ts';
import { getOwnVault } from '../../electron/usecases/office/own-vault.ts';
import { openOfficeVault } from '../../electron/usecases/open-office-vault.ts';
import { sendMessage } from '../../electron/usecases/send-message.ts';
import { type SyncReport, sync } from '../../electron/usecases/sync.ts';
import { getVaultState } from '../../electron/vault/vault-state.ts';
import { isAppError } from '../../shared/errors.ts';
import type { PersonId } from '../../shared/model/brand.ts';
import { PASSPHRASE } from '../fixtures/exchange-lab.ts';
import { createRandom, type Random } from '../fuzz/random.ts';
import { chooseMessage } from './choose-message.ts';
import type { CrashEvent, CrashJob, CrashTask } from './crash-events.ts';

/** A vault at work. */
interface Lane {
  readonly number: number;
  readonly context: OfficeContext;
  readonly person: PersonId;
  readonly random: Random;
}

/** A lane that received so much at once lets the others catch up before it sends again. */
const BUSY = 10;

const job = JSON.parse(process.argv[2] ?? '') as CrashJob;
let intents = 0;

function say(event: CrashEvent): void {
  writeSync(1, `${JSON.stringify(event)}\n`);
}

async function during<T>(lane: number, task: CrashTask, tag: string, work: () => Promise<T>): Promise<T> {
  say({ kind: 'begin', lane, task, tag });
  const result = await work();
  say({ kind: 'end', lane, task, tag });
  return result;
}

async function openLane(number: number): Promise<Lane> {
  const { dir, person } = job.vaults[number] ?? { dir: '', person: '' as PersonId };
  const context = await during(number, 'open', '', () =>
    openOfficeVault({ dir, secret: { passphrase: PASSPHRASE }, now: () => new Date(), program: 'crash' }),
  );
  const { state } = getVaultState(context.vault.read);
  if (state !== 'active') throw new Error(`vault ${number} opened in state ${state}`);
  say({ kind: 'swept', lane: number, removed: context.vault.swept.removed });
  return { number, context, person, random: createRandom(job.seed + number) };
}

async function sendOne({ number, context, person, random }: Lane): Promise<void> {
  const own = getOwnVault(context.vault.read).office.id;
  const others = job.offices.filter((office) => office !== own);
  const matters = listMatters(context, {}, 12).items;
  const tag = `${job.run}-${intents++}`;
  const request = chooseMessage({ context, own, others, matters, tag, random });
  await during(number, 'send', tag, async () => {
    try {
      const credentials = { person, passphrase: PASSPHRASE };
      const { m, enclosures } = await sendMessage(context, { credentials, ...request });
      say({ kind: 'sent', tag, m, enclosures });
    } catch (error) {
      // Another task of this vault may have moved the matter since it was looked at.
      if (!isAppError(error) || error.code !== 'ACT_NOT_ALLOWED') throw error;
      say({ kind: 'refused', tag, code: error.code });
    }
  });
}

async function readOne({ context, person, random }: Lane): Promise<void> {
  const { items } = listMessages(context, { direction: 'in', status: 'accepted' }, 5);
  const acts = items.filter(({ row }) => row.kind === 'act');
  if (acts.length > 0) await markOpened(context, random.pick(acts).row.m, person);
}

async function work(lane: Lane): Promise<void> {
  const { number, context, random } = lane;
  const syncOne = (): Promise<SyncReport> => during(number, 'sync', '', () => sync(context));
  for (let isBusy = false; ; ) {
    const sending: Promise<void> = isBusy ? Promise.resolve() : sendOne(lane);
    if (random.oneIn(2)) await sending;
    const syncing = syncOne();
    await Promise.all([syncing, sending]);
    const { received, failed, unreachable }: SyncReport = await syncing;
    const trouble = [...failed, ...unreachable].map(({ code }) => code);
    if (trouble.length > 0 || received.rejected + received.refused > 0) {
      throw new Error(`sync of vault ${number}: ${JSON.stringify({ received, trouble })}`);
    }
    isBusy = received.accepted + received.duplicate + received.held > BUSY;
    if (random.oneIn(3)) await readOne(lane);
  }
}

// Node writes its cache at exit, which never comes.
flushCompileCache();
try {
  const lanes = await Promise.all(job.vaults.map((_, number) => openLane(number)));
  say({ kind: 'ready' });
  await Promise.all(lanes.map(work));
} catch (error) {
  const reason = isAppError(error) ? `${error.code} ${JSON.stringify(error.params)}` : '';
  say({ kind: 'broken', reason: `${reason} ${error instanceof Error ? error.stack : String(error)}` });
  process.exit(1);
}
