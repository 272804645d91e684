import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startReminderClock } from '../../../electron/shell/reminder-clock.ts';
import type { Instant } from '../../../shared/model/brand.ts';

const START = Date.parse('2026-11-24T02:20:00.000Z');
const after = (minutes: number): Instant => new Date(START + minutes * 60_000).toISOString() as Instant;
const pass = (minutes: number): unknown => vi.advanceTimersByTime(minutes * 60_000);

let due: number[];
beforeEach(() => {
  vi.useFakeTimers({ now: START });
  due = [];
});
afterEach(() => vi.useRealTimers());
const start = () =>
  startReminderClock(
    () => new Date(),
    (count) => due.push(count),
  );

test('tells of each reminder once, in its minute, and of none that was past when it was kept', () => {
  start().keep([after(-5), after(30), after(90), after(90)]);
  pass(29);
  expect(due).toEqual([]);
  pass(1);
  expect(due).toEqual([1]);
  pass(24 * 60);
  expect(due).toEqual([1, 2]);
});

test('forgets what was cancelled', () => {
  const clock = start();
  clock.keep([after(30), after(60)]);
  clock.keep([after(60)]);
  pass(59);
  expect(due).toEqual([]);
  clock.keep([]);
  pass(60);
  expect(due).toEqual([]);
});

test('a time beyond the reach of a timer does not come at once', () => {
  start().keep([after(60 * 24 * 40)]);
  pass(60 * 24 * 39);
  expect(due).toEqual([]);
  pass(60 * 24);
  expect(due).toEqual([1]);
});

test('a computer that slept through it is told within a minute of waking', () => {
  start().keep([after(30)]);
  vi.setSystemTime(START + 8 * 3600_000);
  pass(1);
  expect(due).toEqual([1]);
});
