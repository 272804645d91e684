import { describe, expect, test } from 'vitest';
import { actOfMessage, findProcedureAct, formRows, noticeText } from '../../../../renderer/text/form-text.ts';
import { createI18n } from '../../../../shared/i18n/create-i18n.ts';
import type { Json } from '../../../../shared/model/i-json.ts';
import { FILE_REVIEW } from '../../../fixtures/forms.ts';

const { t } = createI18n('zh-CN');
const KIND = { type: 'file-review', subtype: '' } as const;
const form = (name: string) => FILE_REVIEW[name] as Readonly<Record<string, Json>>;

function opening() {
  const found = findProcedureAct(KIND, 'submit');
  if (found === null) throw new Error('no opening act');
  return found;
}

describe('which act is meant', () => {
  test('is told by its id, and by nothing that this version does not know', () => {
    expect(opening().act.id).toBe('submit');
    expect(findProcedureAct(KIND, 'abolished')).toBeNull();
    expect(findProcedureAct(KIND, null)).toBeNull();
  });

  test('is told by word and form before the lead has counted it', () => {
    const granted = actOfMessage(KIND, { act: 'decision', actId: null, form: form('granted') });
    expect(granted?.act.act).toBe('decision');
    expect(actOfMessage(KIND, { act: null, actId: null, form: {} })).toBeNull();
    expect(actOfMessage(KIND, { act: 'submit', actId: 'submit', form: {} })?.act.id).toBe('submit');
  });
});

describe('a form as rows', () => {
  test('names every member that was filled in, in the words of the procedure, and none twice', () => {
    const { procedure, act } = opening();
    const rows = formRows(t, procedure, act, form('submit'));
    const names = Object.keys(form('submit'));
    expect(rows.length).toBeGreaterThan(names.length / 2);
    expect(new Set(rows.map(({ path }) => path)).size).toBe(rows.length);
    expect(rows.every(({ label, text }) => label !== '' && text !== '')).toBe(true);
    // Labels are words, not names of members
    expect(rows.filter(({ label, path }) => label === path.split('.').at(-1))).toEqual([]);
  });

  test('leaves out what is not there, and shows what somebody else’s program added to nobody', () => {
    const { procedure, act } = opening();
    expect(formRows(t, procedure, act, {})).toEqual([]);
    expect(formRows(t, procedure, act, { unheardOf: '<b>bold</b>' })).toEqual([]);
  });

  test('keeps words of others as they are', () => {
    const { procedure, act } = opening();
    const [plain] = formRows(t, procedure, act, form('submit')).filter(
      ({ path, text }) => form('submit')[path] === text,
    );
    const name = plain?.path ?? '';
    const rows = formRows(t, procedure, act, { ...form('submit'), [name]: '<img src=x> 甲\u202e' });
    expect(rows.find(({ path }) => path === name)?.text).toBe('<img src=x> 甲\u202e');
  });

  test('writes several entries of a list each under its number', () => {
    const { procedure, act } = opening();
    const [list, entries] = Object.entries(form('submit')).find(
      ([, value]) => Array.isArray(value) && typeof value[0] === 'object',
    ) ?? [undefined, []];
    const first = (entries as Json[])[0] as Json;
    const rows = formRows(t, procedure, act, { [list ?? '']: [first, first] });
    expect(rows.find(({ path }) => path === list)?.text.split('\n')).toHaveLength(2);
  });
});

test('an act says a sentence of its own, or nothing', () => {
  const { procedure, act } = opening();
  expect(noticeText(t, procedure, { ...act, id: 'abolished' })).toBe('');
});
