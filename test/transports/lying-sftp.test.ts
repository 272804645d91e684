import { createHash, generateKeyPairSync } from 'node:crypto';
import ssh2, { type Attributes, type Server, type SFTPWrapper } from 'ssh2';
import { afterEach, describe, expect, test } from 'vitest';
import { openLayoutMailbox } from '../../electron/exchange/layout-mailbox.ts';
import type { Mailbox } from '../../electron/exchange/mailbox.ts';
import { randomMailboxName } from '../../electron/exchange/mailbox-name.ts';
import { openSftpStore } from '../../electron/exchange/transports/sftp-store.ts';
import { bufferSource, readAll } from '../../electron/files/bytes.ts';

/** An SFTP server whose host key is the pinned one and whose word is not. */

const STATUS = { ok: 0, eof: 1, noSuchFile: 2 } as const;
const [FILE, FOLDER] = [0o100644, 0o40755];
const [address, name] = [randomMailboxName(), randomMailboxName()];
const handle = Buffer.from('h');
const { privateKey } = generateKeyPairSync('ec', {
  namedCurve: 'P-256',
  privateKeyEncoding: { type: 'sec1', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

const flood = Array.from({ length: 1000 }, () => [randomMailboxName(), FILE] as const);

let server: Server | null = null;
afterEach(() => {
  server?.close();
  server = null;
});

interface Lie {
  /** Names by the number of the answer, from 0; null: no more. */
  readonly names?: (answer: number) => readonly (readonly [name: string, mode: number])[] | null;
  /** What it says of the length of any file. */
  readonly size?: number;
  /** Bytes that it gives to whoever reads, whatever was asked for. */
  readonly content?: (position: number, length: number) => Buffer | null;
}

const attributes = (mode: number, size: number): Attributes => ({
  mode,
  uid: 0,
  gid: 0,
  size,
  atime: 0,
  mtime: 1_790_000_000,
});

function lie(sftp: SFTPWrapper, { names = () => null, size = 0, content = () => null }: Lie): void {
  let answers = 0;
  sftp.on('OPENDIR', (id) => {
    answers = 0;
    sftp.handle(id, handle);
  });
  sftp.on('READDIR', (id) => {
    const next = names(answers++);
    if (next === null) sftp.status(id, STATUS.eof);
    else
      sftp.name(
        id,
        next.map(([filename, mode]) => ({ filename, longname: filename, attrs: attributes(mode, size) })),
      );
  });
  sftp.on('OPEN', (id) => sftp.handle(id, handle));
  for (const event of ['STAT', 'LSTAT', 'FSTAT'] as const)
    sftp.on(event, (id: number) => sftp.attrs(id, attributes(FILE, size)));
  sftp.on('READ', (id, _, position, length) => {
    const bytes = content(position, length);
    if (bytes === null) sftp.status(id, STATUS.eof);
    else sftp.data(id, bytes);
  });
  for (const event of ['WRITE', 'CLOSE', 'MKDIR', 'REMOVE', 'SETSTAT', 'EXTENDED'] as const) {
    sftp.on(event as 'CLOSE', (id: number) => sftp.status(id, STATUS.ok));
  }
}

async function boxAt(lies: Lie): Promise<Mailbox> {
  const made = new ssh2.Server({ hostKeys: [privateKey] }, (client) => {
    client.on('error', () => {});
    // Its types leave the method out.
    (client as unknown as { setNoDelay: (on: boolean) => void }).setNoDelay(true);
    client.on('authentication', (asked) => asked.accept());
    client.on('session', (accept) => {
      accept().on('sftp', (start) => lie(start(), lies));
    });
  });
  server = made;
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  const bound = made.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  const key = ssh2.utils.parseKey(privateKey);
  if (key instanceof Error || Array.isArray(key)) throw new Error('host key');
  const digest = createHash('sha256').update(key.getPublicSSH()).digest('base64').replace(/=+$/, '');
  const config = { host: '127.0.0.1', port, user: 'box', root: '/box', password: 'secret' };
  return openLayoutMailbox(openSftpStore({ ...config, hostKey: `SHA256:${digest}` }));
}

describe('an SFTP server that lies', () => {
  test('about names: what is not a mailbox’s own entry is never listed', async () => {
    const forged = [
      ['../../etc/passwd', FILE],
      [`../${name}`, FILE],
      [`${name}/deeper`, FILE],
      [`${name}.exe`, FILE],
      [name.toUpperCase(), FILE],
      [`${name}\0`, FILE],
      [randomMailboxName(), FOLDER],
      [randomMailboxName(), 0o120777],
    ] as const;
    const box = await boxAt({ names: (answer) => (answer === 0 ? forged : null) });
    expect(await box.list(address)).toEqual([]);
    await box.close();
  });

  test.each([
    ['names', () => flood],
    ['answers that name nothing but the folder', () => [['.', FOLDER] as const]],
  ])('without end in its %s is cut off', async (_, names) => {
    const box = await boxAt({ names });
    await expect(box.list(address)).rejects.toMatchObject({ code: 'ROUTE_MISBEHAVES' });
    await box.close();
  });

  test('that says a package arrived and keeps nothing is not believed', async () => {
    const box = await boxAt({ size: 3 });
    const put = box.put(address, name, bufferSource(Buffer.from('sealed')));
    await expect(put).rejects.toMatchObject({ code: 'ROUTE_MISBEHAVES' });
    await box.close();
  });

  test.each([
    [
      'names more bytes than it gives',
      (position: number, length: number) => (position === 0 ? Buffer.alloc(Math.min(length, 7)) : null),
    ],
    ['gives nothing at all', () => null],
  ])('that %s is told so', async (_, content) => {
    const box = await boxAt({ size: 100, content });
    const source = await box.open(address, name);
    if (source === null) throw new Error('not there');
    await expect(readAll(source, 1000)).rejects.toMatchObject({ code: 'ROUTE_MISBEHAVES' });
    await box.close();
  });
});
