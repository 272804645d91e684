import { describe, expect, test } from 'vitest';
import { toDays } from '../../../../renderer/features/matter/to-days.ts';
import type { TimelineEntry } from '../../../../shared/ipc/channels/matter.ts';
import type { Instant } from '../../../../shared/model/brand.ts';
import { messageOf } from '../../../fixtures/fake-bridge/matter.ts';

const message = (seed: number, change: Parameters<typeof messageOf>[1]) => messageOf(seed, { pos: null, ...change });
const at = (text: string): Instant => new Date(`${text}+08:00`).toISOString() as Instant;
const clock = (on: string, m: ReturnType<typeof messageOf>['m'] | null = null): TimelineEntry => ({
  kind: 'clock',
  on,
  clock: 'issue',
  event: 'paused',
  m,
});
const shown = (timeline: readonly TimelineEntry[]) =>
  toDays(timeline).map(({ day, entries }) => [
    day,
    entries.map(({ entry, at: time }) => [entry.kind === 'message' ? entry.m.slice(0, 4) : entry.event, time]),
  ]);
/** Messages and clocks alone, of whatever day. */
const order = (timeline: readonly TimelineEntry[]): string[] =>
  toDays(timeline).flatMap(({ entries }) =>
    entries.map(({ entry }) => (entry.kind === 'message' ? nameOf(entry) : entry.clock)),
  );
const nameOf = ({ m }: ReturnType<typeof messageOf>): string => m.slice(0, 4);

describe('a timeline by day', () => {
  test('has the newest day and the newest message of a day first', () => {
    const [first, second, third] = [
      message(1, { own: true, createdAt: at('2026-11-20T09:00') }),
      message(2, { own: true, createdAt: at('2026-11-21T10:00') }),
      message(3, { own: true, createdAt: at('2026-11-21T11:30') }),
    ];
    expect(shown([first, second, third])).toEqual([
      [
        '2026-11-21',
        [
          [nameOf(third), '11:30'],
          [nameOf(second), '10:00'],
        ],
      ],
      ['2026-11-20', [[nameOf(first), '09:00']]],
    ]);
  });

  test('counts days in Shanghai, not in UTC', () => {
    const late = message(1, { own: true, createdAt: '2026-11-20T16:30:00.000Z' as Instant });
    expect(shown([late])).toEqual([['2026-11-21', [[nameOf(late), '00:30']]]]);
  });

  test('takes ours when they were signed, theirs when they came', () => {
    const times = { createdAt: at('2026-11-19T08:00'), storedAt: at('2026-11-20T09:15') };
    expect(shown([message(1, { own: true, ...times })])[0]?.[0]).toBe('2026-11-19');
    expect(shown([message(1, { own: false, ...times })])[0]?.[0]).toBe('2026-11-20');
  });

  test('puts what a message did to a clock right above the message, and other clock events without a time', () => {
    const cause = message(1, { own: true, createdAt: at('2026-11-20T09:00') });
    const later = message(2, { own: true, createdAt: at('2026-11-20T15:00') });
    expect(shown([cause, clock('2026-11-20', cause.m), later])).toEqual([
      [
        '2026-11-20',
        [
          [nameOf(later), '15:00'],
          ['paused', '09:00'],
          [nameOf(cause), '09:00'],
        ],
      ],
    ]);
    expect(shown([clock('2026-11-23')])).toEqual([['2026-11-23', [['paused', null]]]]);
  });

  test('has messages of one minute with the newest first, and what one did to a clock right above it', () => {
    const asked = message(1, { createdAt: at('2026-11-24T23:01:05'), pos: 2 });
    const answered = message(2, { own: true, createdAt: at('2026-11-24T23:01:40'), pos: 3 });
    const opened = message(3, { own: true, createdAt: at('2026-11-24T22:59:00'), pos: 1 });
    expect(order([asked, answered, opened, clock('2026-11-24T23:01', asked.m)])).toEqual([
      nameOf(answered),
      'issue',
      nameOf(asked),
      nameOf(opened),
    ]);
  });

  test('is the order of the lead at both offices, also where a message came later than it was counted', () => {
    // The firm signed its complaint before the decision came; the lead had decided first.
    const both = (decided: Instant, complained: Instant, isFirm: boolean): string[] => {
      const decision = message(1, { own: !isFirm, createdAt: decided, pos: 2 });
      const complaint = message(2, { own: isFirm, createdAt: complained, pos: 3 });
      return order([decision, complaint]).map((name) => (name === nameOf(decision) ? 'decision' : 'complaint'));
    };
    expect(both(at('2026-11-24T10:30'), at('2026-11-24T10:20'), true)).toEqual(['complaint', 'decision']);
    expect(both(at('2026-11-24T10:15'), at('2026-11-24T10:40'), false)).toEqual(['complaint', 'decision']);
  });

  test('has what is not counted yet where it came, and a clock event of a day alone above that day', () => {
    const opened = message(1, { own: true, createdAt: at('2026-11-24T09:00'), pos: 1 });
    const waiting = message(2, { own: true, createdAt: at('2026-11-24T11:00') });
    expect(order([opened, waiting, clock('2026-11-24')])).toEqual(['issue', nameOf(waiting), nameOf(opened)]);
  });

  test('has nothing where nothing happened, and names every entry differently', () => {
    expect(toDays([])).toEqual([]);
    const keys = toDays([clock('2026-11-23'), clock('2026-11-23')]).flatMap(({ entries }) =>
      entries.map(({ key }) => key),
    );
    expect(new Set(keys).size).toBe(2);
  });
});
