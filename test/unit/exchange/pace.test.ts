import { expect, test } from 'vitest';
import { createPace, type PaceClock } from '../../../electron/exchange/pace.ts';
import { readPieces } from '../../../electron/exchange/read-pieces.ts';
import { sendParts } from '../../../electron/exchange/send-parts.ts';
import type { ByteSource } from '../../../electron/files/bytes.ts';

const KiB = 1024;
const PIECE = 512 * KiB;
const BANDWIDTH = 1000 * KiB;

/** A clock that goes on to the next sleeper's time once nobody has anything else to do. */
function fakeClock(): PaceClock & { readonly run: (task: Promise<unknown>) => Promise<void> } {
  let time = 1_000_000;
  const sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  return {
    now: () => time,
    sleep: (duration) => new Promise<void>((wake) => sleepers.push({ at: time + duration, wake })),
    run: async (task) => {
      let isOver = false;
      const over = task.finally(() => {
        isOver = true;
      });
      over.catch(() => {});
      while (!isOver) {
        await new Promise((resolve) => setImmediate(resolve));
        const next = sleepers.sort((a, b) => b.at - a.at).pop();
        if (next === undefined) continue;
        time = next.at;
        next.wake();
      }
      await over;
    },
  };
}

test.each([1, 2, 4])('%i parts at once hand out more together than the bandwidth gives', async (abreast) => {
  const clock = fakeClock();
  const pace = createPace(BANDWIDTH, clock);
  const size = 40 * PIECE;
  const begun = clock.now();
  const handed: { readonly at: number; readonly before: number }[] = [];
  let sum = 0;
  const source: ByteSource = {
    size,
    read: async (target) => {
      handed.push({ at: clock.now() - begun, before: sum });
      sum += target.length;
      return target.length;
    },
    close: async () => {},
  };
  await clock.run(
    sendParts(0, size, { part: 4 * PIECE, abreast }, async (start, end) => {
      for await (const piece of readPieces(source, start, end, pace, undefined)) expect(piece).toHaveLength(PIECE);
    }),
  );
  expect(sum).toBe(size);
  for (const { at, before } of handed) expect(before).toBeLessThanOrEqual((BANDWIDTH * at) / 1000 + 1);
  // And it is used up: only the last piece waits for nobody.
  expect(clock.now() - begun).toBeCloseTo(((size - PIECE) / BANDWIDTH) * 1000, 3);
});

test('a pause lets more through afterwards', async () => {
  const clock = fakeClock();
  const pace = createPace(BANDWIDTH, clock);
  await clock.run(clock.sleep(60_000));
  const begun = clock.now();
  await clock.run(Promise.all(Array.from({ length: 5 }, () => pace(PIECE))));
  expect(clock.now() - begun).toBeCloseTo(((4 * PIECE) / BANDWIDTH) * 1000, 3);
});
