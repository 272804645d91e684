import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signDirectory } from '../../../electron/usecases/directory/sign-directory.ts';
import type { Office } from '../../../shared/model/office-card.ts';
import { secretOf } from '../../fixtures/desk-door.ts';
import { createDesks, type Desk, PASSPHRASE, settle } from '../../fixtures/desk-offices.ts';
import { OFFICES } from '../../fixtures/exchange-lab.ts';
import { OFFICE } from '../../fixtures/forms.ts';

/** What two offices tell each other about themselves: certificates that end, and a directory that one of them signs. */

const DAY = 24 * 3600_000;
const BUREAU: Office = { id: OFFICE.notaryShanghai, name: '上海市某司法局', type: 'judicial-bureau', region: '310000' };
const desks = createDesks();
let firm: Desk;
let court: Desk;

beforeAll(async () => {
  firm = await desks.firstRun(OFFICES.firm);
  court = await desks.firstRun(BUREAU);
  await desks.meet(firm, court);
  await desks.meet(court, firm);
});
afterAll(() => desks.close(firm, court));

const credentials = ({ person }: Desk, word = PASSPHRASE) => ({ person, secret: secretOf(word) });
const warned = async ({ door }: Desk, use: string) =>
  (await door.ask('identity:expiring', {})).items.filter((item) => item.use === use);

describe('keys that end', () => {
  test('are told of 60 days ahead, ours to renew and theirs not', async () => {
    expect(await warned(firm, 'encryption')).toEqual([]);
    const { items } = await firm.door.ask('office:vault-keys', {});
    const encryption = items.find(({ kind }) => kind === 'encryption');
    const end = Date.parse(encryption?.certificate.notAfter ?? '');
    for (const [days, threshold] of [
      [59, 60],
      [29, 30],
      [6, 7],
    ] as const) {
      desks.clock.now = new Date(end - days * DAY);
      const [own, theirs] = await warned(firm, 'encryption');
      expect(own).toMatchObject({ own: true, daysLeft: days, threshold });
      expect(theirs).toMatchObject({ own: false, office: { id: court.office.id, name: court.office.name } });
    }
  });

  test('are not renewed under a wrong word, and a new card lists them under the right one', async () => {
    const kinds = ['encryption', 'receipt'] as const;
    const before = await firm.door.ask('office:show', {});
    expect(
      await firm.door.refusal('office:renew-keys', { credentials: credentials(firm, 'wrong'), kinds: [...kinds] }),
    ).toBe('P12_PASSWORD_WRONG');
    const renewed = await firm.door.ask('office:renew-keys', { credentials: credentials(firm), kinds: [...kinds] });
    expect(renewed.version).toBe((before.card?.version ?? 0) + 1);
    expect(renewed.renewed.map(({ kind }) => kind)).toEqual([...kinds]);
    const { items } = await firm.door.ask('office:vault-keys', {});
    expect(items.every(({ daysLeft }) => daysLeft > 60)).toBe(true);
    expect((await warned(firm, 'encryption')).filter(({ own }) => own)).toEqual([]);
  });

  test('are not sealed for by a counterpart before a person there has confirmed the new card', async () => {
    await firm.door.ask('office:publish-card', { credentials: credentials(firm), to: null });
    await settle(firm, court);
    const shown = await court.door.ask('directory:show', { office: firm.office.id });
    expect(shown.pending).toMatchObject({ version: (shown.current?.version ?? 0) + 1, comparison: false });
    expect(shown.pending?.changes.map(({ what, change }) => [what, change])).toContainEqual(['vault', 'key-changed']);
    expect((await court.door.ask('alarm:list', {})).items.map(({ code }) => code)).toContain('CARD_NEEDS_CONFIRMATION');
    await court.door.ask('directory:confirm', { office: firm.office.id, how: 'signed-by-known-key' });
    const after = await court.door.ask('directory:show', { office: firm.office.id });
    expect(after.pending).toBeNull();
    // What was decided on needs nobody any more
    expect((await court.door.ask('alarm:list', {})).items).toEqual([]);
    expect((await court.door.ask('home:counts', {})).alarms).toBe(0);
  });
});

describe('a directory that a bureau signs', () => {
  test('is not relied on before a person has said so, once, and is listed with its scope and its end', async () => {
    const { context } = court.door.desk.session.get();
    const chunks: Buffer[] = [];
    await signDirectory(context, {
      credentials: { person: court.person, passphrase: PASSPHRASE },
      scope: { regions: ['34'], types: ['law-firm'] },
      days: 30,
      sink: { write: async (chunk) => void chunks.push(Buffer.from(chunk)) },
    });
    const path = join(desks.dir, 'directory.asice');
    writeFileSync(path, Buffer.concat(chunks));
    firm.door.answers.files = [path];
    const { files } = await firm.door.ask('file:choose', { purpose: 'card', several: false });
    const file = files[0]?.token ?? '';
    expect(await firm.door.refusal('directory:import-signed', { file, accept: false })).toBe('DIRECTORY_NOT_ACCEPTED');
    const taken = await firm.door.ask('directory:import-signed', { file, accept: true });
    expect(taken).toMatchObject({ issuer: { id: BUREAU.id, name: BUREAU.name }, version: 1 });
    // The member itself needs no introduction
    expect(taken.results.map(({ office, outcome }) => [office.id, outcome])).toEqual([[firm.office.id, 'refused']]);
    const { items } = await firm.door.ask('directory:list-signed', {});
    expect(items).toMatchObject([{ version: 1, expired: false, scope: { regions: ['34'], types: ['law-firm'] } }]);
    expect(await firm.door.refusal('directory:import-signed', { file, accept: false })).toBe('FILE_NOT_CHOSEN');
    desks.clock.now = new Date(desks.clock.now.getTime() + 31 * DAY);
    expect((await firm.door.ask('directory:list-signed', {})).items[0]?.expired).toBe(true);
  });
});
