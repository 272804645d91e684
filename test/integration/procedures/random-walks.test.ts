import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { allowedActs } from '../../../electron/usecases/matters/allowed-acts.ts';
import { listMatterClocks } from '../../../electron/vault/repositories/matter-clocks.ts';
import { findMatter } from '../../../electron/vault/repositories/matters.ts';
import { listPositions } from '../../../electron/vault/repositories/positions.ts';
import { isAppError } from '../../../shared/errors.ts';
import type { MatterId } from '../../../shared/model/brand.ts';
import { civilMomentAt } from '../../../shared/procedures/clock/civil-date.ts';
import { PROCEDURES } from '../../../shared/procedures/find-procedure.ts';
import type { Procedure } from '../../../shared/procedures/procedure.ts';
import { createLab, introduce, type Lab, OFFICES, type Party, send, syncAll } from '../../fixtures/exchange-lab.ts';
import { sampleForm } from '../../fixtures/sample-form.ts';

/**
 * Three vaults act on what each knows of itself, without waiting for the others, and their watches are days apart: whatever the lead's order makes of it,
 * all end with the same state, the same places and the same clocks.
 */

const HOUR = 3600_000;
const DAY = 24 * HOUR;
/** Of opener, lead and third, once everybody knows everybody. */
const SKEWS = [3 * DAY, 0, -2 * DAY];
const STEPS = 14;
const PATIENCE = 300_000;

let lab: Lab;
let all: Party[];

beforeEach(async () => {
  lab = createLab('2026-11-24T02:00:00.000Z');
  let apart = false;
  const watch = (index: number) => ({
    now: () => new Date(lab.clock.now.getTime() + (apart ? (SKEWS[index] ?? 0) : 0)),
  });
  const offices = [OFFICES.firm, OFFICES.procuratorate, OFFICES.pickUp];
  all = [];
  for (const [index, office] of offices.entries()) all.push(await lab.addOffice(office, { context: watch(index) }));
  await introduce(lab.share, all);
  // Certificates are valid on every one of the three days
  lab.later(10 * DAY);
  apart = true;
});
afterEach(() => lab.close());

const step = fc.record({
  who: fc.nat(2),
  which: fc.nat(1_000),
  hours: fc.integer({ min: 0, max: 60 }),
  syncs: fc.array(fc.nat(2), { maxLength: 2 }),
});

describe.each(PROCEDURES.map((procedure) => [procedure.name, procedure] as const))('%s', (_, procedure) => {
  test('no two vaults see two states or two clocks', { timeout: PATIENCE }, async () => {
    const [steps = []] = fc.sample(fc.array(step, { minLength: STEPS, maxLength: STEPS }), { numRuns: 1 });
    const matter = await open(procedure);
    await syncAll(all, 20);
    for (const { who, which, hours, syncs } of steps) {
      lab.later(hours * HOUR);
      for (const index of [who, who + 1, who + 2]) {
        if (await act(procedure, matter, all[index % 3] as Party, which)) break;
      }
      for (const index of syncs) await syncAll([all[index] as Party], 20);
    }
    lab.later(10 * DAY);
    for (let round = 0; round < 4; round++) {
      lab.later(DAY);
      await syncAll(all, 30);
    }
    const views = all.map(({ context: { vault } }) => ({
      state: findMatter(vault.read, matter)?.state,
      sides: findMatter(vault.read, matter)?.sides,
      clocks: listMatterClocks(vault.read, matter),
      places: listPositions(vault.read, matter).map(({ message }) => message),
    }));
    expect(views[1], JSON.stringify(steps)).toEqual(views[0]);
    expect(views[2], JSON.stringify(steps)).toEqual(views[0]);
    expect(views[0]?.places.length).toBeGreaterThan(0);
    for (const clock of views[0]?.clocks ?? []) expect(clock.startedAt, clock.id).not.toBeNull();
  });
});

async function open(procedure: Procedure): Promise<MatterId> {
  const [opening] = procedure.acts;
  const [firm, lead, third] = all;
  if (opening === undefined || firm === undefined || lead === undefined || third === undefined)
    throw new Error('no cast');
  const named = procedure.roles.flatMap(({ path }) => (path === undefined ? [] : [[path, third.office.id] as const]));
  const form = sampleForm(opening, { full: true, day: today(firm), at: Object.fromEntries(named) });
  const target = { type: procedure.type, to: [lead.office.id, third.office.id] };
  return (await send(firm, { target, act: opening.act, form })).matter;
}

/** Does something that the office's own vault offers, other than ending the matter: mostly the walk goes on. False: it has nothing to do. */
async function act(procedure: Procedure, matter: MatterId, party: Party, which: number): Promise<boolean> {
  const row = findMatter(party.context.vault.read, matter);
  if (row === null) return false;
  const offered = allowedActs(party.context.vault.read, row, party.context.now());
  const further = offered.filter(({ id }) => which % 8 === 0 || (id !== 'withdraw' && id !== 'close'));
  const chosen = further[which % Math.max(1, further.length)];
  const described = procedure.acts.find(({ id }) => id === chosen?.id);
  if (described === undefined) return false;
  const form = sampleForm(described, { full: false, day: today(party) });
  try {
    await send(party, { target: { matter }, act: described.act, form });
  } catch (error) {
    // The offer said what some form allows; this one may be refused.
    if (!isAppError(error) || error.code !== 'ACT_NOT_ALLOWED') throw error;
  }
  return true;
}

const today = ({ context }: Party): string => civilMomentAt(context.now().getTime()).date;
