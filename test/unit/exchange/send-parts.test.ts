import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IN_PAIRS, IN_TURN, type Parts, resumeOffset, sendParts } from '../../../electron/exchange/send-parts.ts';

const SIZE = 103;
const PART = 10;

/** A far end that takes the bytes of the parts under way in any order, and keeps for good only what was confirmed. */
async function play(schedule: readonly number[], parts: Parts): Promise<{ length: number; durable: Set<number> }> {
  const held = new Set<number>();
  const durable = new Set<number>();
  const sending: { start: number; end: number; next: number; done: () => void }[] = [];
  const sent = sendParts(0, SIZE, parts, (start, end) => {
    return new Promise<void>((resolve) => sending.push({ start, end, next: start, done: resolve }));
  });
  for (const choice of schedule) {
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    const one = sending[choice % Math.max(1, sending.length)];
    if (one === undefined) break;
    if (one.next < one.end) held.add(one.next++);
    else {
      for (let at = one.start; at < one.end; at++) durable.add(at);
      sending.splice(sending.indexOf(one), 1);
      one.done();
    }
  }
  sent.catch(() => {});
  return { length: held.size === 0 ? 0 : Math.max(...held) + 1, durable };
}

test.each([1, 2, 3])(
  'with %i parts at once, the length of what lies there vouches for no byte that is not kept',
  async (abreast) => {
    const parts = { part: PART, abreast };
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(20), { maxLength: 2 * SIZE }), async (schedule) => {
        const { length, durable } = await play(schedule, parts);
        const offset = resumeOffset(length, SIZE, parts);
        for (let at = 0; at < offset; at++) expect(durable.has(at)).toBe(true);
        expect(length - offset).toBeLessThanOrEqual((abreast + 1) * PART);
      }),
      { numRuns: 500 },
    );
  },
);

test('after a part that failed none begins, and the call ends when all have', async () => {
  const begun: number[] = [];
  let ended = false;
  const sent = sendParts(0, 100, { part: PART, abreast: 2 }, async (start) => {
    begun.push(start);
    if (start === 20) throw new Error('cut');
    await new Promise((resolve) => setTimeout(resolve, 20));
    ended = start === 30 || ended;
  });
  await expect(sent).rejects.toThrow('cut');
  expect([begun, ended]).toEqual([[0, 10, 20, 30], true]);
});

test('a length that no upload of this size left begins anew', () => {
  expect([resumeOffset(0, 50, IN_TURN), resumeOffset(51, 50, IN_TURN)]).toEqual([0, 0]);
});

test.each([IN_TURN, IN_PAIRS])('a cut of %o costs at most 32 MiB', ({ part, abreast }) => {
  expect((abreast + 1) * part).toBeLessThanOrEqual(32 * 1024 * 1024);
});
