import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type Server, type TLSSocket } from 'node:tls';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Mailbox } from '../../electron/exchange/mailbox.ts';
import { randomMailboxName } from '../../electron/exchange/mailbox-name.ts';
import { openMailMailbox } from '../../electron/exchange/transports/mail-mailbox.ts';
import type { Bytes } from '../../shared/model/brand.ts';
import { makeTlsFiles, type TlsFiles } from '../fixtures/servers/tls-files.ts';

/** A mail server whose certificate is good and whose word is not, or whose answers have no end. */

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

/** Answers as IMAP does, where `lie` does not. @param lie whether it answered the command itself */
async function serving(lie: (socket: TLSSocket, command: string) => boolean): Promise<number> {
  const made = createServer({ cert: readFileSync(tls.certificate), key: readFileSync(tls.key) }, (socket) => {
    socket.on('error', () => {});
    socket.write('* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] here\r\n');
    let text = '';
    socket.on('data', (chunk) => {
      const lines = `${text}${chunk.toString('latin1')}`.split('\r\n');
      text = lines.pop() ?? '';
      for (const line of lines) {
        const [tag = ''] = line.split(' ', 1);
        if (!lie(socket, line.slice(tag.length + 1))) socket.write(`${tag} OK done\r\n`);
      }
    });
  });
  server = made;
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  const bound = made.address();
  return typeof bound === 'object' && bound !== null ? bound.port : 0;
}

function openBox(port: number): Mailbox {
  const account = { host: 'localhost', port, security: 'tls', user: 'box', password: 'secret' } as const;
  const mail = { from: 'a@example.org', to: 'b@example.org', inbox: 'INBOX', largest: MiB };
  return openMailMailbox({ ...mail, imap: account, smtp: account, trustedCertificates: tls.ca });
}

const junk = Buffer.alloc(MiB, 0x41);

test.each([
  ['a line', '* LIST () "/" '],
  ['a literal of 1 GB', '* LIST () "/" {1000000000}\r\n'],
])('%s without end is taken into memory', async (_title, begin) => {
  let taken: Bytes = 0;
  const flood = (socket: TLSSocket): void => {
    while (taken < MOST && !socket.destroyed) {
      taken += junk.length;
      if (!socket.write(junk)) {
        socket.once('drain', () => flood(socket));
        return;
      }
    }
    socket.destroy();
  };
  const port = await serving((socket, command) => {
    if (!command.startsWith('LIST ')) return false;
    socket.write(begin);
    flood(socket);
    return true;
  });
  await expect(openBox(port).list(randomMailboxName())).rejects.toThrow('ROUTE_');
  expect(taken).toBeLessThan(64 * MiB);
});

test.each([
  { says: 100, is: 'without end', code: 'ROUTE_MISBEHAVES', asked: 1 },
  { says: 4_000_000_000, is: 'too large to take', code: 'ROUTE_TOO_LARGE', asked: 0 },
])('a mail $is, of $says bytes by its server’s word, is fetched without a bound', async ({ says, code, asked }) => {
  const [address, name] = [randomMailboxName(), randomMailboxName()];
  const fields = `X-LexPost-Address: ${address}\r\nX-LexPost-Name: ${name}\r\n\r\n`;
  const literal = (text: string): string => `{${text.length}}\r\n${text}`;
  let given = 0;
  const port = await serving((socket, command) => {
    const piece = /BODY\.PEEK\[TEXT\]<(?<start>\d+)\.(?<length>\d+)>/.exec(command)?.groups;
    if (command.startsWith('UID SEARCH')) socket.write('* SEARCH 1\r\n');
    else if (/^(?:SELECT|EXAMINE) /.test(command)) socket.write('* 1 EXISTS\r\n* OK [UIDVALIDITY 1] here\r\n');
    else if (command.includes('BODYSTRUCTURE')) {
      const structure = `("APPLICATION" "PKCS7-MIME" NIL NIL NIL "BASE64" ${says} NIL NIL NIL NIL)`;
      socket.write(`* 1 FETCH (UID 1 BODYSTRUCTURE ${structure})\r\n`);
    } else if (piece !== undefined) {
      const length = Number(piece['length']);
      given += length;
      const header = literal('Content-Transfer-Encoding: base64\r\n\r\n');
      socket.write(
        `* 1 FETCH (UID 1 RFC822.SIZE ${says} BODY[HEADER] ${header} BODY[TEXT]<${piece['start']}> {${length}}\r\n`,
      );
      for (let left = length; left > 0; left -= junk.length) socket.write(junk.subarray(0, left));
      socket.write(')\r\n');
    } else if (command.startsWith('UID FETCH')) {
      const date = '" 1-Nov-2026 00:00:00 +0000"';
      const head = `BODY[HEADER.FIELDS (X-LexPost-Name X-LexPost-Address)] ${literal(fields)}`;
      socket.write(`* 1 FETCH (UID 1 RFC822.SIZE ${says} INTERNALDATE ${date} ${head})\r\n`);
    }
    return false;
  });
  const box = openBox(port);
  expect((await box.list(address)).map((entry) => entry.name)).toEqual([name]);
  await expect(box.open(address, name)).rejects.toMatchObject({ code });
  expect(Math.sign(given)).toBe(asked);
  expect(given).toBeLessThan(32 * MiB);
});
