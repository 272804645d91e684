import type { EventName, EventOf } from '../../shared/ipc/contract.ts';
import { countWaiting } from '../usecases/desk/count-waiting.ts';
import { viewExchange } from '../usecases/desk/view-exchange.ts';
import { createFileTokens } from '../usecases/session/file-tokens.ts';
import { createOfficeSession, type SessionOptions, type SessionState } from '../usecases/session/office-session.ts';
import type { SyncReport } from '../usecases/sync.ts';
import type { Desk, Shell } from './desk.ts';
import { viewJob } from './view-job.ts';
import { viewSession } from './view-session.ts';

export interface CreateDesk
  extends Pick<
    SessionOptions,
    'dir' | 'now' | 'program' | 'scryptCost' | 'manualExchange' | 'openMailbox' | 'revocation' | 'fetch'
  > {
  readonly shell: Shell;
  /** Sends an event to the window, where there is one. */
  readonly tell: <Name extends EventName>(name: Name, payload: EventOf<Name>) => void;
}

/** One per window: the office behind it, and what it is told. */
export function createDesk({ shell, tell, ...options }: CreateDesk): Desk {
  const files = createFileTokens(options.now);
  const session = createOfficeSession({
    ...options,
    stateChanged: (state: SessionState) => tell('vault:changed', viewSession(state)),
    jobChanged: (job) => tell('job:changed', viewJob(job)),
    exchangeChanged: () => {
      if (!session.isOpen()) return;
      const { context, exchange } = session.get();
      tell('exchange:changed', viewExchange(context, exchange.state()));
    },
    exchangeMoved: (report) => {
      if (hasMoved(report))
        tell('records:changed', { what: ['matters', 'messages', 'directory', 'alarms'], matters: [] });
    },
    countWaiting,
  });
  return { session, files, shell, now: options.now, tell };
}

function hasMoved({ posted, sealed, received }: SyncReport): boolean {
  return posted + sealed + Object.values(received).reduce((sum, one) => sum + one, 0) > 0;
}
