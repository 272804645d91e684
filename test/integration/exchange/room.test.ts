import { randomBytes } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bufferSource } from '../../../electron/files/bytes.ts';
import { exportDocument } from '../../../electron/usecases/export-document.ts';
import { listRejected } from '../../../electron/usecases/list-rejected.ts';
import { remindRecipients } from '../../../electron/usecases/remind-recipients.ts';
import { sync } from '../../../electron/usecases/sync.ts';
import { findMessage } from '../../../electron/vault/repositories/messages.ts';
import { listOutboxOf } from '../../../electron/vault/repositories/outbox.ts';
import {
  createLab,
  introduce,
  type Lab,
  makeParty,
  OFFICES,
  type Party,
  send,
  syncAll,
  textDocument,
} from '../../fixtures/exchange-lab.ts';
import { addressOf } from '../../fixtures/forge-message.ts';
import { FILE_REVIEW } from '../../fixtures/forms.ts';
import { smallFileSystem } from '../../fixtures/small-file-system.ts';

const MiB = 1024 * 1024;
const DAY = 24 * 3600_000;
const small = smallFileSystem();

let lab: Lab;
let firm: Party;

beforeEach(async () => {
  lab = createLab();
  firm = await lab.addOffice(OFFICES.firm);
});
afterEach(() => lab.close());

const newIn = (party: Party) => join(lab.share, addressOf(party), 'new');

describe('room', () => {
  test('is given back after thirty days by what belongs to a matter that never opened; it counts as new once the matter opens', async () => {
    const lead = await lab.addOffice(OFFICES.procuratorate);
    await introduce(lab.share, [firm, lead]);
    const { m, enclosures } = await send(firm, {
      target: { type: 'file-review', to: [lead.office.id] },
      act: 'submit',
      form: FILE_REVIEW['submit'] ?? {},
      enclosures: [{ to: [lead.office.id], documents: [textDocument('附件.txt', '仅供核验')] }],
    });
    const [enclosure] = enclosures;
    if (enclosure === undefined) throw new Error('no enclosure');
    await sync(firm.context);
    for (const { mailboxName } of listOutboxOf(firm.context.vault.read, m)) rmSync(join(newIn(lead), mailboxName));
    await sync(lead.context);
    const held = () => findMessage(lead.context.vault.read, enclosure);
    expect(held()).toMatchObject({ status: 'held', code: 'MATTER_UNKNOWN' });
    lab.later(29 * DAY);
    await sync(lead.context);
    expect(held()?.blob).not.toBeNull();
    lab.later(2 * DAY);
    await sync(lead.context);
    expect(held()).toMatchObject({ status: 'refused', blob: null });
    expect(listRejected(lead.context).items).toMatchObject([{ code: 'MATTER_UNKNOWN', digest: enclosure }]);
    for (const one of [m, enclosure]) await remindRecipients(firm.context, one, 'test');
    await syncAll([firm, lead]);
    expect(held()).toMatchObject({ status: 'accepted', code: null });
    const chunks: Buffer[] = [];
    const sink = { write: async (chunk: Buffer) => void chunks.push(Buffer.from(chunk)) };
    await exportDocument(lead.context, { m: enclosure, index: 0, sink, by: 'test' });
    expect(Buffer.concat(chunks).toString()).toBe('仅供核验');
  });

  test.skipIf(small === null)(
    'for ciphertext and container is asked for before the first byte: a disk too small leaves the package where it is',
    async () => {
      const lead = await makeParty(join(small?.mount(72 * MiB) ?? '', 'v'), OFFICES.procuratorate, () => lab.clock.now);
      try {
        await introduce(lab.share, [firm, lead]);
        const { m } = await send(firm, {
          target: { type: 'file-review', to: [lead.office.id] },
          act: 'submit',
          form: FILE_REVIEW['submit'] ?? {},
          documents: [
            {
              source: bufferSource(randomBytes(32 * MiB)),
              name: '卷宗.bin',
              kind: 'other',
              mediaType: 'application/octet-stream',
            },
          ],
        });
        await sync(firm.context);
        expect((await sync(lead.context)).failed).toMatchObject([{ code: 'DISK_FULL' }]);
        const incoming = join(lead.context.vault.paths.incoming);
        const kept = readdirSync(incoming).filter((name) => name !== '');
        expect(kept.length).toBeLessThanOrEqual(1);
        expect(findMessage(lead.context.vault.read, m)).toBeNull();
        expect(readdirSync(join(lab.share, addressOf(lead)), { recursive: true }).length).toBeGreaterThan(3);
      } finally {
        await lead.context.vault.close();
      }
    },
  );
});
