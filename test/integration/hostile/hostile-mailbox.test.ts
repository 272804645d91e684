import { createHash, randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { randomMailboxName } from '../../../electron/exchange/mailbox-name.ts';
import { listRejected } from '../../../electron/usecases/list-rejected.ts';
import { sync } from '../../../electron/usecases/sync.ts';
import { findMessage } from '../../../electron/vault/repositories/messages.ts';
import { LIMITS } from '../../../shared/limits.ts';
import {
  craftAct,
  deliver,
  forgeAct,
  newFolderOf,
  openScene,
  rejectionsOf,
  type Scene,
  standing,
  waitingFor,
} from './hostile-lab.ts';

/** Whoever can write into the folder can put anything there, under any name. */

const MiB = 1024 * 1024;
const HOUR = 3600_000;
const DAY = 24 * HOUR;

let scene: Scene;
let newFolder: string;
let before: ReturnType<typeof standing>;
beforeAll(async () => {
  scene = await openScene();
  newFolder = newFolderOf(scene, scene.lead);
});
afterAll(() => scene.lab.close());
beforeEach(() => {
  before = standing(scene, scene.lead);
});

const rejectedRows = () => listRejected(scene.lead.context).items;
/** A file that has been there for a day: no sync tool is still writing it. */
function plant(bytes: Buffer, size = bytes.length): string {
  const path = join(newFolder, randomMailboxName());
  writeFileSync(path, bytes);
  truncateSync(path, size);
  const old = new Date(scene.lab.clock.now.getTime() - DAY);
  utimesSync(path, old, old);
  return path;
}

describe('a file that is no package is taken away, its digest and reason are kept, and nobody is told', () => {
  test.each([
    ['nothing at all', Buffer.alloc(0), 0, 'PACKAGE_TRUNCATED'],
    ['one byte', Buffer.from([0x30]), 1, 'PACKAGE_TRUNCATED'],
    ['100 MB of zeros', Buffer.alloc(0), 100 * MiB, 'PACKAGE_MALFORMED'],
    ['random bytes', randomBytes(70_000), 70_000, 'PACKAGE_MALFORMED'],
    ['a length that lies', Buffer.from('3084ffffffff06092a864886f70d010703', 'hex'), 64, 'PACKAGE_MALFORMED'],
    ['an endless nesting', Buffer.from('3080'.repeat(50_000), 'hex'), 100_000, 'PACKAGE_MALFORMED'],
  ])('%s', async (_, bytes, size, code) => {
    plant(bytes, size);
    // By its length it may still be under way, whatever time the mailbox gives it: it is looked at again when it has not grown for long.
    await sync(scene.lead.context);
    scene.lab.later(HOUR + 1000);
    expect(await sync(scene.lead.context)).toMatchObject({ received: { rejected: 1 }, failed: [], posted: 0 });
    const [row] = rejectedRows();
    // Of what is large only the start is fetched, and stands for the rest.
    const seen = Buffer.concat([bytes, Buffer.alloc(size - bytes.length)]).subarray(0, size > 16 * MiB ? 65_536 : size);
    const digest = createHash('sha256').update(seen).digest('hex');
    expect(row).toMatchObject({ code, size, digest });
    expect(listRejected(scene.lead.context, digest).items.map(({ id }) => id)).toContain(row?.id);
    expect(listRejected(scene.lead.context, code).items.map(({ id }) => id)).toContain(row?.id);
    expect(standing(scene, scene.lead)).toEqual(before);
  });
});

describe('names in the mailbox', () => {
  test('that are paths, commands or a sync tool’s are left alone and lead nowhere', async () => {
    const { m, bytes } = await forgeAct(scene, scene.firm);
    const names = ['..%2f..%2fevil', '-rf', `${'a'.repeat(26)}.exe`, 'A'.repeat(26), 'a'.repeat(25), 'con', '委托书'];
    for (const name of names) writeFileSync(join(newFolder, name), bytes);
    mkdirSync(join(newFolder, randomMailboxName()));
    expect(await sync(scene.lead.context)).toMatchObject({ received: { accepted: 0, rejected: 0 }, failed: [] });
    for (const name of names) expect(existsSync(join(newFolder, name))).toBe(true);
    expect(findMessage(scene.lead.context.vault.read, m)).toBeNull();
  });

  test('that are links are not followed: no file of this machine comes in, no loop closes the route', async () => {
    const secret = join(scene.lab.dir, 'secret.txt');
    writeFileSync(secret, 'not for the vault');
    const loop = join(newFolder, randomMailboxName());
    symlinkSync(secret, join(newFolder, randomMailboxName()));
    symlinkSync(loop, loop);
    symlinkSync('/dev/zero', join(newFolder, randomMailboxName()));
    const known = rejectionsOf(scene.lead).length;
    const report = await sync(scene.lead.context);
    expect(report).toMatchObject({ unreachable: [], failed: [], received: { rejected: 0 } });
    expect(rejectionsOf(scene.lead)).toHaveLength(known);
    expect(readFileSync(secret, 'utf8')).toBe('not for the vault');
  });
});

describe('a message of the sender’s own making', () => {
  test.each([
    ['a newer version', { version: 2 }, 'MESSAGE_VERSION_NEWER'],
    ['an unknown type', { type: 'arbitration' }, 'MESSAGE_TYPE_UNKNOWN'],
    ['an unknown act', { act: 'conquer' }, 'MESSAGE_TYPE_UNKNOWN'],
    ['an unknown kind', { kind: 'remote-wipe' }, 'MESSAGE_TYPE_UNKNOWN'],
    ['a member that nobody knows', { urgent: true }, 'MESSAGE_MALFORMED'],
    ['too many parents', { parents: Array.from({ length: 17 }, () => 'a'.repeat(64)) }, 'MESSAGE_MALFORMED'],
    ['an unknown suite', { suite: 'LP0-3DES-MD5' }, 'MESSAGE_MALFORMED'],
    ['a sequence number that no double holds', { seq: 2 ** 60 }, 'MESSAGE_MALFORMED'],
  ])('with %s is kept unread, with the reason', async (_, change, code) => {
    const bytes = craftAct(scene, scene.firm, scene.lead, change);
    expect((await deliver(scene, scene.lead, bytes)).received).toMatchObject({ rejected: 1 });
    const [row] = rejectedRows();
    expect(row?.code).toBe(code);
    const kept = join(scene.lead.dir, 'quarantine', row?.quarantineFile ?? '');
    expect(readFileSync(kept)).toEqual(bytes);
    expect(standing(scene, scene.lead)).toEqual(before);
  });

  test('is kept for thirty days; its digest and reason for ever', async () => {
    const [row] = rejectedRows();
    scene.lab.later(LIMITS.quarantineKeep + 1);
    await sync(scene.lead.context);
    expect(readdirSync(join(scene.lead.dir, 'quarantine'))).toEqual([]);
    expect(listRejected(scene.lead.context, row?.digest ?? '').items).toMatchObject([
      { digest: row?.digest, code: row?.code, quarantineFile: null },
    ]);
  });

  test('sealed once more for others beside the signed recipients is refused', async () => {
    const bytes = craftAct(scene, scene.firm, scene.lead, {}, [scene.lead, scene.firm, scene.pickUp]);
    expect((await deliver(scene, scene.lead, bytes)).received.rejected).toBe(1);
    expect(rejectionsOf(scene.lead)[0]).toBe('PACKAGE_RECIPIENTS_MISMATCH');
    expect(waitingFor(scene, scene.firm)).toEqual([]);
  });
});
