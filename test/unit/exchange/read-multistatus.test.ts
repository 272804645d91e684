import { describe, expect, test } from 'vitest';
import { readMultistatus } from '../../../electron/exchange/transports/read-multistatus.ts';

const listing = (inside: string): string =>
  `<?xml version="1.0"?><D:multistatus xmlns:D="DAV:">${inside}</D:multistatus>`;
const file = (href: string): string =>
  `<D:response><D:href>${href}</D:href><D:propstat><D:prop><D:resourcetype/><D:getcontentlength>5</D:getcontentlength></D:prop></D:propstat></D:response>`;

describe('a listing of a WebDAV server', () => {
  test('names its members', () => {
    expect(readMultistatus(listing(file('/box/a%20b')))).toEqual([
      { path: '/box/a b', isCollection: false, size: 5, modifiedAt: null },
    ]);
  });

  test.each([
    ['countless namespaces', `<x ${Array.from({ length: 100 }, (_, index) => `xmlns:n${index}="u"`).join(' ')}/>`],
    ['countless attributes', `<x ${Array.from({ length: 100 }, (_, index) => `a${index}=""`).join(' ')}/>`],
    ['countless elements', '<x/>'.repeat(400_001)],
    ['entities of its own', '<!DOCTYPE x [<!ENTITY e "e">]>'],
  ])('of %s is taken for one', (_title, inside) => {
    expect(() => readMultistatus(listing(inside))).toThrow('ROUTE_MISBEHAVES');
  });
});
