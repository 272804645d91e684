import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { openMailMailbox } from '../../electron/exchange/transports/mail-mailbox.ts';
import { hasMailServer, type MailServer, startMailServer } from '../fixtures/servers/mail-server.ts';
import { makeTlsFiles, type TlsFiles } from '../fixtures/servers/tls-files.ts';
import { describeMailbox, expectCode, refusedBy } from './mailbox-behaviour.ts';

let dir: string;
let tls: TlsFiles;
let server: MailServer;

describe.skipIf(!hasMailServer)('mail, by Exim and Dovecot', () => {
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'lexpost-mail-'));
    tls = makeTlsFiles(dir);
    server = await startMailServer(dir, tls);
  });
  afterAll(async () => {
    await server?.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  const opened = (changes: Partial<MailServer['config']> = {}) => openMailMailbox({ ...server.config, ...changes });
  describeMailbox(() => ({ server, open: () => opened(), largest: 12 * 1024 * 1024, resumes: false }));

  const wrong = (part: 'smtp' | 'imap', changes: Partial<MailServer['config']['smtp']>) => ({
    [part]: { ...server.config[part], ...changes },
  });
  refusedBy('another CA', 'ROUTE_SERVER_NOT_TRUSTED', () => opened({ trustedCertificates: tls.otherCa }));
  refusedBy('a wrong password', 'ROUTE_LOGIN_REFUSED', () =>
    opened({ ...wrong('smtp', { password: 'x' }), ...wrong('imap', { password: 'x' }) }),
  );
  refusedBy('ports where nobody listens', 'ROUTE_UNAVAILABLE', () =>
    opened({ ...wrong('smtp', { port: 9 }), ...wrong('imap', { port: 9 }) }),
  );
  expectCode('a package over our own limit', 'ROUTE_TOO_LARGE', () => opened({ largest: 65_536 }), 70_000);
  expectCode('a package over the server’s limit', 'ROUTE_TOO_LARGE', () => opened({ largest: 60_000_000 }), 40_000_000);
  expectCode('a recipient whom the server does not take', 'ROUTE_READ_ONLY', () => opened({ to: 'x@elsewhere.test' }));
});
