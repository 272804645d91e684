import { randomInt } from 'node:crypto';
import { AppError, hasCode } from '../../../shared/errors.ts';
import type { M, Milliseconds } from '../../../shared/model/brand.ts';
import type { EvidenceReport } from '../../../shared/model/evidence-report.ts';
import type { Office } from '../../../shared/model/office-card.ts';
import { restoreVault } from '../../vault/backup/restore-vault.ts';
import { changePassphrase } from '../../vault/change-passphrase.ts';
import type { VaultSecret } from '../../vault/keys/master-key.ts';
import { readVaultLabel } from '../../vault/vault-label.ts';
import type { ContextOptions, OfficeContext } from '../context.ts';
import { createOfficeVault } from '../create-office-vault.ts';
import { countWaiting } from '../desk/count-waiting.ts';
import { createDocumentReader, type DocumentReader } from '../documents/document-reader.ts';
import { releaseInterrupted } from '../drafts/sign-drafts.ts';
import { giveUpUnfinished } from '../drafts/stage-document.ts';
import { openOfficeVault } from '../open-office-vault.ts';
import { showSettings } from '../settings.ts';
import { type ExchangeLoop, startExchangeLoop } from './exchange-loop.ts';
import { createJobs, type Job, type Jobs } from './jobs.ts';
import { createVerifications, type Verifications } from './verifications.ts';

export type LockReason = 'start' | 'asked' | 'idle' | 'suspend';

export interface SessionState {
  readonly state: 'none' | 'locked' | 'opening' | 'open' | 'closing';
  readonly office: string | null;
  readonly lockedBecause: LockReason;
  readonly waiting: number | null;
  readonly notBefore: Date | null;
}

/** An open vault, and what runs on it. */
export interface OpenOffice {
  readonly context: OfficeContext;
  readonly jobs: Jobs;
  readonly exchange: ExchangeLoop;
  readonly documents: DocumentReader;
  readonly verifications: Verifications;
  /** Of evidence bundles. */
  readonly bundles: Verifications<EvidenceReport>;
}

/**
 * The office behind one window: no vault yet, locked, or open. Locking is at once for whoever asks, and takes signing authority, jobs and keys with it; what
 * was not finished is begun again by a person, for nothing was committed of it.
 */
export interface OfficeSession {
  state(): Promise<SessionState>;
  /** @throws AppError VAULT_LOCKED */
  get(): OpenOffice;
  isOpen(): boolean;
  /** @returns the recovery key's 12 groups, and which two to ask for */
  create(
    passphrase: string,
    office: Office,
  ): Promise<{ readonly groups: readonly string[]; readonly ask: readonly number[] }>;
  /** The groups, from 1, that were typed wrong. Where none was, the key is forgotten. @throws AppError RECOVERY_KEY_GONE */
  checkRecoveryKey(groups: readonly { readonly index: number; readonly text: string }[]): number[];
  /** For printing, while it is at hand. @throws AppError RECOVERY_KEY_GONE */
  recoveryKey(): readonly string[];
  /** @throws AppError VAULT_PASSPHRASE_WRONG, VAULT_TRY_LATER */
  unlock(passphrase: string): Promise<void>;
  recover(recoveryKey: string, passphrase: string): Promise<void>;
  restore(backup: string, secret: VaultSecret): Promise<void>;
  lock(reason: LockReason): Promise<void>;
  close(): Promise<void>;
}

export interface SessionOptions extends ContextOptions {
  readonly dir: string;
  readonly now: () => Date;
  readonly program: string;
  readonly scryptCost?: number;
  readonly stateChanged?: (state: SessionState) => void;
  readonly jobChanged?: (job: Job) => void;
  readonly exchangeChanged?: () => void;
  readonly exchangeMoved?: (received: readonly M[]) => void;
  /** Posts and polls only when asked: for tests. */
  readonly manualExchange?: boolean;
}

/** Wrong passphrases that cost nothing; after them the wait doubles up to the longest. */
const FREE_TRIES = 3;
const FIRST_WAIT: Milliseconds = 2_000;
const LONGEST_WAIT: Milliseconds = 60_000;

