import type { Instant, M, Milliseconds } from '../../../shared/model/brand.ts';
import type { OfficeContext } from '../context.ts';
import { listReceived, startReceived } from '../desk/list-received.ts';
import { refreshWholeDesk } from '../desk/refresh-desk.ts';
import { showSettings } from '../settings.ts';
import { type SyncReport, sync } from '../sync.ts';
import { instantOf } from '../uuid-v7.ts';
import { toFailure } from './jobs.ts';

export interface LoopState {
  readonly running: boolean;
  readonly lastSuccess: Instant | null;
  /** Of the last round that ended. */
  readonly last: SyncReport | null;
  readonly unreachable: SyncReport['unreachable'];
}

/** Posts and polls while the vault is open: by itself from time to time, and at once when asked. */
export interface ExchangeLoop {
  state(): LoopState;
  /** False where a round runs already: it will be followed by another one. */
  syncNow(): boolean;
  /** Waits until a running round has let go. */
  stop(): Promise<void>;
}

export interface LoopOptions {
  readonly context: OfficeContext;
  /** Told when a round begins, and when it ends. */
  readonly changed: () => void;
  /** Something moved; `received` are messages that nobody was told of yet. */
  readonly moved: (received: readonly M[]) => void;
  /** Starts nothing by itself: for tests. */
  readonly manual?: boolean;
}

const ROUNDS = 8;
const MINUTE: Milliseconds = 60_000;

export function startExchangeLoop({ context, changed, moved, manual = false }: LoopOptions): ExchangeLoop {
  const control = new AbortController();
  let state: LoopState = { running: false, lastSuccess: null, last: null, unreachable: [] };
  let again = false;
  let round: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | null = null;
  let seen = startReceived(context).seq;
  const tellMoved = (): void => {
    if (control.signal.aborted) return;
    const { messages, seq } = listReceived(context, seen);
    seen = seq;
    moved(messages);
  };
  const set = (change: Partial<LoopState>): void => {
    state = { ...state, ...change };
    if (!control.signal.aborted) changed();
  };
  const run = async (force: boolean): Promise<void> => {
    set({ running: true });
    try {
      const report = await sync(context, { maxRounds: ROUNDS, force, signal: control.signal, progress: tellMoved });
      const good = report.unreachable.length === 0 && report.failed.length === 0;
      set({
        last: report,
        unreachable: report.unreachable,
        ...(good ? { lastSuccess: instantOf(context.now()) } : {}),
      });
      await refreshWholeDesk(context, control.signal);
      tellMoved();
    } catch (error) {
      const { code } = toFailure(error);
      if (code !== 'CANCELLED') set({ unreachable: [{ channel: null, office: null, code }] });
    } finally {
      set({ running: false });
    }
  };
  const schedule = (): void => {
    if (control.signal.aborted || manual) return;
    timer = setTimeout(() => begin(false), showSettings(context.vault.read).syncEvery * MINUTE).unref();
  };
  const begin = (force: boolean): void => {
    if (timer !== null) clearTimeout(timer);
    round = run(force).then(() => {
      if (again && !control.signal.aborted) {
        again = false;
        begin(true);
      } else schedule();
    });
  };
  if (!manual) begin(false);
  return {
    state: () => state,
    syncNow: () => {
      if (state.running) again = true;
      else begin(true);
      return !again;
    },
    stop: async () => {
      control.abort();
      if (timer !== null) clearTimeout(timer);
      await round;
    },
  };
}
