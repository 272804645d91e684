import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { openLayoutMailbox } from '../../electron/exchange/layout-mailbox.ts';
import { openSftpStore } from '../../electron/exchange/transports/sftp-store.ts';
import { hasSftpServer, type SftpServer, startSftpServer } from '../fixtures/servers/sftp-server.ts';
import { describeMailbox, expectCode, refusedBy } from './mailbox-behaviour.ts';

let dir: string;
let server: SftpServer;

describe.skipIf(!hasSftpServer)('SFTP, by OpenSSH', () => {
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'lexpost-sftp-'));
    mkdirSync(join(dir, 'root'));
    server = await startSftpServer(dir, join(dir, 'root'));
  });
  afterAll(async () => {
    await server?.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  describeMailbox(() => ({ server, open: (life) => openLayoutMailbox(openSftpStore(server.config), life) }));

  const opened = (changes: Partial<SftpServer['config']>) =>
    openLayoutMailbox(openSftpStore({ ...server.config, ...changes }));

  refusedBy('another host key', 'ROUTE_SERVER_NOT_TRUSTED', () => opened({ hostKey: `SHA256:${'A'.repeat(43)}` }));
  refusedBy('a wrong password', 'ROUTE_LOGIN_REFUSED', () => {
    const { privateKey: _, ...rest } = server.config;
    return openLayoutMailbox(openSftpStore({ ...rest, password: 'wrong' }));
  });
  refusedBy('a root that is gone', 'ROUTE_UNAVAILABLE', () => opened({ root: join(dir, 'nowhere') }));
  refusedBy('a port where nobody listens', 'ROUTE_UNAVAILABLE', () => opened({ port: 9 }));
  expectCode('a server that lets nobody write', 'ROUTE_READ_ONLY', () => opened({ port: server.readOnlyPort }));
});
