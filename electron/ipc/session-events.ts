import { viewExchange } from '../usecases/desk/view-exchange.ts';
import type { FileTokens } from '../usecases/session/file-tokens.ts';
import type { OfficeSession, SessionOptions } from '../usecases/session/office-session.ts';
import type { Desk } from './desk.ts';
import { viewJob } from './view-job.ts';
import { viewSession } from './view-session.ts';

/** As many as the event may name. */
const MOST_NAMED = 1000;

type Told = Pick<SessionOptions, 'stateChanged' | 'jobChanged' | 'exchangeChanged' | 'exchangeMoved'>;

export interface SessionEventOptions {
  readonly tell: Desk['tell'];
  readonly session: () => OfficeSession;
  /** What was chosen while the vault was open serves nobody after it was locked, by whatever. */
  readonly files: Pick<FileTokens, 'clear'>;
  readonly closed: () => void;
  readonly received: (count: number) => void;
}

/** What happens in an office by itself, told to the window in the words of the contract. */
export function tellSessionEvents({ tell, session, files, closed, received }: SessionEventOptions): Required<Told> {
  const tellExchange = (): void => {
    if (!session().isOpen()) return;
    const { context, exchange } = session().get();
    tell('exchange:changed', viewExchange(context, exchange.state()));
  };
  return {
    stateChanged: (state) => {
      if (state.state === 'closing' || state.state === 'locked') {
        files.clear();
        closed();
      }
      tell('vault:changed', viewSession(state));
    },
    jobChanged: (job) => {
      // What the lock breaks off ends behind it: whoever stands before a locked window is not told the name of a file
      if (session().isOpen()) tell('job:changed', viewJob(job));
    },
    exchangeChanged: tellExchange,
    exchangeMoved: (messages) => {
      tell('records:changed', { what: ['matters', 'messages', 'directory', 'alarms'], matters: [] });
      if (messages.length === 0) return;
      tell('message:received', { messages: messages.slice(0, MOST_NAMED) });
      received(messages.length);
    },
  };
}
