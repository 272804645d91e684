import { expect, test } from 'vitest';
import type { CardRoute } from '../../../../shared/model/office-card.ts';
import { proposedRoutes } from '../../../../shared/model/proposed-routes.ts';

const offered = (kind: CardRoute['kind'], locator: string): boolean => proposedRoutes([{ kind, locator }]).length === 1;

test('https and sftp to public names are offered', () => {
  expect(offered('sftp', 'sftp://exchange.example.org:2222/in')).toBe(true);
  expect(offered('webdav', 'https://dav.example.org/lexpost/')).toBe(true);
  expect(offered('s3', 'https://s3.example.org')).toBe(true);
});

test.each([
  ['folder', '\\\\server\\share'],
  ['folder', '//server/share'],
  ['folder', 'file:///etc'],
  ['folder', 'https://dav.example.org/'],
  ['webdav', 'http://dav.example.org/'],
  ['webdav', 'https://10.0.0.1/'],
  ['webdav', 'https://2130706433/'],
  ['webdav', 'https://0x7f.1/'],
  ['webdav', 'https://[::1]/'],
  ['webdav', 'https://router/'],
  ['webdav', 'https://nas.local/'],
  ['webdav', 'https://a.home.arpa/'],
  ['webdav', 'https://user:word@dav.example.org/'],
  ['webdav', 'https://dav.example.org/?next=x'],
  ['webdav', 'https://dav.example.org\\@intern/'],
  ['webdav', ' https://dav.example.org/'],
  ['sftp', 'https://dav.example.org/'],
  ['sftp', 'sftp://localhost/'],
  ['mail', 'smtp://mail.example.org'],
] as const)('%s %s is not even offered', (kind, locator) => {
  expect(offered(kind, locator)).toBe(false);
});
