import { expect, test } from 'vitest';
import { parseForm } from '../../../../shared/model/forms/parse-form.ts';
import { findAct } from '../../../../shared/procedures/act-of-form.ts';
import { exampleForm } from '../../../../shared/procedures/example-form.ts';
import { PROCEDURES } from '../../../../shared/procedures/find-procedure.ts';

const ACTS = PROCEDURES.flatMap((procedure) => procedure.acts.map((act) => ({ procedure, act })));

test.each(ACTS.map(({ procedure, act }) => [procedure.name, act.id, procedure, act] as const))(
  'the example of %s %s is no form that its act accepts, or one of another act',
  (_, id, procedure, act) => {
    const { form } = exampleForm(act, '2026-11-25', '示例');
    expect(parseForm(procedure.type, act.act, form, procedure.subtype)).toEqual(form);
    expect(findAct(procedure, act.act, form)?.id).toBe(id);
  },
);

test('what another field asks for is in the example, and named', () => {
  const review = PROCEDURES.find(({ name }) => name === 'file-review');
  const opening = review?.acts[0];
  if (opening === undefined) throw new Error('no file review');
  const { form, asked } = exampleForm(opening, '2026-11-25', '示例');
  expect(asked).toEqual(['lawyers']);
  expect(form).toMatchObject({ lawyers: [{ name: '示例' }] });
});
