import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { openS3Mailbox } from '../../electron/exchange/transports/s3-mailbox.ts';
import { hasS3Server, type S3Server, startS3Server } from '../fixtures/servers/s3-server.ts';
import { makeTlsFiles, type TlsFiles } from '../fixtures/servers/tls-files.ts';
import { describeMailbox, describePace, expectCode, refusedBy } from './mailbox-behaviour.ts';

let dir: string;
let tls: TlsFiles;
let server: S3Server;

describe.skipIf(!hasS3Server)('S3, by Ceph', () => {
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'lexpost-s3-'));
    tls = makeTlsFiles(dir);
    server = await startS3Server(dir, tls);
  });
  afterAll(async () => {
    await server?.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  describeMailbox(() => ({ server, open: (life) => openS3Mailbox(server.config, life) }));
  describePace((bandwidth) => openS3Mailbox({ ...server.config, bandwidth }));

  const opened = (changes: Partial<S3Server['config']>) => openS3Mailbox({ ...server.config, ...changes });

  refusedBy('an expired certificate', 'ROUTE_SERVER_NOT_TRUSTED', () => opened({ endpoint: server.expiredEndpoint }));
  refusedBy('another CA', 'ROUTE_SERVER_NOT_TRUSTED', () => opened({ trustedCertificates: tls.otherCa }));
  refusedBy('a wrong secret', 'ROUTE_LOGIN_REFUSED', () => opened({ secretAccessKey: 'wrong' }));
  refusedBy('a bucket that is gone', 'ROUTE_UNAVAILABLE', () => opened({ bucket: 'nowhere' }));
  refusedBy('a port where nobody listens', 'ROUTE_UNAVAILABLE', () => opened({ endpoint: 'https://localhost:9' }));
  refusedBy('a key that may do nothing here', 'ROUTE_READ_ONLY', () => opened(server.readOnlyKeys));
  expectCode('a server that is full', 'ROUTE_FULL', () => opened(server.fullKeys), 200_000);
});
