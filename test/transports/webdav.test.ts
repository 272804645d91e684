import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { openLayoutMailbox } from '../../electron/exchange/layout-mailbox.ts';
import { openWebdavStore } from '../../electron/exchange/transports/webdav-store.ts';
import { makeTlsFiles, type TlsFiles } from '../fixtures/servers/tls-files.ts';
import { hasWebdavServer, startWebdavServer, type WebdavServer } from '../fixtures/servers/webdav-server.ts';
import { describeMailbox, describePace, expectCode, refusedBy } from './mailbox-behaviour.ts';

let dir: string;
let tls: TlsFiles;
let server: WebdavServer;

describe.skipIf(!hasWebdavServer)('WebDAV over TLS, by Apache', () => {
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'lexpost-dav-'));
    mkdirSync(join(dir, 'root'));
    tls = makeTlsFiles(dir);
    server = await startWebdavServer(dir, join(dir, 'root'), tls);
  });
  afterAll(async () => {
    await server?.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  describeMailbox(() => ({ server, open: (life) => openLayoutMailbox(openWebdavStore(server.config), life) }));
  describePace((bandwidth) => openLayoutMailbox(openWebdavStore({ ...server.config, bandwidth })));

  const opened = (changes: Partial<WebdavServer['config']>) =>
    openLayoutMailbox(openWebdavStore({ ...server.config, ...changes }));

  refusedBy('an expired certificate', 'ROUTE_SERVER_NOT_TRUSTED', () => opened({ url: server.expiredUrl }));
  refusedBy('another CA', 'ROUTE_SERVER_NOT_TRUSTED', () => opened({ trustedCertificates: tls.otherCa }));
  refusedBy('a wrong password', 'ROUTE_LOGIN_REFUSED', () => opened({ password: 'wrong' }));
  refusedBy('a root that is gone', 'ROUTE_UNAVAILABLE', () => opened({ url: `${server.config.url}nowhere/` }));
  refusedBy('a port where nobody listens', 'ROUTE_UNAVAILABLE', () => opened({ url: 'https://localhost:9/' }));
  expectCode('a server that lets nobody write', 'ROUTE_READ_ONLY', () => opened({ url: server.readOnlyUrl }));
});
