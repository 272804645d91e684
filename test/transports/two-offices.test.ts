import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { findMatter } from '../../electron/vault/repositories/matters.ts';
import { listReceipts } from '../../electron/vault/repositories/receipts.ts';
import type { M } from '../../shared/model/brand.ts';
import { createLab, type Lab, type Party, send, textDocument } from '../fixtures/exchange-lab.ts';
import { FILE_REVIEW } from '../fixtures/forms.ts';
import { addPair, type Pair } from './add-pair.ts';
import { describeFaults, describeHostileKeeper, syncUntil } from './bad-servers.ts';
import { PLACES, type StartedPlace } from './servers.ts';

let dir: string;
let lab: Lab;
let pair: Pair;

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
    });
    afterAll(async () => {
      await lab?.close();
      await server?.stop();
      rmSync(dir, { recursive: true, force: true });
    });

    test('a request and its decision go and come, and both sides hold receipts for all of it', async () => {
      const { firm, lead } = pair;
      const receivedBy = ({ context }: Party, message: M) =>
        listReceipts(context.vault.read, message).map(({ office, kind: what }) => [office, what].join(' '));
      const stateAt = ({ context }: Party) => findMatter(context.vault.read, matter)?.state;
      const { m, matter } = await send(firm, {
        target: { type: 'file-review', to: [lead.office.id] },
        act: 'submit',
        form: FILE_REVIEW['submit'] ?? {},
        documents: [textDocument('委托书.txt', '委托张甲为辩护人'.repeat(50_000))],
      });
      await syncUntil(pair, () => receivedBy(firm, m).includes(`${lead.office.id} delivered`));
      const granted = await send(lead, { target: { matter }, act: 'decision', form: FILE_REVIEW['granted'] ?? {} });
      await syncUntil(pair, () => receivedBy(lead, granted.m).includes(`${firm.office.id} delivered`));
      await syncUntil(pair, () => [firm, lead].every((party) => stateAt(party) === 'granted'));
    });

    const meeting = () => ({ kind, dir, server, lab, pair });
    describeFaults(kind, meeting);
    describeHostileKeeper(meeting);
  });
}
