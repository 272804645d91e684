import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readWindowPlace, writeWindowPlace } from '../../../electron/shell/window-place.ts';

const folder = mkdtempSync(join(tmpdir(), 'lexpost-place-'));
const file = join(folder, 'window.json');
afterAll(() => rmSync(folder, { recursive: true }));
const SCREEN = { x: 0, y: 0, width: 1920, height: 1040 };
const SECOND = { x: 1920, y: 0, width: 1280, height: 1024 };
const USUAL = { width: 1440, height: 900, maximized: false };

test('a place on a screen comes back as it was', async () => {
  const place = { x: 2000, y: 40, width: 1000, height: 700, maximized: true };
  await writeWindowPlace(file, place);
  expect(readWindowPlace(file, [SCREEN, SECOND])).toEqual(place);
});

test('a place on a screen that is gone keeps its size alone', async () => {
  await writeWindowPlace(file, { x: 2000, y: 40, width: 1000, height: 700, maximized: false });
  expect(readWindowPlace(file, [SCREEN])).toEqual({ width: 1000, height: 700, maximized: false });
});

test.each([
  ['a title bar above the screen', { x: 10, y: -50 }],
  ['a window that only its edge is seen of', { x: 1900, y: 10 }],
  ['a window below the screen', { x: 10, y: 1030 }],
])('%s is moved', async (_what, at) => {
  await writeWindowPlace(file, { ...at, width: 1000, height: 700, maximized: false });
  expect(readWindowPlace(file, [SCREEN])).toEqual({ width: 1000, height: 700, maximized: false });
});

test.each(['', 'null', '{"x":1e9}', '{"x":1,"y":1,"width":1,"height":1,"maximized":false}', '[]', '{"x":"1"}'])(
  'a file that says %j is as none',
  (text) => {
    writeFileSync(file, text);
    expect(readWindowPlace(file, [SCREEN])).toEqual(USUAL);
  },
);
