import { app } from 'electron';
import { readProposals } from './proposals.ts';

/** Where proposals come from: this start, a second one, and on macOS the system, which may speak before the program is ready. */
export interface ProposalSource {
  /** From now on, and what came before. `started`: a second start, which wants the window to be seen. */
  listen(propose: (paths: readonly string[]) => void, started: () => void): void;
}

export function openProposalSource(argv: readonly string[]): ProposalSource {
  const early: string[][] = [readProposals(argv)];
  let take: ((paths: readonly string[]) => void) | null = null;
  let noteStart = (): void => {};
  const came = (given: readonly string[]): void => {
    const paths = readProposals(given);
    if (take === null) early.push(paths);
    else take(paths);
  };
  app.on('open-url', (event, url) => {
    event.preventDefault();
    came([url]);
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    came([path]);
  });
  app.on('second-instance', (_event, given) => {
    noteStart();
    came(given.slice(1));
  });
  return {
    listen(propose, started) {
      take = propose;
      noteStart = started;
      for (const paths of early.splice(0)) propose(paths);
    },
  };
}
