import { expect, test } from 'vitest';
import { toRouteConfig } from '../../../../renderer/features/settings/to-route-config.ts';

test('a proposed route fills in what its locator says and no secret', () => {
  expect(toRouteConfig({ kind: 'sftp', locator: 'sftp://files.example.org:2222/inbox' })).toEqual({
    kind: 'sftp',
    config: { host: 'files.example.org', port: 2222, root: '/inbox' },
  });
  expect(toRouteConfig({ kind: 'webdav', locator: 'https://dav.example.org/lexpost' }).config).toEqual({
    url: 'https://dav.example.org/lexpost',
  });
  expect(toRouteConfig({ kind: 's3', locator: 'https://s3.example.org/bucket' }).config).toEqual({
    endpoint: 'https://s3.example.org',
  });
  expect(toRouteConfig({ kind: 'sftp', locator: 'nonsense' }).config).toEqual({});
});
