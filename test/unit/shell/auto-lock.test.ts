import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startAutoLock } from '../../../electron/shell/auto-lock.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function start(rules: { lockAfter: number; lockOnSuspend: boolean } | null) {
  const events = new EventEmitter();
  const locked: string[] = [];
  let idle = 0;
  const monitor = Object.assign(events, { getSystemIdleTime: () => idle });
  const end = startAutoLock({
    monitor: monitor as unknown as Electron.PowerMonitor,
    rules: () => rules,
    lock: (reason) => locked.push(reason),
  });
  const wait = (seconds: number) => {
    idle = seconds;
    vi.advanceTimersByTime(5_000);
  };
  return { events, locked, wait, end };
}

test('it locks when nobody has touched the machine for as long as allowed, and not before', () => {
  const { locked, wait, end } = start({ lockAfter: 10, lockOnSuspend: true });
  wait(599);
  expect(locked).toEqual([]);
  wait(600);
  expect(locked).toEqual(['idle']);
  end();
  wait(700);
  expect(locked).toEqual(['idle']);
});

test('0 minutes is never', () => {
  const { locked, wait, end } = start({ lockAfter: 0, lockOnSuspend: true });
  wait(1_000_000);
  expect(locked).toEqual([]);
  end();
});

test.each(['suspend', 'lock-screen', 'shutdown'])('it locks on %s', (event) => {
  const { events, locked, end } = start({ lockAfter: 10, lockOnSuspend: true });
  events.emit(event);
  expect(locked).toEqual(['suspend']);
  end();
});

test('where suspend is not to lock, shutdown still does', () => {
  const { events, locked, end } = start({ lockAfter: 10, lockOnSuspend: false });
  events.emit('suspend');
  events.emit('lock-screen');
  expect(locked).toEqual([]);
  events.emit('shutdown');
  expect(locked).toEqual(['suspend']);
  end();
});

test('nothing is locked while no vault is open', () => {
  const { events, locked, wait, end } = start(null);
  wait(1_000_000);
  for (const event of ['suspend', 'lock-screen', 'shutdown']) events.emit(event);
  expect(locked).toEqual([]);
  end();
});
