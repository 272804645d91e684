import { expect, test } from 'vitest';
import { toDays } from '../../../renderer/features/matter/to-days.ts';
import type { TimelineEntry, TimelineMessage } from '../../../shared/ipc/channels/matter.ts';

/** Times are given in Shanghai. */
const at = (time: string): string => new Date(`2026-11-24T${time}+08:00`).toISOString();
const message = (m: string, own: boolean, time: string, pos: number | null): TimelineMessage =>
  ({ kind: 'message', m, own, pos, createdAt: at(time), storedAt: at(time) }) as unknown as TimelineMessage;
const started = (clock: string, m: string | null, on: string): TimelineEntry =>
  ({ kind: 'clock', clock, event: 'started', m, on }) as unknown as TimelineEntry;

const order = (timeline: readonly TimelineEntry[]): string[] =>
  toDays(timeline).flatMap(({ entries }) =>
    entries.map(({ entry }) => (entry.kind === 'message' ? (entry.m as string) : entry.clock)),
  );

test('messages of one minute stand with the newest first, and what one did to a clock right above it', () => {
  const timeline = [
    message('asked', false, '23:01:05', 2),
    message('answered', true, '23:01:40', 3),
    message('opened', true, '22:59:00', 1),
    started('supplement', 'asked', '2026-11-24T23:01'),
  ];
  expect(order(timeline)).toEqual(['answered', 'supplement', 'asked', 'opened']);
});

test('both offices show the order of the lead, also where a message came later than it was counted', () => {
  // The firm signed its complaint before the decision came; the lead had decided first.
  const firm = [message('decision', false, '10:30:00', 2), message('complaint', true, '10:20:00', 3)];
  const lead = [message('decision', true, '10:15:00', 2), message('complaint', false, '10:40:00', 3)];
  expect(order(firm)).toEqual(['complaint', 'decision']);
  expect(order(lead)).toEqual(['complaint', 'decision']);
});

test('what is not counted yet stands where it came, and a clock event of a day alone above that day', () => {
  const timeline = [
    message('opened', true, '09:00:00', 1),
    message('waiting', true, '11:00:00', null),
    started('arrange', null, '2026-11-24'),
  ];
  expect(order(timeline)).toEqual(['arrange', 'waiting', 'opened']);
});
