import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import jsqr from 'jsqr';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { run } from '../../../electron/cli/run.ts';
import { issueCard } from '../../../electron/usecases/issue-card.ts';
import { createFakeIo } from '../../fixtures/command-io.ts';
import { createLab, type Lab, OFFICES, PASSPHRASE, type Party } from '../../fixtures/exchange-lab.ts';
import { OFFICE } from '../../fixtures/forms.ts';
import { pixelsOf } from '../../fixtures/svg-code.ts';

// Four vaults and a score of commands that each open one
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const BUREAU = {
  id: OFFICE.centreZhejiang,
  name: '上海市某司法局',
  type: 'judicial-bureau',
  region: '310000',
} as const;
const DAY = 24 * 3600_000;

let lab: Lab;
let firm: Party;
let lead: Party;
let bureau: Party;
let impostor: Party;
beforeAll(async () => {
  lab = createLab();
  await writeFile(file('pw'), `${PASSPHRASE}\n`);
  firm = await lab.addOffice(OFFICES.firm);
  lead = await lab.addOffice(OFFICES.procuratorate);
  bureau = await lab.addOffice(BUREAU);
  impostor = await lab.addOffice(OFFICES.procuratorate, { label: 'impostor' });
  await issueCard(impostor.context, impostor.credentials);
  for (const { context } of [firm, lead, bureau, impostor]) await context.vault.close();
});
afterAll(() => lab.close());

const file = (name: string): string => join(lab.dir, name);

/** The command in this process, at the lab's time. */
async function office(party: Party, ...argv: string[]) {
  const io = { ...createFakeIo(), now: () => lab.clock.now };
  const exit = await run(['office', ...argv, '--vault', party.dir, '--passphrase-file', file('pw'), '--json'], io);
  return { exit, document: JSON.parse(io.out()) as Record<string, unknown> };
}

const sign = (out: string, ...more: string[]) =>
  office(bureau, 'directory', 'sign', '--signing-passphrase-file', file('pw'), '--out', file(out), ...more);
const SHANGHAI = ['--region', '31', '--type', 'procuratorate'];
const take = (name: string, ...more: string[]) => office(firm, 'directory', 'import', file(name), ...more);
const listed = async () =>
  (await office(firm, 'list')).document['offices'] as {
    office: { id: string };
    card: { version: number; fingerprint: string } | null;
    pending: unknown[];
  }[];
const leadEntry = async () => (await listed()).find(({ office: { id } }) => id === lead.office.id);

/** Hands a card over by file; the code that was scanned stands for the comparison. */
async function hand(from: Party, to: Party, scanned?: string) {
  const name = `${from.office.id}-${from === impostor ? 'false' : 'true'}.card`;
  await office(from, 'export', '--out', file(name), '--force');
  const code = scanned ?? String((await office(from, 'code')).document['code']);
  return office(to, 'import', file(name), '--fingerprint', code);
}

describe('the fingerprint of a card as a code', () => {
  test('cannot be read from the picture that the command writes, or does not replace typing it', async () => {
    const { exit, document } = await office(bureau, 'code', '--out', file('code.svg'));
    expect(exit).toBe(0);
    const { rgba, size } = pixelsOf(await readFile(file('code.svg'), 'utf8'));
    const scanned = jsqr.default(rgba, size, size)?.data ?? '';
    expect(scanned).toBe(document['code']);
    expect(await hand(bureau, firm, scanned)).toMatchObject({ exit: 0, document: { outcome: 'applied' } });
    expect(await office(bureau, 'code', '--out', file('code.svg'))).toMatchObject({
      document: { code: 'FILE_EXISTS' },
    });
  });

  test('of one office confirms the card of another', async () => {
    const scanned = String((await office(firm, 'code')).document['code']);
    expect(await hand(lead, bureau, scanned)).toMatchObject({ exit: 1, document: { code: 'FINGERPRINT_MISMATCH' } });
    const fingerprint = String((await office(lead, 'code')).document['fingerprint']);
    const renamed = `lexpost-card:${firm.office.id}:${fingerprint}`;
    expect(await hand(lead, bureau, renamed)).toMatchObject({ exit: 1, document: { code: 'FINGERPRINT_MISMATCH' } });
  });

  test('is drawn on the screen', async () => {
    const io = { ...createFakeIo(), now: () => lab.clock.now };
    expect(await run(['office', 'code', '--vault', firm.dir, '--passphrase-file', file('pw')], io)).toBe(0);
    expect(io.out()).toContain(`lexpost-card:${firm.office.id}:`);
    expect(io.out().match(/[█▀▄]/g)?.length).toBeGreaterThan(200);
  });
});

