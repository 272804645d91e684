import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Mailbox } from '../../electron/exchange/mailbox.ts';
import { randomMailboxName } from '../../electron/exchange/mailbox-name.ts';
import { openMailMailbox } from '../../electron/exchange/transports/mail-mailbox.ts';
import { bufferSource, readAll } from '../../electron/files/bytes.ts';
import { setChannel } from '../../electron/usecases/set-channel.ts';
import { showMessage } from '../../electron/usecases/show-message.ts';
import { sync } from '../../electron/usecases/sync.ts';
import type { Bytes } from '../../shared/model/brand.ts';
import type { MailConfig } from '../../shared/model/channel-config.ts';
import { createLab, send, syncAll } from '../fixtures/exchange-lab.ts';
import { FILE_REVIEW } from '../fixtures/forms.ts';
import { type CuttingProxy, startCuttingProxy } from '../fixtures/servers/cutting-proxy.ts';
import { hasMailServer, type MailServer, startMailServer } from '../fixtures/servers/mail-server.ts';
import { makeTlsFiles } from '../fixtures/servers/tls-files.ts';
import { createRandom } from '../fuzz/random.ts';
import { addPair, ROUTE } from './add-pair.ts';
import { throughPorts } from './lines.ts';
import { arrived } from './mailbox-behaviour.ts';

/**
 * SMTP and IMAP know no going on inside a message: a cut mail is sent again whole. So a mail route takes no package that a cut could make dear, 20 MiB by
 * default, and what is larger goes over the office's next route.
 */

const MiB = 1024 * 1024;
const CUTS = 20;
const SEED = Number(process.env['TRANSPORT_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
/** What no cut may cost over any transport, see dossiers.test.ts: here a whole mail. */
const MOST_AGAIN: Bytes = 32 * MiB;

let dir: string;
let server: MailServer;
let lines: { smtp: CuttingProxy; imap: CuttingProxy };
let config: MailConfig;

describe.skipIf(!hasMailServer)('the largest mail', () => {
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'lexpost-cut-mail-'));
    server = await startMailServer(dir, makeTlsFiles(dir));
    const { smtp, imap } = server.config;
    lines = { smtp: await startCuttingProxy(smtp.port), imap: await startCuttingProxy(imap.port) };
    config = throughPorts('mail', server.config, [lines.smtp.port, lines.imap.port]) as MailConfig;
  });
  afterAll(async () => {
    for (const line of Object.values(lines ?? {})) await line.close();
    await server?.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  test('is cut at twenty random bytes each way, and once its server dies: never half there, once in the end, and no cut costs 32 MiB', async () => {
    const random = createRandom(SEED);
    const bytes = randomBytes(server.config.largest);
    const [address, name] = [randomMailboxName(), randomMailboxName()];
    const wire: Bytes[] = [];
    // Base64 makes it longer: a cut within the length of the package falls before its last line.
    for (let cut = 0; cut <= CUTS; cut++) {
      const put = (box: Mailbox) => box.put(address, name, bufferSource(bytes));
      wire.push(await interrupt(lines.smtp, 'up', 1 + random.below(bytes.length), cut === CUTS / 2, put));
    }
    await withBox(async (box) => {
      expect(await box.list(address), 'half a mail is never delivered').toEqual([]);
      await box.put(address, name, bufferSource(bytes));
      await arrived(box, address);
    });
    wire.push(lines.smtp.relayed('up'));
    for (let cut = 0; cut <= CUTS; cut++) {
      const open = async (box: Mailbox) => {
        await box.open(address, name);
      };
      wire.push(await interrupt(lines.imap, 'down', 1 + random.below(bytes.length), cut === CUTS / 2, open));
    }
    await withBox(async (box) => {
      expect(await box.list(address)).toHaveLength(1);
      const source = await box.open(address, name);
      if (source === null) throw new Error('gone');
      expect(digestOf(await readAll(source, bytes.length))).toBe(digestOf(bytes));
    });
    wire.push(lines.imap.relayed('down'));
    console.log(`mail: ${wire.length} attempts, at most ${(Math.max(...wire) / MiB).toFixed(1)} MiB on the wire`);
    expect(Math.max(...wire), `TRANSPORT_SEED=${SEED}`).toBeLessThan(MOST_AGAIN);
  });

  test('is as much as goes by mail: a larger package says so and takes the next route, or waits for one', async () => {
    const lab = createLab();
    try {
      const { firm, lead } = await addPair(lab, 'mail', { firm: { config }, lead: { config } });
      const source = bufferSource(randomBytes(server.config.largest + MiB));
      const documents = [{ source, name: '卷宗.bin', kind: 'other', mediaType: 'application/octet-stream' }] as const;
      const target = { type: 'file-review', to: [lead.office.id] } as const;
      const { m } = await send(firm, { target, act: 'submit', form: FILE_REVIEW['submit'] ?? {}, documents });
      const { unreachable } = await sync(firm.context);
      expect(unreachable).toEqual([{ channel: null, office: lead.office.id, code: 'ROUTE_TOO_LARGE' }]);
      expect(showMessage(firm.context, m).delivery).toMatchObject([{ status: 'queued', colour: 'grey' }]);
      const root = join(dir, 'share');
      mkdirSync(root);
      for (const [one, other] of [
        [firm, lead],
        [lead, firm],
      ] as const) {
        const offices = [other.office.id];
        setChannel(one.context, { id: 'share', kind: 'folder', config: { root }, offices, order: 2, by: 'test' });
      }
      await sync(firm.context, { force: true });
      await syncAll([firm, lead]);
      const { attempts, copies } = showMessage(firm.context, m);
      expect(attempts.map(({ channel, code }) => [channel, code])).toEqual([
        [ROUTE, 'ROUTE_TOO_LARGE'],
        [ROUTE, 'ROUTE_TOO_LARGE'],
        ['share', null],
      ]);
      expect(copies).toMatchObject([{ state: 'posted' }]);
      expect(showMessage(lead.context, m).row.m).toBe(m);
    } finally {
      await lab.close();
    }
  });
});

/** One attempt over a new connection, cut, or with its server dead, once so many bytes went through. @returns bytes on the wire */
async function interrupt(
  line: CuttingProxy,
  direction: 'up' | 'down',
  bytes: Bytes,
  byServer: boolean,
  task: (box: Mailbox) => Promise<void>,
): Promise<Bytes> {
  line.restore();
  let dying: Promise<void> | null = null;
  line.after(direction, bytes, () => {
    if (byServer) dying = server.kill();
    else line.cut();
  });
  await withBox((box) => expect(task(box)).rejects.toMatchObject({ code: 'ROUTE_UNAVAILABLE' }));
  const wire = line.relayed(direction);
  await dying;
  if (byServer) await server.start();
  line.restore();
  return wire;
}

async function withBox(task: (box: Mailbox) => Promise<void>): Promise<void> {
  const box = openMailMailbox(config);
  try {
    await task(box);
  } finally {
    await box.close();
  }
}

const digestOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
