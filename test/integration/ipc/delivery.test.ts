import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { M } from '../../../shared/model/brand.ts';
import { createDesks, type Desk, settle } from '../../fixtures/desk-offices.ts';
import { OFFICES } from '../../fixtures/exchange-lab.ts';

/** What follows from silence, as far as a window can see it and decide it. */

const DAY = 24 * 3600_000;
const desks = createDesks();
let firm: Desk;
let court: Desk;
let m: M;

beforeAll(async () => {
  firm = await desks.firstRun(OFFICES.firm);
  court = await desks.firstRun(OFFICES.procuratorate);
  await desks.meet(firm, court);
  await desks.meet(court, firm);
  m = await desks.sign(firm, court);
  await settle(firm);
});
afterAll(() => desks.close(firm, court));

const track = async () => (await firm.door.ask('delivery:show', { m })).offices[0];

describe('a message that nobody signs for', () => {
  test('is posted and waited for, with every try named', async () => {
    expect(await track()).toMatchObject({
      delivery: { status: 'posted', colour: 'orange', overdue: false },
      watch: { stage: 'waiting' },
      routes: { all: ['share'], last: 'share', next: 'share' },
      attempts: [{ route: 'share', kind: 'folder', code: null }],
      attemptsInAll: 1,
      records: [],
    });
  });

  test('goes once more over a route of its office, and over no other', async () => {
    const office = court.office.id;
    expect(await firm.door.refusal('message:remind', { m, office, route: 'nowhere' })).toBe('USAGE');
    expect(await firm.door.ask('message:remind', { m, office, route: 'share' })).toEqual({ copies: 1 });
    expect(await firm.door.ask('message:remind', { m, office: firm.office.id })).toEqual({ copies: 0 });
    await settle(firm);
    expect((await track())?.attemptsInAll).toBe(2);
  });

  test('is overdue after two working days, still orange, and a person is told', async () => {
    desks.clock.now = new Date(desks.clock.now.getTime() + 2 * DAY);
    await settle(firm);
    expect(await track()).toMatchObject({
      delivery: { status: 'posted', colour: 'orange', overdue: true },
      watch: { stage: 'overdue' },
    });
    const { items } = await firm.door.ask('alarm:list', {});
    expect(items.map(({ code }) => code)).toContain('DELIVERY_OVERDUE');
  });

  test('goes on record at a person’s word, once, and the record can be handed out', async () => {
    const { records } = await firm.door.ask('delivery:give-up', { m });
    expect(records).toMatchObject([{ office: { id: court.office.id, name: court.office.name } }]);
    expect(await firm.door.ask('delivery:give-up', { m })).toEqual({ records: [] });
    await settle(firm);
    const shown = await track();
    expect(shown).toMatchObject({
      delivery: { status: 'expired', colour: 'red' },
      watch: { stage: 'recorded' },
      records: [{ m: records[0]?.m, sealed: true, supersededAt: null }],
    });
    const target = join(desks.dir, 'record.asice');
    firm.door.answers.target = target;
    const record = records[0]?.m as M;
    expect(await firm.door.ask('delivery:export-record', { record })).toEqual({ saved: true });
    expect((await readFile(target)).toString('latin1', 0, 4)).toBe('PK\u0003\u0004');
    expect(await firm.door.refusal('delivery:export-record', { record: m })).toBe('MESSAGE_UNKNOWN');
  });

  test('is green by a receipt that comes after all, and the record says so', async () => {
    await settle(court, firm);
    const shown = await track();
    expect(shown).toMatchObject({ delivery: { status: 'delivered', colour: 'green', overdue: false }, watch: null });
    expect(shown?.records[0]?.supersededAt).not.toBeNull();
  });
});