export function createOfficeSession(options: SessionOptions): OfficeSession {
  const { dir, now, program } = options;
  let state: 'closed' | 'opening' | 'open' | 'closing' = 'closed';
  let office: OpenOffice | null = null;
  let closing: Promise<void> = Promise.resolve();
  let recovery: readonly string[] | null = null;
  let lockedBecause: LockReason = 'start';
  let waiting: number | null = null;
  let wrong = 0;
  let notBefore: Date | null = null;

  const describe = async (): Promise<SessionState> => {
    const label = await readVaultLabel(dir);
    const shown = state === 'closed' ? (label === null ? 'none' : 'locked') : state;
    return { state: shown, office: label, lockedBecause, waiting, notBefore };
  };
  const tell = (): void => {
    const { stateChanged } = options;
    if (stateChanged !== undefined) void describe().then(stateChanged, () => {});
  };
  const adopt = (made: OfficeContext): void => {
    const context = withSettings(made, options);
    giveUpUnfinished(context);
    releaseInterrupted(context);
    office = {
      context,
      jobs: createJobs(now, (job) => options.jobChanged?.(job)),
      exchange: startExchangeLoop({
        context,
        changed: () => options.exchangeChanged?.(),
        moved: (received) => options.exchangeMoved?.(received),
        manual: options.manualExchange ?? false,
      }),
      documents: createDocumentReader(context),
      verifications: createVerifications(),
      bundles: createVerifications(),
    };
    wrong = 0;
    notBefore = null;
    waiting = null;
    state = 'open';
  };
  const opening = async <T>(task: () => Promise<T>): Promise<T> => {
    if (state === 'open' || state === 'opening') throw new AppError('VAULT_OPEN');
    await closing;
    state = 'opening';
    tell();
    try {
      return await task();
    } finally {
      if (office === null) state = 'closed';
      tell();
    }
  };
  const open = async (secret: VaultSecret): Promise<void> => {
    try {
      adopt(await openOfficeVault({ ...options, dir, secret, now, program }));
    } catch (error) {
      if (hasCode(error, 'VAULT_PASSPHRASE_WRONG')) punish();
      throw error;
    }
  };
  const punish = (): void => {
    wrong += 1;
    if (wrong <= FREE_TRIES) return;
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (wrong - FREE_TRIES - 1));
    notBefore = new Date(now().getTime() + wait);
  };
  const requirePatience = (): void => {
    const left = (notBefore?.getTime() ?? 0) - now().getTime();
    if (left > 0) throw new AppError('VAULT_TRY_LATER', { seconds: Math.ceil(left / 1000) });
  };
  const close = async (reason: LockReason): Promise<void> => {
    const closed = office;
    if (closed === null) return closing;
    waiting = countWaiting(closed.context);
    office = null;
    recovery = null;
    lockedBecause = reason;
    state = 'closing';
    const { jobs, exchange, documents, context } = closed;
    context.tokens.close();
    closing = Promise.all([jobs.stop(), exchange.stop(), documents.close()])
      .then(() => context.vault.close())
      .finally(() => {
        state = 'closed';
        tell();
      });
    tell();
    return closing;
  };

  return {
    state: describe,
    get: () => {
      if (office === null) throw new AppError('VAULT_LOCKED');
      return office;
    },
    isOpen: () => office !== null,
    create: (passphrase, profile) =>
      opening(async () => {
        const made = await createOfficeVault({ ...options, dir, passphrase, office: profile, now, program });
        adopt(made.context);
        recovery = made.recoveryKey.split('-');
        return { groups: recovery, ask: twoOf(recovery.length) };
      }),
    checkRecoveryKey: (groups) => {
      const key = recovery;
      if (key === null) throw new AppError('RECOVERY_KEY_GONE');
      const typed = (text: string): string => text.normalize('NFKC').trim().toUpperCase();
      const bad = groups.filter(({ index, text }) => key[index - 1] !== typed(text)).map(({ index }) => index);
      if (bad.length === 0 && new Set(groups.map(({ index }) => index)).size > 1) recovery = null;
      return bad;
    },
    recoveryKey: () => {
      if (recovery === null) throw new AppError('RECOVERY_KEY_GONE');
      return recovery;
    },
    unlock: (passphrase) =>
      opening(() => {
        requirePatience();
        return open({ passphrase });
      }),
    recover: (recoveryKey, passphrase) =>
      opening(async () => {
        await open({ recoveryKey });
        const cost = options.scryptCost === undefined ? {} : { scryptCost: options.scryptCost };
        if (office !== null) await changePassphrase(office.context.vault, { recoveryKey }, { passphrase, ...cost });
      }),
    restore: (backup, secret) =>
      opening(async () => {
        await restoreVault({ backup, dir, secret, now });
        await open(secret);
      }),
    lock: close,
    close: () => close('asked'),
  };
}

/** The policy is a setting of the vault: a change of it counts from the next verdict on. A window waits for this loop. */
function withSettings(context: OfficeContext, { revocation }: SessionOptions): OfficeContext {
  return {
    ...context,
    threads: true,
    get revocation() {
      return revocation ?? showSettings(context.vault.read).revocation;
    },
  };
}

function twoOf(count: number): number[] {
  const first = randomInt(count);
  const second = (first + 1 + randomInt(count - 1)) % count;
  return [first + 1, second + 1].sort((a, b) => a - b);
}
