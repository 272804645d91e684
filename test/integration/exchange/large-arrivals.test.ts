import { randomBytes } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openFolderMailbox } from '../../../electron/exchange/folder-mailbox.ts';
import type { Mailbox } from '../../../electron/exchange/mailbox.ts';
import { randomMailboxName } from '../../../electron/exchange/mailbox-name.ts';
import { bufferSource } from '../../../electron/files/bytes.ts';
import { listRejected } from '../../../electron/usecases/list-rejected.ts';
import { openOfficeVault } from '../../../electron/usecases/open-office-vault.ts';
import { sync } from '../../../electron/usecases/sync.ts';
import { findMessage } from '../../../electron/vault/repositories/messages.ts';
import { AppError } from '../../../shared/errors.ts';
import { createLab, introduce, type Lab, OFFICES, PASSPHRASE, type Party, send } from '../../fixtures/exchange-lab.ts';
import { addressOf } from '../../fixtures/forge-message.ts';
import { FILE_REVIEW } from '../../fixtures/forms.ts';

const MiB = 1024 * 1024;
const PART = 16 * MiB;

let lab: Lab;
let firm: Party;
let lead: Party;
/** Bytes that the lead fetched, and where its line is cut next. */
let line: { fetched: number; cutAfter: number };

/** A route that gives so many bytes and then dies. */
function cuttingMailbox(): Mailbox {
  const box = openFolderMailbox(lab.share);
  return {
    ...box,
    open: async (address, name) => {
      const source = await box.open(address, name);
      if (source === null) return null;
      return {
        ...source,
        read: async (target, position) => {
          if (line.cutAfter < target.length) throw new AppError('ROUTE_UNAVAILABLE', { reason: 'cut' });
          const got = await source.read(target, position);
          line.cutAfter -= got;
          line.fetched += got;
          return got;
        },
      };
    },
  };
}

beforeEach(async () => {
  lab = createLab();
  line = { fetched: 0, cutAfter: Number.POSITIVE_INFINITY };
  firm = await lab.addOffice(OFFICES.firm);
  lead = await lab.addOffice(OFFICES.procuratorate, { context: { openMailbox: async () => cuttingMailbox() } });
  await introduce(lab.share, [firm, lead]);
});
afterEach(() => lab.close());

const restart = async (): Promise<void> => {
  await lead.context.vault.close();
  lead.context = await openOfficeVault({
    dir: lead.dir,
    secret: { passphrase: PASSPHRASE },
    now: () => lab.clock.now,
    program: 'test',
    openMailbox: async () => cuttingMailbox(),
  });
};

describe('what comes over a bad line', () => {
  test('a download that is cut twenty times goes on after restarts, and no part comes more than twice', async () => {
    const bytes = randomBytes(80 * MiB);
    const { m } = await send(firm, {
      target: { type: 'file-review', to: [lead.office.id] },
      act: 'submit',
      form: FILE_REVIEW['submit'] ?? {},
      documents: [
        { source: bufferSource(bytes), name: '卷宗.bin', kind: 'other', mediaType: 'application/octet-stream' },
      ],
    });
    await sync(firm.context);
    for (let cut = 0; cut < 20; cut++) {
      line.cutAfter = Math.floor(((cut * 37) % 23) * MiB) + 3 * MiB;
      await sync(lead.context, { force: true });
      if (cut % 4 === 3) await restart();
    }
    line.cutAfter = Number.POSITIVE_INFINITY;
    const before = line.fetched;
    await sync(lead.context, { force: true });
    expect(findMessage(lead.context.vault.read, m)?.m).toBe(m);
    expect(line.fetched - before).toBeLessThanOrEqual(bytes.length);
    // One part again after each cut, and the header looked at each time.
    expect(line.fetched).toBeLessThanOrEqual(bytes.length + 21 * (PART + 2 * MiB));
    expect(readdirSync(join(lead.dir, 'incoming'))).toEqual([]);
  });

  test('a large package for somebody else costs its header and nothing more', async () => {
    const stranger = await lab.addOffice(OFFICES.pickUp);
    await introduce(lab.share, [firm, stranger]);
    await send(firm, {
      target: { type: 'file-review', to: [stranger.office.id] },
      act: 'submit',
      form: FILE_REVIEW['submit'] ?? {},
      documents: [
        {
          source: bufferSource(randomBytes(40 * MiB)),
          name: 'a.bin',
          kind: 'other',
          mediaType: 'application/octet-stream',
        },
      ],
    });
    await sync(firm.context);
    const theirs = join(lab.share, addressOf(stranger), 'new');
    const [file = ''] = readdirSync(theirs).filter((name) => statSync(join(theirs, name)).size > 30 * MiB);
    const box = openFolderMailbox(lab.share);
    const source = await box.open(addressOf(stranger), file);
    if (source === null) throw new Error('not there');
    await box.put(addressOf(lead), randomMailboxName(), source);
    await source.close();
    line.fetched = 0;
    expect(await sync(lead.context)).toMatchObject({ received: { rejected: 1 } });
    expect(line.fetched).toBeLessThan(2 * MiB);
    expect(listRejected(lead.context).items).toMatchObject([{ code: 'PACKAGE_NOT_FOR_ME', quarantineFile: null }]);
  });
});
