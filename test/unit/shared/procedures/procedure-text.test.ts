import { describe, expect, test } from 'vitest';
import { createI18n, LANGUAGES, type Language, type Translate } from '../../../../shared/i18n/create-i18n.ts';
import { PROCEDURE_LABELS } from '../../../../shared/i18n/procedures/labels.ts';
import { describeForm, type FieldSpec } from '../../../../shared/procedures/describe-form.ts';
import { PROCEDURES } from '../../../../shared/procedures/find-procedure.ts';
import type { Procedure } from '../../../../shared/procedures/procedure.ts';
import {
  fieldText,
  type LabelSection,
  optionText,
  procedureText,
  procedureTitle,
} from '../../../../shared/procedures/procedure-text.ts';

const MISSING = '\u0000';

/** Says where a text is missing instead of falling back to its id. */
function strict(language: Language): Translate {
  const { t } = createI18n(language);
  const look = t as unknown as (keys: readonly string[], options: object) => string;
  return ((keys: readonly string[], options: object) =>
    look(keys, { ...options, defaultValue: MISSING })) as unknown as Translate;
}

type Id = readonly [LabelSection, string];

function idsOf({ roles, states, sides, grounds, clocks, acts }: Procedure): Id[] {
  const ids = (section: LabelSection, list: readonly { readonly id: string }[]): Id[] =>
    list.map(({ id }) => [section, id]);
  return [
    ...ids('roles', roles),
    ...ids('states', states),
    ...sides.map((side): Id => ['sides', side]),
    ...ids('grounds', grounds),
    ...ids('clocks', clocks),
    ...ids('ends', clocks),
    ...clocks.flatMap(({ touched }) => (touched ?? []).map(({ cause }): Id => ['causes', cause])),
    ...ids('acts', acts),
    ...ids('notices', acts),
    ...acts.flatMap(({ papers }) => papers.map((paper): Id => ['papers', paper])),
    ...acts.flatMap((act) => ids('groups', describeForm(act).groups)),
    ...acts.flatMap(({ documents }) => ids('documents', documents)),
    ...acts.flatMap(({ documents }) => documents.flatMap(({ kinds }) => kinds.map((kind): Id => ['kinds', kind]))),
  ];
}

/** Every field with the choices that it offers; those of a variant are choices of the member that it is told by. */
function fieldsOf(field: FieldSpec): { readonly path: string; readonly options: readonly string[] }[] {
  const own =
    field.name === '' || field.kind === 'fixed'
      ? []
      : [{ path: field.path, options: field.kind === 'choice' ? field.options : [] }];
  if (field.kind === 'list') return [...own, ...fieldsOf(field.item)];
  if (field.kind === 'group') return [...own, ...field.fields.flatMap(fieldsOf)];
  if (field.kind !== 'variant') return own;
  const values = field.variants.flatMap((variant) => variant.values);
  return [
    ...own,
    { path: `${field.path}.${field.by}`, options: values },
    ...field.variants.flatMap((variant) => variant.fields.flatMap(fieldsOf)),
  ];
}

describe.each(PROCEDURES.map((procedure) => [procedure.name, procedure] as const))('%s', (name, procedure) => {
  test.each(LANGUAGES)('has a name for everything in %s', (language) => {
    const t = strict(language);
    const unnamed = idsOf(procedure).filter(([section, id]) => procedureText(t, name, section, id) === MISSING);
    expect(unnamed.map((id) => id.join('.'))).toEqual([]);
    expect(procedureTitle(t, name)).not.toBe(MISSING);
    const fields = procedure.acts.flatMap((act) =>
      describeForm(act).groups.flatMap((group) => group.fields.flatMap(fieldsOf)),
    );
    expect(fields.filter(({ path }) => fieldText(t, name, 'fields', path) === MISSING).map(({ path }) => path)).toEqual(
      [],
    );
    const choices = fields
      // Grounds are named once, with their articles.
      .filter(({ path }) => path !== 'ground')
      .flatMap(({ path, options }) =>
        options.filter((option) => optionText(t, name, path, option) === MISSING).map((option) => `${path} ${option}`),
      );
    expect(choices).toEqual([]);
  });
});

test('labels say the same things in both languages, in their own writing', () => {
  const flatten = (tree: object, at = ''): [string, string][] =>
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[`${at}.${key}`, value]] : flatten(value as object, `${at}.${key}`),
    );
  for (const [name, labels] of Object.entries(PROCEDURE_LABELS)) {
    const [zh, en] = [flatten(labels['zh-CN'], name), flatten(labels.en, name)];
    expect(en.map(([key]) => key)).toEqual(zh.map(([key]) => key));
    for (const [key, text] of zh) expect(text, key).not.toMatch(/[!！]|[\u4e00-\u9fff][,;:?]|[,;?][\u4e00-\u9fff]/);
    for (const [key, text] of en) expect(text, key).not.toMatch(/[!\u3000-\u9fff\uff00-\uffef]/);
  }
});

test('a procedure without a file of its own still gets the common words, and an unknown id is shown as it is', () => {
  const { t } = createI18n('en');
  expect(procedureText(t, 'no-such', 'states', 'closed')).toBe('closed');
  expect(procedureText(t, 'file-review', 'states', 'no-such')).toBe('no-such');
  expect(fieldText(t, 'file-review', 'fields', 'lawyers.licence')).toBe('licence number');
  expect(fieldText(t, 'file-review', 'hints', 'lawyers.firm')).toBe('');
});
