import { describe, expect, test } from 'vitest';
import { findRule } from '../../../../shared/procedures/clock/rules.ts';
import { describeForm, type FieldSpec } from '../../../../shared/procedures/describe-form.ts';
import { PROCEDURES } from '../../../../shared/procedures/find-procedure.ts';
import { type Procedure, UNOPENED } from '../../../../shared/procedures/procedure.ts';

const all = PROCEDURES.map((procedure) => [procedure.name, procedure] as const);
const movesOf = ({ acts }: Procedure) => acts.flatMap(({ moves }) => moves);
const unique = (ids: readonly string[]): void => expect(new Set(ids).size, ids.join()).toBe(ids.length);

/** Every field with its kind, those of lists, groups and variants among them. */
function flatten(fields: readonly FieldSpec[]): [path: string, kind: string][] {
  return fields.flatMap((field): [string, string][] => [
    [field.path, field.kind],
    ...(field.kind === 'list' ? flatten([field.item]) : []),
    ...(field.kind === 'group' ? flatten(field.fields) : []),
    ...(field.kind === 'variant' ? flatten(field.variants.flatMap((one) => one.fields)) : []),
  ]);
}

describe.each(all)('%s', (_, procedure) => {
  const { states, sides, acts, clocks, grounds, roles } = procedure;
  const actIds = acts.map(({ id }) => id);
  const finals = new Set(states.filter(({ kind }) => kind === 'final').map(({ id }) => id));

  test('names everything once', () => {
    for (const list of [states, acts, clocks, grounds, roles]) unique(list.map(({ id }) => id));
    unique([...sides]);
    for (const { fixed, act } of acts) {
      const same = acts.filter((one) => one.act === act && JSON.stringify(one.fixed) === JSON.stringify(fixed));
      expect(same, `${act} ${JSON.stringify(fixed)}`).toHaveLength(1);
    }
  });
  test('speaks of no state, side, act, role, clock or rule that there is not', () => {
    const known = new Set([UNOPENED, ...states.map(({ id }) => id)]);
    for (const { from, to, pending, notPending, opens, settles, after } of movesOf(procedure)) {
      expect([...from, ...(to === undefined ? [] : [to])].filter((state) => !known.has(state))).toEqual([]);
      const named = [pending, notPending, opens, ...(settles ?? [])].filter((side) => side !== undefined);
      expect(named.filter((side) => !sides.includes(side))).toEqual([]);
      if (after !== undefined) expect(clocks.map(({ id }) => id)).toContain(after);
    }
    for (const clock of clocks) {
      const touching = (clock.touched ?? []).flatMap(({ from, to }) => [...from, ...to]);
      const named = [...clock.start.map(({ act }) => act), ...clock.end, ...(clock.stop ?? []), ...touching];
      expect(
        [...named, ...(clock.lapse === undefined ? [] : [clock.lapse])].filter((id) => !actIds.includes(id)),
      ).toEqual([]);
      for (const rule of clock.rule ?? []) expect(findRule(rule), rule).not.toBeNull();
      expect(new Set((clock.rule ?? []).map((rule) => findRule(rule)?.period)).size).toBeLessThanOrEqual(1);
    }
    const known2 = new Set(['opener', 'lead', ...roles.map(({ id }) => id)]);
    for (const { by } of acts) expect(by.filter((role) => !known2.has(role))).toEqual([]);
    for (const ground of grounds) expect(ground.acts.filter((id) => !actIds.includes(id))).toEqual([]);
  });
  test('reaches every state, and leaves every state that is not final by the opener or the lead', () => {
    const reached = new Set(movesOf(procedure).flatMap(({ to }) => to ?? []));
    expect(states.filter(({ id }) => !reached.has(id))).toEqual([]);
    for (const { id } of states) {
      const open = acts.some(
        ({ by, moves }) =>
          moves.some(({ from }) => from.includes(id)) && (by.includes('lead') || by.includes('opener')),
      );
      expect([id, open]).toEqual([id, !finals.has(id)]);
    }
  });
  test('opens and settles every side', () => {
    for (const side of sides) {
      expect(
        movesOf(procedure).some(({ opens }) => opens === side),
        side,
      ).toBe(true);
      const ends = movesOf(procedure).some(
        ({ settles, to }) => settles?.includes(side) === true || finals.has(to ?? ''),
      );
      expect(ends, side).toBe(true);
    }
  });
  test('fixes by literals what tells its acts apart, and groups only members that there are', () => {
    for (const act of acts) {
      const fields = describeForm(act).groups.flatMap((group) => group.fields);
      for (const [member, value] of Object.entries(act.fixed)) {
        expect(
          fields.find((field) => field.name === member),
          `${act.id} ${member}`,
        ).toMatchObject({ kind: 'fixed', value });
      }
      const grouped = (act.groups ?? []).flatMap((group) => group.fields);
      expect(grouped.filter((member) => !fields.some((field) => field.name === member))).toEqual([]);
      unique(grouped);
    }
  });
  test('is called by what people wrote, not by a word that only programs know', () => {
    const [opening] = acts;
    if (opening === undefined) throw new Error('a procedure without acts');
    const kinds = new Map(flatten(describeForm(opening).groups.flatMap((group) => group.fields)));
    for (const path of procedure.title) {
      const kind = kinds.get(path.replace(/\.\d+/g, ''));
      expect([path, kind === 'line' || kind === 'prose']).toEqual([path, true]);
    }
  });
  test('offers in the form of each refusal every ground that its article gives', () => {
    for (const act of acts) {
      const named = grounds.filter((ground) => ground.acts.includes(act.id)).map(({ id }) => id);
      const field = describeForm(act)
        .groups.flatMap((group) => group.fields)
        .find((one) => one.name === 'ground');
      expect(field?.kind === 'choice' ? field.options : [], act.id).toEqual(named);
    }
  });
});
