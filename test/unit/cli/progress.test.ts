import { expect, test } from 'vitest';
import { createProgress } from '../../../electron/cli/progress.ts';
import { createI18n } from '../../../shared/i18n/create-i18n.ts';

const { t } = createI18n('en');

function start(isTTY: boolean) {
  const lines: string[] = [];
  let now = 0;
  const stderr = { isTTY, write: (text: string) => lines.push(text) };
  const progress = createProgress({ stderr, label: 'sealing', t, clock: () => now });
  const at = (time: number, done: number) => {
    now = time;
    progress.update(done, 1000);
  };
  return { lines, progress, at };
}

test('a terminal sees no bar before a second, then one that redraws at most ten times a second and goes away', () => {
  const { lines, progress, at } = start(true);
  at(900, 100);
  expect(lines).toEqual([]);
  at(1000, 250);
  at(1050, 260);
  at(1100, 500);
  expect(lines).toHaveLength(2);
  expect(lines[0]).toBe('\r\u001b[Ksealing  [######..................]  25 %  250 B / 1.0 kB  3 s left');
  progress.finish();
  expect(lines[2]).toBe('\r\u001b[K');
});

test('elsewhere a whole line comes every five seconds, without control characters', () => {
  const { lines, progress, at } = start(false);
  for (const second of [1, 4, 5, 6, 9, 10]) at(second * 1000, second * 50);
  progress.finish();
  expect(lines).toEqual(['sealing  25 %  250 B / 1.0 kB  15 s left\n', 'sealing  50 %  500 B / 1.0 kB  10 s left\n']);
});
