import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listMatterClocks } from '../../../electron/vault/repositories/matter-clocks.ts';
import { findMatter } from '../../../electron/vault/repositories/matters.ts';
import type { M, MatterId } from '../../../shared/model/brand.ts';
import type { ProcedureType } from '../../../shared/model/vocabulary.ts';
import { PROCEDURES } from '../../../shared/procedures/find-procedure.ts';
import type { MatterClock } from '../../../shared/procedures/matter-clock.ts';
import { addTrio, createLab, type Lab, OFFICES, type Party, send, settle } from '../../fixtures/exchange-lab.ts';
import { type PlannedStep, type Players, planScenarios, type Scenario } from '../../fixtures/plan-scenarios.ts';

/**
 * Every state, everything that can be pending and every ground of every procedure, played by three real vaults over one folder: all end in the same
 * state with the same clocks, and these are the ones that the procedure itself says.
 */

const START = new Date('2026-11-24T02:00:00.000Z');
const players: Players = { opener: OFFICES.firm.id, lead: OFFICES.procuratorate.id, third: OFFICES.pickUp.id };
/** Rounds after an act until its place is known everywhere. */
const ROUNDS = 20;

/** Scenarios go side by side, so that one exchange carries the steps of many. */
const PATIENCE = 600_000;

describe.each(PROCEDURES.map((procedure) => [procedure.name, procedure] as const))('%s', (_, procedure) => {
  const scenarios = planScenarios(procedure, players, START);
  const played = new Map<Scenario, Played>();
  let lab: Lab;
  let all: Party[];

  beforeAll(async () => {
    lab = createLab(START.toISOString());
    ({ all } = await addTrio(lab));
    // Where the procedure knows two sides only, two play.
    if (procedure.roles.every(({ id }) => id === 'opener' || id === 'lead')) all = all.slice(0, 2);
    await playAll(lab, all, procedure.type, scenarios, played);
  }, PATIENCE);
  afterAll(() => lab.close());

  test.each(scenarios.map((scenario) => [scenario.title, scenario] as const))('%s', (_title, scenario) => {
    const { matter, ms } = played.get(scenario) ?? {};
    if (matter === undefined || ms === undefined) throw new Error('not played');
    const { state, sides, clocks } = scenario.expected;
    for (const { context } of all) {
      const { read } = context.vault;
      const countedPos = ms.length;
      expect(findMatter(read, matter)).toMatchObject({ state, sides, procedure: procedure.name, countedPos });
      expect(listMatterClocks(read, matter)).toEqual(sorted(clocks.map((clock) => named(clock, ms))));
    }
  });
});

interface Played {
  readonly matter: MatterId;
  readonly ms: M[];
}

async function playAll(
  lab: Lab,
  all: readonly Party[],
  type: ProcedureType,
  scenarios: readonly Scenario[],
  played: Map<Scenario, Played>,
): Promise<void> {
  const steps = scenarios.flatMap((scenario) => scenario.steps.map((step) => ({ scenario, step })));
  const byTime = Map.groupBy(steps, ({ step }) => step.at.getTime());
  for (const [time, group] of [...byTime].sort(([a], [b]) => a - b)) {
    lab.clock.now = new Date(time);
    for (const { scenario, step } of group) {
      const before = played.get(scenario);
      const target =
        before === undefined ? { type, to: all.slice(1).map(({ office }) => office.id) } : { matter: before.matter };
      const { m, matter } = await send(partyOf(all, step), { target, act: step.act.act, form: step.form });
      played.set(scenario, { matter, ms: [...(before?.ms ?? []), m] });
    }
    await settle(all, ROUNDS);
  }
}

function partyOf(all: readonly Party[], { office }: PlannedStep): Party {
  const party = all.find((one) => one.office.id === office);
  if (party === undefined) throw new Error(`nobody plays ${office}`);
  return party;
}

/** The plan numbers its messages; the vaults name them by what was signed. */
function named(clock: MatterClock, ms: readonly M[]): MatterClock {
  const real = (planned: M): M => ms[Number(planned) - 1] ?? planned;
  return { ...clock, startedBy: real(clock.startedBy), endedBy: clock.endedBy === null ? null : real(clock.endedBy) };
}

const sorted = (clocks: readonly MatterClock[]): MatterClock[] =>
  clocks.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : a.turn - b.turn));
