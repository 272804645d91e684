import fc from 'fast-check';
import { expect, test } from 'vitest';
import { remindRecipients } from '../../../electron/usecases/remind-recipients.ts';
import { showMatter } from '../../../electron/usecases/show-matter.ts';
import { type SyncReport, sync } from '../../../electron/usecases/sync.ts';
import { listMessagesOfMatter } from '../../../electron/vault/repositories/messages.ts';
import { hasCode } from '../../../shared/errors.ts';
import type { M, MatterId } from '../../../shared/model/brand.ts';
import type { Form } from '../../../shared/model/forms/parse-form.ts';
import type { Act } from '../../../shared/model/vocabulary.ts';
import { createChaos } from '../../fixtures/chaos-mailbox.ts';
import { createLab, introduce, isQuiet, OFFICES, type Party, send } from '../../fixtures/exchange-lab.ts';
import { FILE_REVIEW } from '../../fixtures/forms.ts';

/** Who does what, in no order that anybody keeps: some of it will be void, for everyone alike. */
const STEPS: readonly (readonly [who: number, act: Act, form: string])[] = [
  [2, 'receipt', 'firstCheck'],
  [1, 'supplement-request', 'supplementRequest'],
  [0, 'withdraw', 'withdraw'],
  [1, 'decision', 'granted'],
  [0, 'supplement', 'supplement'],
  [1, 'deliver', 'deliver'],
];
const HOUR = 3600_000;

test('whatever a mailbox loses, repeats and shuffles, all vaults end in the same state, and nothing counts twice', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(99), { minLength: 40, maxLength: 40 }),
      fc.array(fc.tuple(fc.constantFrom(...STEPS.keys()), fc.nat(2)), { minLength: 3, maxLength: 8 }),
      (numbers, plan) => runOnce(numbers, plan),
    ),
    { numRuns: Number(process.env['CHAOS_RUNS'] ?? 6), endOnFailure: true },
  );
});

async function runOnce(numbers: readonly number[], plan: readonly (readonly [number, number])[]): Promise<void> {
  const chaos = createChaos(numbers);
  const lab = createLab();
  const context = { openMailbox: async () => chaos.mailbox };
  try {
    const firm = await lab.addOffice(OFFICES.firm, { context });
    const lead = await lab.addOffice(OFFICES.procuratorate, { context });
    const pickUp = await lab.addOffice(OFFICES.pickUp, { context });
    const all = [firm, lead, pickUp];
    await introduce(lab.share, all);
    const to = [lead.office.id, pickUp.office.id];
    const form: Form = FILE_REVIEW['submit'] ?? {};
    const { m, matter } = await send(firm, { target: { type: 'file-review', to }, act: 'submit', form });
    const sent: M[] = [m];
    for (const [step, who] of plan) {
      await syncOne(all[who], lab.later);
      const chosen = STEPS[step];
      const party = all[chosen?.[0] ?? 0];
      if (chosen === undefined || party === undefined) continue;
      const done = await tryToSend(party, matter, chosen[1], FILE_REVIEW[chosen[2]] ?? {});
      if (done !== null) sent.push(done);
      await syncOne(party, lab.later);
    }
    chaos.calm();
    await heal(all, sent, lab.later);
    expectSame(all, matter, sent);
  } finally {
    await lab.close();
  }
}

async function syncOne(party: Party | undefined, later: (by: number) => void): Promise<void> {
  later(60_000);
  if (party !== undefined) await sync(party.context);
}

/** What the party cannot do by what it knows, it does not do. */
async function tryToSend(party: Party, matter: MatterId, act: Act, form: Form): Promise<M | null> {
  try {
    return (await send(party, { target: { matter }, act, form })).m;
  } catch (error) {
    if (hasCode(error, 'ACT_NOT_ALLOWED') || hasCode(error, 'MATTER_UNKNOWN')) return null;
    throw error;
  }
}

/** Time passes, people remind each other, and nothing is lost any more. */
async function heal(all: readonly Party[], sent: readonly M[], later: (by: number) => void): Promise<void> {
  for (let round = 0, quiet = 0; round < 60 && quiet < 3; round++) {
    later(HOUR);
    const reports: SyncReport[] = [];
    for (const { context } of all) {
      for (const m of round % 4 === 0 ? sent : []) await remindRecipients(context, m, 'test').catch(() => 0);
      reports.push(await sync(context));
    }
    quiet = reports.every(isQuiet) ? quiet + 1 : 0;
  }
}

function expectSame(all: readonly Party[], matter: MatterId, sent: readonly M[]): void {
  const [first, ...others] = all.map(({ context }) => {
    const { matter: row, messages, conflict, gap } = showMatter(context, matter);
    const acts = messages.map(({ row: { m, status, counted, voidCode }, pos }) => [m, status, counted, voidCode, pos]);
    return { state: row.state, countedPos: row.countedPos, conflict, gap, acts };
  });
  expect(first).toMatchObject({ countedPos: sent.length, conflict: null, gap: null });
  for (const other of others) expect(other).toEqual(first);
  for (const { context } of all) {
    const acts = listMessagesOfMatter(context.vault.read, matter).filter(({ kind }) => kind === 'act');
    expect(acts.map(({ m }) => m).sort()).toEqual([...sent].sort());
  }
}
