import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type Server, type TLSSocket } from 'node:tls';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { randomMailboxName } from '../../electron/exchange/mailbox-name.ts';
import { openMailMailbox } from '../../electron/exchange/transports/mail-mailbox.ts';
import { makeTlsFiles, type TlsFiles } from '../fixtures/servers/tls-files.ts';

/** A mail server whose certificate is good, and whose answers have no end. */

let dir: string;
let tls: TlsFiles;
let server: Server | null = null;
const MiB = 1024 * 1024;
const MOST = 256 * MiB;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'lexpost-lying-mail-'));
  tls = makeTlsFiles(dir);
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));
afterEach(() => server?.close());

/** Answers as IMAP does, but for one command, which `begin` opens and junk follows. @returns its port, and how much of it was taken */
async function flooding(
  command: string,
  begin: string,
): Promise<{ readonly port: number; readonly taken: () => number }> {
  let sent = 0;
  const junk = Buffer.alloc(MiB, 0x41);
  const flood = (socket: TLSSocket): void => {
    while (sent < MOST && !socket.destroyed) {
      sent += junk.length;
      if (!socket.write(junk)) {
        socket.once('drain', () => flood(socket));
        return;
      }
    }
    socket.destroy();
  };
  const made = createServer({ cert: readFileSync(tls.certificate), key: readFileSync(tls.key) }, (socket) => {
    socket.on('error', () => {});
    socket.write('* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] here\r\n');
    let text = '';
    socket.on('data', (chunk) => {
      const lines = `${text}${chunk.toString('latin1')}`.split('\r\n');
      text = lines.pop() ?? '';
      for (const line of lines) {
        const [tag = '', word = ''] = line.split(' ');
        if (word.toUpperCase() !== command) socket.write(`${tag} OK done\r\n`);
        else {
          socket.write(begin);
          flood(socket);
        }
      }
    });
  });
  server = made;
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  const bound = made.address();
  return { port: typeof bound === 'object' && bound !== null ? bound.port : 0, taken: () => sent };
}

test.each([
  ['a line', '* LIST () "/" '],
  ['a literal of 1 GB', '* LIST () "/" {1000000000}\r\n'],
])('%s without end is taken into memory', async (_title, begin) => {
  const { port, taken } = await flooding('LIST', begin);
  const account = { host: 'localhost', port, security: 'tls', user: 'box', password: 'secret' } as const;
  const mail = { from: 'a@example.org', to: 'b@example.org', inbox: 'INBOX', largest: MiB };
  const mailbox = openMailMailbox({ ...mail, imap: account, smtp: account, trustedCertificates: tls.ca });
  await expect(mailbox.list(randomMailboxName())).rejects.toThrow('ROUTE_');
  expect(taken()).toBeLessThan(64 * MiB);
});
