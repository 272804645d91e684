import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isPathComponent, resolveWithin } from '../../../electron/files/safe-path.ts';

describe('a name becomes a path only as one plain component', () => {
  test('a plain name stands under its root', () => {
    expect(resolveWithin('/tmp/x', '1-委托书.pdf')).toBe(join(resolve('/tmp/x'), '1-委托书.pdf'));
  });

  test.each([
    '..',
    '.',
    '',
    'a/b',
    '../a',
    'a\\b',
    'C:a',
    'a:stream',
    'a\u0000b',
    'a\nb',
    'con',
    'NUL.txt',
    'com1',
    'name.',
    'name ',
    'a?',
    '\ud800',
    'x'.repeat(256),
  ])('%j is refused', (name) => {
    expect(isPathComponent(name)).toBe(false);
    expect(() => resolveWithin('/tmp/x', name)).toThrow(expect.objectContaining({ code: 'PATH_REFUSED' }));
  });

  test('every component is checked, not only the last', () => {
    expect(() => resolveWithin('/tmp/x', '..', 'etc')).toThrow(expect.objectContaining({ code: 'PATH_REFUSED' }));
  });
});
