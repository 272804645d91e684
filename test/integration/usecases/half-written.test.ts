import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openOfficeVault } from '../../../electron/usecases/open-office-vault.ts';
import type { M, MatterId } from '../../../shared/model/brand.ts';
import {
  createLab,
  introduce,
  type Lab,
  OFFICES,
  PASSPHRASE,
  type Party,
  reopen,
  send,
  textDocument,
} from '../../fixtures/exchange-lab.ts';
import { FILE_REVIEW } from '../../fixtures/forms.ts';
import { runLexpost } from '../../fixtures/lexpost-command.ts';
import { spawnChild } from '../../fixtures/spawn-vault-child.ts';

/** Everything that writes what is in a vault into a folder that somebody chose, killed before the file has its name. */

const HIDDEN = /^\..+\.[0-9a-f]{12}\.part$/;
/** Looks like ours, and was noted by nobody. */
const FOREIGN = '.theirs.pdf.0123456789ab.part';
let lab: Lab;
let firm: Party;
let matter: MatterId;
let m: M;
let folder: string;
let passphrase: string;

beforeAll(async () => {
  lab = createLab();
  firm = await lab.addOffice(OFFICES.firm, { label: join('desk', 'vault') });
  const lead = await lab.addOffice(OFFICES.procuratorate);
  const pickUp = await lab.addOffice(OFFICES.pickUp);
  await introduce(lab.share, [firm, lead, pickUp]);
  const target = { type: 'file-review', to: [lead.office.id, pickUp.office.id] } as const;
  const documents = [textDocument('委托书.txt', 'one'), textDocument('附件.txt', 'two')];
  ({ matter, m } = await send(firm, { target, act: 'submit', form: FILE_REVIEW['submit'] ?? {}, documents }));
  await firm.context.vault.close();
  passphrase = join(lab.dir, 'passphrase');
  writeFileSync(passphrase, PASSPHRASE);
  folder = join(lab.dir, 'chosen');
});
beforeEach(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  writeFileSync(join(folder, FOREIGN), 'theirs');
});
afterAll(async () => {
  await reopen(firm, () => lab.clock.now);
  await lab.close();
});

async function killBeforeNames(count: number, ...how: readonly string[]): Promise<string[]> {
  const child = spawnChild('nameless-child.ts', folder, String(count), ...how);
  await child.saw((line) => line === 'there');
  await child.kill();
  return readdirSync(folder).filter((name) => name !== FOREIGN);
}

async function openOnce(): Promise<void> {
  const now = () => lab.clock.now;
  await (
    await openOfficeVault({ dir: firm.dir, secret: { passphrase: PASSPHRASE }, now, program: 'test' })
  ).vault.close();
}

test('the window leaves half a file of any kind in the clear after the next unlocking, or takes what is not its own', async () => {
  const left = await killBeforeNames(10, 'window', join(lab.dir, 'desk'), matter, m, lab.clock.now.toISOString());
  expect(left).toHaveLength(10);
  expect(left.filter((name) => !HIDDEN.test(name))).toEqual([]);
  // Somebody found one and gave it a name
  renameSync(join(folder, left[0] ?? ''), join(folder, 'found.txt'));
  await openOnce();
  expect(readdirSync(folder)).toEqual([FOREIGN, 'found.txt']);
});

test.each([
  ['message show', 2, () => ['message', 'show', m, '--out', folder]],
  ['message export', 1, () => ['message', 'export', m, '--level', 'B', '--out', join(folder, 'x.asice')]],
  ['message verify', 1, () => ['message', 'verify', m, '--report', join(folder, 'x.html')]],
  [
    'paper render',
    1,
    () => ['paper', 'render', matter, '--paper', 'reading-application', '--out', join(folder, 'x.pdf')],
  ],
  ['office export', 1, () => ['office', 'export', '--out', join(folder, 'x.asice')]],
] as const)('%s leaves half a file in the clear after the next opening', async (_, count, argv) => {
  const office = ['--vault', firm.dir, '--passphrase-file', passphrase];
  const left = await killBeforeNames(1, 'command', ...argv(), ...office);
  expect(left).toHaveLength(count);
  expect(left.filter((name) => !HIDDEN.test(name))).toEqual([]);
  await runLexpost(['vault', 'status', firm.dir, '--passphrase-file', passphrase], { cwd: lab.dir });
  expect(readdirSync(folder)).toEqual([FOREIGN]);
});
