import { expect, test } from 'vitest';
import { readProposals } from '../../../electron/shell/proposals.ts';

const link = (file: string) => `lexpost://import?file=${encodeURIComponent(file)}`;

test('files of the formats we open are proposed, from a double click or a link', () => {
  const argv = ['/in/a.lexpost.p7m', link('/in/b.ASICE'), '--flag', '/in/c.pdf', 'relative.p7m'];
  expect(readProposals(argv)).toEqual(['/in/a.lexpost.p7m', '/in/b.ASICE']);
});

test.each([
  ['an act', `${link('/in/a.p7m')}&act=sign`],
  ['an act instead of a file', 'lexpost://import?act=sign'],
  ['two files', `${link('/in/a.p7m')}&file=%2Fin%2Fb.p7m`],
  ['another verb', link('/in/a.p7m').replace('import', 'sign')],
  ['a path behind the verb', 'lexpost://import/sign?file=%2Fin%2Fa.p7m'],
  ['a UNC path', link('\\\\server\\share\\a.p7m')],
  ['a UNC path with slashes', link('//server/share/a.p7m')],
  ['a device path', link('\\\\?\\C:\\a.p7m')],
  ['an address', link('https://example.com/a.p7m')],
  ['a NUL', link('/in/a.pdf\0.p7m')],
  ['another ending', link('/etc/passwd')],
  ['a path without end', link(`/${'a'.repeat(5000)}.p7m`)],
  ['no address at all', 'lexpost://%'],
])('a link with %s proposes nothing', (_what, argument) => {
  expect(readProposals([argument])).toEqual([]);
});

test('twenty at once at most', () => {
  expect(readProposals(Array.from({ length: 500 }, (_, index) => `/in/${index}.p7m`))).toHaveLength(20);
});
