import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { randomMailboxName } from '../../electron/exchange/mailbox-name.ts';
import { openMailMailbox } from '../../electron/exchange/transports/mail-mailbox.ts';
import { bufferSource } from '../../electron/files/bytes.ts';
import { hasMailServer, type MailServer, QUOTA, startMailServer } from '../fixtures/servers/mail-server.ts';
import { runCommand } from '../fixtures/servers/processes.ts';
import { makeTlsFiles, type TlsFiles } from '../fixtures/servers/tls-files.ts';
import { arrived, describeMailbox, expectCode, refusedBy } from './mailbox-behaviour.ts';

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

  test('a box that is full refuses mail by its quota, is emptied by its owner all the same, and takes mail again', async () => {
    const box = openMailMailbox(server.smallConfig);
    const [address, name, next] = [randomMailboxName(), randomMailboxName(), randomMailboxName()];
    const put = (as: string) => box.put(address, as, bufferSource(randomBytes(QUOTA)));
    await put(name);
    await arrived(box, address);
    await expect(put(next)).rejects.toMatchObject({ code: 'ROUTE_FULL' });
    expect(await box.claim(address, name, randomMailboxName())).toBe(true);
    const source = await box.open(address, name);
    expect(source?.size).toBe(QUOTA);
    await box.remove(address, name);
    expect(await box.list(address)).toEqual([]);
    await put(next);
    expect((await arrived(box, address)).map((entry) => entry.name)).toEqual([next]);
    await box.remove(address, next);
    await box.close();
  });

  test('forged fields name nothing: only what is whole in address and name is listed', async () => {
    const [address, name] = [randomMailboxName(), randomMailboxName()];
    const folder = join(server.maildir, 'new');
    mkdirSync(folder, { recursive: true });
    const deliver = (to: string, as: string): void =>
      writeFileSync(
        join(folder, randomMailboxName()),
        `X-LexPost-Address: ${to}\nX-LexPost-Name: ${as}\nContent-Transfer-Encoding: base64\n\nc2VhbGVk\n`,
      );
    for (const as of ['', '../../etc/passwd', `${name}.exe`, `${name}/deeper`, name.toUpperCase()])
      deliver(address, as);
    deliver(`${address}x`, randomMailboxName());
    deliver(address, name);
    runCommand('chown', ['-R', 'Debian-exim:Debian-exim', server.maildir]);
    const box = opened();
    expect((await box.list(address)).map((entry) => entry.name)).toEqual([name]);
    await box.close();
  });
});
