import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Progress } from '../../../electron/cli/progress.ts';
import { watchMailboxes } from '../../../electron/cli/watch-mailboxes.ts';
import { bufferSource } from '../../../electron/files/bytes.ts';
import { createMailboxPool } from '../../../electron/usecases/mailbox-pool.ts';
import { openMailbox } from '../../../electron/usecases/open-mailbox.ts';
import { sync } from '../../../electron/usecases/sync.ts';
import { addTrio, createLab, type Lab, type Party, send, settle, type Trio } from '../../fixtures/exchange-lab.ts';
import { FILE_REVIEW } from '../../fixtures/forms.ts';

/** Large enough that it goes in several parts. */
const SIZE = 5 * 1024 * 1024;
let lab: Lab;
let trio: Trio;
beforeAll(async () => {
  lab = createLab();
  trio = await addTrio(lab);
});
afterAll(() => lab.close());

interface Told {
  readonly way: string;
  readonly done: number[];
  total: number;
  finished: boolean;
}

/** What the command would have drawn, and an interrupt once a large package is under way. */
async function syncWatched({ context }: Party, interrupt: 'posting' | 'fetching' | null) {
  const control = new AbortController();
  const told: Told[] = [];
  const begin = (way: 'posting' | 'fetching'): Progress => {
    const one: Told = { way, done: [], total: 0, finished: false };
    told.push(one);
    return {
      update: (done, total) => {
        one.done.push(done);
        one.total = total;
        if (way === interrupt && total > SIZE) control.abort();
      },
      finish: () => {
        one.finished = true;
      },
    };
  };
  const mailboxes = createMailboxPool(watchMailboxes(openMailbox, begin));
  const report = await sync({ ...context, mailboxes }, { signal: control.signal }).then(
    (done) => ({ posted: done.posted, accepted: done.received.accepted, code: null }),
    (error: { code?: string }) => ({ posted: 0, accepted: 0, code: error.code }),
  );
  return { ...report, told, large: told.filter(({ total }) => total > SIZE) };
}

test('an interrupt on either way loses a package or repeats it, and a large one comes in silence', async () => {
  const { firm, lead, pickUp } = trio;
  const target = { type: 'file-review', to: [lead.office.id] } as const;
  const document = { source: bufferSource(randomBytes(SIZE)), name: '卷.bin', kind: 'other', mediaType: 'x/y' };
  await send(firm, { target, act: 'submit', form: FILE_REVIEW['submit'] ?? {}, documents: [document] });
  const cut = await syncWatched(firm, 'posting');
  expect([cut.code, cut.large.length, cut.told.every(({ finished }) => finished)]).toEqual(['CANCELLED', 1, true]);
  expect((await syncWatched(lead, null)).accepted).toBe(0);
  const whole = await syncWatched(firm, null);
  expect([whole.code, whole.posted]).toEqual([null, 1]);
  const [drawn] = whole.large;
  expect(drawn?.done.at(-1)).toBe(drawn?.total);
  expect(drawn?.done).toEqual(drawn?.done.toSorted((a, b) => a - b));
  expect((await syncWatched(lead, 'fetching')).code).toBe('CANCELLED');
  const taken = await syncWatched(lead, null);
  expect([taken.code, taken.accepted, taken.large.map(({ way }) => way)]).toEqual([null, 1, ['fetching']]);
  await settle([firm, lead, pickUp]);
  expect((await syncWatched(lead, null)).accepted).toBe(0);
});
