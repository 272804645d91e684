import { describe, expect, test } from 'vitest';
import { findProblems } from '../../../../renderer/features/compose/form-problems.ts';
import { missingSlots, OTHER_SLOT, toSlots } from '../../../../renderer/features/compose/to-slots.ts';
import { findProcedureAct } from '../../../../renderer/text/form-text.ts';
import type { FormDraft } from '../../../../renderer/ui/form/form-value.ts';
import { createI18n } from '../../../../shared/i18n/create-i18n.ts';
import type { StagedDocument } from '../../../../shared/ipc/channels/draft.ts';
import { FILE_REVIEW } from '../../../fixtures/forms.ts';

const { t } = createI18n('zh-CN');
const found = findProcedureAct({ type: 'file-review', subtype: '' }, 'submit');
if (found === null) throw new Error('the file review has no opening act');
const { act } = found;
const form = FILE_REVIEW['submit'] as FormDraft;

const file = (kind: string, name = `${kind}.pdf`): StagedDocument => ({
  id: '11111111-1111-4111-8111-111111111111',
  kind,
  name,
  mediaType: 'application/pdf',
  size: 1,
  sha256: null,
  state: 'hashing',
  failure: null,
  to: null,
});
const slots = (documents: readonly StagedDocument[]) => toSlots(act, { opening: form, form }, documents);

describe('slots for the papers of an act', () => {
  test('are those that the form asks for, and one more for the rest', () => {
    const all = slots([]);
    expect(all.map(({ id }) => id)).toContain('lawyer-licence');
    expect(all.at(-1)).toMatchObject({ id: OTHER_SLOT, mandatory: false });
    expect(missingSlots(all).length).toBeGreaterThan(1);
  });

  test('hold each file once, by its kind; what fits no rule lies in the last', () => {
    const documents = [file('lawyer-licence'), file('lawyer-licence', '副本.pdf'), file('photograph')];
    const all = slots(documents);
    expect(all.find(({ id }) => id === 'lawyer-licence')?.documents).toHaveLength(2);
    expect(all.at(-1)?.documents.map(({ kind }) => kind)).toEqual(['photograph']);
    expect(all.flatMap((slot) => slot.documents)).toHaveLength(3);
    expect(missingSlots(all).map(({ id }) => id)).not.toContain('lawyer-licence');
  });

  test('stay for a file that is here although the form no longer asks for it', () => {
    const rule = act.documents.find(({ when }) => when !== undefined && when.length > 0);
    if (rule === undefined) throw new Error('no paper of the act depends on its form');
    const kind = rule.kinds[0] ?? '';
    expect(toSlots(act, { opening: {}, form: {} }, []).map(({ id }) => id)).not.toContain(rule.id);
    expect(toSlots(act, { opening: {}, form: {} }, [file(kind)]).map(({ id }) => id)).toContain(rule.id);
  });
});

describe('what a form lacks', () => {
  test('is nothing where it is whole', () => {
    expect(findProblems(t, act, form)).toEqual([]);
  });

  test('is told by its place, once, and as missing where nothing was typed', () => {
    const problems = findProblems(t, act, {});
    expect(problems.length).toBeGreaterThan(3);
    expect(problems.every(({ missing }) => missing)).toBe(true);
    expect(new Set(problems.map(({ path }) => path)).size).toBe(problems.length);
    expect(problems[0]?.text).toBe(t('window.form.problem.missing'));
  });

  test('is told as wrong where something was typed, with what is wrong about it', () => {
    const [name] = Object.entries(form).find(([, value]) => typeof value === 'string') ?? [];
    const problems = findProblems(t, act, { ...form, [name ?? '']: 'x'.repeat(200_000) });
    const problem = problems.find(({ path }) => path === name);
    expect(problem?.missing).toBe(false);
    expect(problem?.text).not.toBe(t('window.form.problem.missing'));
  });

  test('is looked for inside lists and groups', () => {
    const [list, entries] = Object.entries(form).find(([, value]) => Array.isArray(value)) ?? [];
    const broken = { ...form, [list ?? '']: [...(entries as unknown[]), {}] } as FormDraft;
    const at = (entries as unknown[]).length;
    expect(findProblems(t, act, broken).some(({ path }) => path.startsWith(`${list}.${at}`))).toBe(true);
  });
});