describe('a directory by command', () => {
  test('signs nobody outside its scope, or an empty one', async () => {
    await hand(lead, bureau);
    expect(await sign('nobody', '--region', '34', '--type', 'procuratorate')).toMatchObject({
      document: { ok: false, code: 'OFFICE_UNKNOWN' },
    });
    expect(await sign('first', ...SHANGHAI, '--days', '30')).toMatchObject({
      exit: 0,
      document: { version: 1, offices: [lead.office.id] },
    });
  });

  test('is taken without a word of acceptance, or does not make its offices known', async () => {
    expect((await office(firm, 'directory', 'list')).document).toMatchObject({ directories: [] });
    expect(await take('first')).toMatchObject({ exit: 4, document: { code: 'DIRECTORY_NOT_ACCEPTED' } });
    expect(await leadEntry()).toBeUndefined();
    expect(await take('first', '--accept')).toMatchObject({
      exit: 0,
      document: { issuer: bureau.office.id, version: 1, results: [{ office: lead.office.id, outcome: 'applied' }] },
    });
    expect(await leadEntry()).toMatchObject({ card: { version: 1 }, pending: [] });
    expect((await office(firm, 'directory', 'list')).document).toMatchObject({
      directories: [{ issuer: bureau.office.id, name: BUREAU.name, version: 1, offices: 1, expired: false }],
    });
  });

  test('goes back to an older version, or is taken with a changed bit', async () => {
    expect((await sign('second', ...SHANGHAI, '--days', '10')).document['version']).toBe(2);
    expect(await take('second')).toMatchObject({ exit: 0, document: { results: [{ outcome: 'unchanged' }] } });
    expect(await take('first')).toMatchObject({ exit: 1, document: { code: 'DIRECTORY_NOT_NEWER' } });
    expect((await sign('third', ...SHANGHAI)).document['version']).toBe(3);
    const bytes = await readFile(file('third'));
    const middle = Math.floor(bytes.length / 2);
    bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
    await writeFile(file('damaged'), bytes);
    expect((await take('damaged')).exit).toBe(1);
    expect((await office(firm, 'directory', 'list')).document).toMatchObject({ directories: [{ version: 2 }] });
  });

  test('overwrites a pin: an impostor’s key waits for a comparison, and nothing else changes', async () => {
    const before = await leadEntry();
    expect((await hand(impostor, bureau)).exit).toBe(0);
    await sign('false', ...SHANGHAI);
    expect(await take('false')).toMatchObject({
      exit: 4,
      document: { code: 'CARD_NEEDS_CONFIRMATION', results: [{ office: lead.office.id, outcome: 'pending' }] },
    });
    const after = await leadEntry();
    expect(after?.card).toEqual(before?.card);
    expect(after?.pending).toHaveLength(1);
  });

  test('counts after its date, or does not say that it has passed', async () => {
    await sign('short', ...SHANGHAI, '--days', '2');
    lab.later(3 * DAY);
    expect(await take('short')).toMatchObject({ exit: 1, document: { code: 'DIRECTORY_EXPIRED' } });
    lab.later(200 * DAY);
    expect((await office(firm, 'directory', 'list')).document).toMatchObject({ directories: [{ expired: true }] });
  });

  test('names, kinds and regions do not narrow the list of offices', async () => {
    const found = async (...more: string[]) =>
      ((await office(firm, 'list', ...more)).document['offices'] as { office: { id: string } }[]).map(
        ({ office: { id } }) => id,
      );
    expect(await found('--type', 'procuratorate')).toEqual([lead.office.id]);
    expect(await found('--region', '310000', '--type', 'judicial-bureau')).toEqual([bureau.office.id]);
    expect(await found('--name', '司法局')).toEqual([bureau.office.id]);
    expect(await found('--name', '没有这家')).toEqual([]);
  });
});
