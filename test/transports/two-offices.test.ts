import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findMatter } from '../../electron/vault/repositories/matters.ts';
import { listReceipts } from '../../electron/vault/repositories/receipts.ts';
import { createLab, type Lab, type Party, send, syncAll, textDocument } from '../fixtures/exchange-lab.ts';
import { FILE_REVIEW } from '../fixtures/forms.ts';
import { addPair, type Pair } from './add-pair.ts';
import { describeFaults, describeHostileKeeper } from './bad-servers.ts';
import { PLACES, type StartedPlace } from './servers.ts';

let dir: string;
let lab: Lab;
let pair: Pair;
let parties: Party[];

for (const { kind, isInstalled, start } of PLACES) {
  describe.skipIf(!isInstalled)(`two offices over ${kind}`, () => {
    let server: StartedPlace;

    beforeAll(async () => {
      dir = mkdtempSync(join(tmpdir(), 'lexpost-two-'));
      mkdirSync(join(dir, 'root'));
      server = await start(dir);
      lab = createLab();
      const side = { config: server.config };
      pair = await addPair(lab, kind, { firm: side, lead: side });
      parties = Object.values(pair);
    });
    afterAll(async () => {
      await lab?.close();
      await server?.stop();
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

    const meeting = () => ({ kind, dir, server, lab, pair });
    describeFaults(kind, meeting);
    describeHostileKeeper(meeting);
  });
}

/** Mail takes its time between two quiet syncs. */
async function settled(): Promise<void> {
  for (let round = 0; round < 5; round++) {
    await syncAll(parties);
    await new Promise((resolve) => setTimeout(resolve, 400));
  }
}
