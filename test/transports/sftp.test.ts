import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SFTPWrapper } from 'ssh2';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openLayoutMailbox } from '../../electron/exchange/layout-mailbox.ts';
import { IN_PAIRS } from '../../electron/exchange/send-parts.ts';
import { openSftpStore } from '../../electron/exchange/transports/sftp-store.ts';
import { bufferSource } from '../../electron/files/bytes.ts';
import { hasSftpServer, type SftpServer, startSftpServer } from '../fixtures/servers/sftp-server.ts';
import { describeMailbox, describePace, expectCode, refusedBy } from './mailbox-behaviour.ts';

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
  describePace((bandwidth) => openLayoutMailbox(openSftpStore({ ...server.config, bandwidth })));

  const opened = (changes: Partial<SftpServer['config']>) =>
    openLayoutMailbox(openSftpStore({ ...server.config, ...changes }));

  refusedBy('another host key', 'ROUTE_SERVER_NOT_TRUSTED', () => opened({ hostKey: `SHA256:${'A'.repeat(43)}` }));
  refusedBy('a wrong password', 'ROUTE_LOGIN_REFUSED', () => {
    const { privateKey: _, ...rest } = server.config;
    return openLayoutMailbox(openSftpStore({ ...rest, password: 'wrong' }));
  });
  refusedBy('a root that is gone', 'ROUTE_UNAVAILABLE', () => opened({ root: join(dir, 'nowhere') }));
  refusedBy('a port where nobody listens', 'ROUTE_UNAVAILABLE', () => opened({ port: 9 }));
  test('a part whose sync the disk refused is taken for kept, because bytes after it arrived', async () => {
    const { SFTP } = createRequire(import.meta.url)('ssh2/lib/protocol/SFTP.js') as {
      SFTP: { prototype: SFTPWrapper };
    };
    const store = openSftpStore(server.config);
    const content = randomBytes(3 * IN_PAIRS.part + 1000);
    let asked = 0;
    const refusal = vi.spyOn(SFTP.prototype, 'ext_openssh_fsync').mockImplementation((_, done) => {
      asked++;
      setTimeout(() => done(Object.assign(new Error('Failure'), { code: 4 }), undefined), 50);
    });
    await expect(store.upload('refused', bufferSource(content))).rejects.toMatchObject({ code: 'ROUTE_FULL' });
    refusal.mockRestore();
    expect(asked).toBe(IN_PAIRS.abreast);
    const stored = join(dir, 'root', 'refused');
    expect(statSync(stored).size).toBe(0);
    await store.upload('refused', bufferSource(content));
    expect(readFileSync(stored).equals(content)).toBe(true);
    await store.close();
  });

  expectCode('a server that lets nobody write', 'ROUTE_READ_ONLY', () => opened({ port: server.readOnlyPort }));
});
