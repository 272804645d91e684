import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findMatter } from '../../electron/vault/repositories/matters.ts';
import { listReceipts } from '../../electron/vault/repositories/receipts.ts';
import { createLab, type Lab, type Party, send, syncAll, textDocument } from '../fixtures/exchange-lab.ts';
import { FILE_REVIEW } from '../fixtures/forms.ts';
import { addPair } from './add-pair.ts';
import { PLACES } from './servers.ts';

let dir: string;
let lab: Lab;
let parties: Party[];

for (const { kind, isInstalled, start } of PLACES) {
  describe.skipIf(!isInstalled)(`two offices over ${kind}`, () => {
    let stop: () => Promise<void>;

    beforeAll(async () => {
      dir = mkdtempSync(join(tmpdir(), 'lexpost-two-'));
      mkdirSync(join(dir, 'root'));
      const server = await start(dir);
      stop = server.stop;
      lab = createLab();
      const side = { config: server.config };
      parties = Object.values(await addPair(lab, kind, { firm: side, lead: side }));
    });
    afterAll(async () => {
      await lab?.close();
      await stop?.();
      rmSync(dir, { recursive: true, force: true });
    });

    test('a request and its decision go and come, and both sides hold receipts for all of it', async () => {
      const [firm, lead] = parties;
      if (firm === undefined || lead === undefined) throw new Error('no offices');
      const { m, matter } = await send(firm, {
        target: { type: 'file-review', to: [lead.office.id] },
        act: 'submit',
        form: FILE_REVIEW['submit'] ?? {},
        documents: [textDocument('委托书.txt', '委托张甲为辩护人'.repeat(50_000))],
      });
      await settled();
      const granted = await send(lead, { target: { matter }, act: 'decision', form: FILE_REVIEW['granted'] ?? {} });
      await settled();
      for (const { context } of parties) expect(findMatter(context.vault.read, matter)?.state).toBe('granted');
      const receivedBy = ({ context }: Party, message: typeof m) =>
        listReceipts(context.vault.read, message).map(({ office, kind: what }) => [office, what]);
      expect(receivedBy(firm, m)).toContainEqual([lead.office.id, 'delivered']);
      expect(receivedBy(lead, granted.m)).toContainEqual([firm.office.id, 'delivered']);
    });
  });
}

/** Mail takes its time between two quiet syncs. */
async function settled(): Promise<void> {
  for (let round = 0; round < 5; round++) {
    await syncAll(parties);
    await new Promise((resolve) => setTimeout(resolve, 400));
  }
}
