import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { verifyBundle } from '../../../electron/evidence/verify-bundle.ts';
import { bufferSource } from '../../../electron/files/bytes.ts';
import { listHalfWritten, noteOfHalfWritten } from '../../../electron/usecases/half-written.ts';
import type { MatterId } from '../../../shared/model/brand.ts';
import { addTrio, createLab, type Lab, type Party, reopen, send, settle } from '../../fixtures/exchange-lab.ts';
import { FILE_REVIEW } from '../../fixtures/forms.ts';
import { spawnChild } from '../../fixtures/spawn-vault-child.ts';

const NAME = '卷宗证据.zip';
let lab: Lab;
let firm: Party;
let matter: MatterId;
let folder: string;

beforeAll(async () => {
  lab = createLab();
  const trio = await addTrio(lab);
  firm = trio.firm;
  const target = { type: 'file-review', to: [trio.lead.office.id, trio.pickUp.office.id] } as const;
  ({ matter } = await send(firm, { target, act: 'submit', form: FILE_REVIEW['submit'] ?? {} }));
  await settle(trio.all);
  folder = join(lab.dir, 'chosen');
});
beforeEach(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
});
afterAll(() => lab.close());

/** Exports in another process, which is killed at that moment. */
async function killAt(how: string, when: string): Promise<void> {
  await firm.context.vault.close();
  const child = spawnChild('export-child.ts', firm.dir, matter, join(folder, NAME), how, when);
  await child.saw((line) => line === 'there');
  await child.kill();
}

const noted = () => listHalfWritten(firm.context.vault.read);
const start = () => reopen(firm, () => lab.clock.now);

describe.each(['window', 'command'])('an export by the %s that was killed', (how) => {
  test.each(['noted', 'half', 'whole'])(
    '%s leaves what looks like a bundle, or anything after the next start',
    async (when) => {
      await killAt(how, when);
      const left = readdirSync(folder);
      expect(left).not.toContain(NAME);
      expect(left.every((name) => /^\..*\.(?:part|tmp)$/.test(name))).toBe(true);
      expect(left).toHaveLength(when === 'noted' ? 0 : 1);
      await start();
      expect(readdirSync(folder)).toEqual([]);
      expect(noted()).toEqual([]);
    },
  );

  test('once it had its name takes the bundle away, or leaves it broken', async () => {
    await killAt(how, 'named');
    await start();
    expect(readdirSync(folder)).toEqual([NAME]);
    const bundle = bufferSource(readFileSync(join(folder, NAME)));
    const at = new Date(lab.clock.now.getTime() + 60_000);
    const report = await verifyBundle({ bundle, anchors: [], fingerprints: [], at, revocation: 'off' });
    expect([report.indication, report.code]).toEqual(['INDETERMINATE', 'EVIDENCE_CARD_OPEN']);
    expect(noted()).toEqual([]);
  });
});

test('a disk that is not there at the next start is forgotten, or another file than a half-written one removed', async () => {
  await killAt('window', 'half');
  const away = `${folder}-away`;
  renameSync(folder, away);
  await start();
  expect(noted()).toHaveLength(1);
  noteOfHalfWritten(firm.context.vault).begin(join(lab.dir, 'share'));
  noteOfHalfWritten(firm.context.vault).begin(join(firm.dir, 'vault.json'));
  await firm.context.vault.close();
  renameSync(away, folder);
  await start();
  expect(readdirSync(folder)).toEqual([]);
  expect(readdirSync(firm.dir)).toContain('vault.json');
  expect(noted()).toEqual([]);
});
