import { join } from 'node:path';
import type { OfficeContext } from '../../electron/usecases/context.ts';
import { type FindMatters, findMatters } from '../../electron/usecases/desk/find-matters.ts';
import { listSavedViews } from '../../electron/usecases/desk/keep-notes.ts';
import { chartDesk, countNeeds, listFacets, listToday } from '../../electron/usecases/desk/view-home.ts';
import { findText, listInbox } from '../../electron/usecases/desk/view-inbox.ts';
import { CHARGES, fillDesk, matterAt, oneOf, STATES, timeAt } from '../fixtures/filled-desk.ts';
import { percentile } from './measure.ts';
import type { Row, Section } from './table.ts';

/** What the window asks of a vault that many years have filled. */

const ROUNDS = 200;

/** The questions of the window, each with words and filters of its own in every round. */
function questions(context: OfficeContext, count: number): Readonly<Record<string, (round: number) => unknown>> {
  const newest = { by: 'updated', descending: true } as const;
  const list = (
    filter: FindMatters['filter'],
    sort: FindMatters['sort'] = newest,
    after: FindMatters['after'] = null,
  ) => findMatters(context, { filter, sort, limit: 50, after });
  return {
    'matters, first page': () => list({}),
    'matters, a page from the middle': (round) =>
      list({}, newest, { value: timeAt((round * 499) % count), id: matterAt((round * 499) % count) }),
    'matters, by due date': () => list({ open: true }, { by: 'due', descending: false }),
    'matters, by title': () => list({}, { by: 'title', descending: false }),
    'matters, one state': (round) => list({ type: 'file-review', state: oneOf(STATES, round, 11) }),
    'matters, our move': () => list({ turn: 'ours', open: true }),
    'matters, one province': (round) => list({ region: oneOf(['31', '32', '33', '34'], round, 12) }),
    'matters, due within 3 days': () => list({ dueWithin: 3 }, { by: 'due', descending: false }),
    'matters, a rare word': (round) => list({ query: `初${(round * 487) % count}号` }),
    'matters, a word in one of six': (round) => list({ query: oneOf(CHARGES, round, 13) }),
    'full text, a word in one of six': (round) => findText(context, oneOf(CHARGES, round, 14), undefined, 50, null),
    'inbox, unopened': () => listInbox(context, { unopened: true, limit: 50, after: null }),
    'home, counts': () => countNeeds(context),
    'home, list': () => listToday(context, 20),
    'home, charts': () => chartDesk(context, 12),
    'filters and views': () => [listFacets(context), listSavedViews(context)],
  };
}

export async function benchDesk(folder: string, count: number): Promise<Section> {
  const context = await fillDesk(join(folder, 'desk'), count, 2 ** 14);
  try {
    const rows = Object.entries(questions(context, count)).flatMap(([run, ask]): Row[] => {
      ask(0);
      const times = Array.from({ length: ROUNDS }, (_, round) => {
        const started = performance.now();
        ask(round);
        return performance.now() - started;
      });
      return [
        {
          run,
          unit: 'ms',
          value: percentile(times, 0.5),
          least: Math.min(...times),
          most: percentile(times, 0.95),
          runs: ROUNDS,
        },
      ];
    });
    return { title: `the window's questions at ${count.toLocaleString('en')} matters (most: 95th percentile)`, rows };
  } finally {
    await context.vault.close();
  }
}
