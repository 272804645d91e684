import { expect, test } from 'vitest';
import { toDueGroups } from '../../../../renderer/features/home/to-due-groups.ts';
import type { Text } from '../../../../renderer/text/use-text.ts';
import { createI18n } from '../../../../shared/i18n/create-i18n.ts';
import { NOW, TODAY } from '../../../fixtures/fake-bridge/home.ts';

const { t } = createI18n('en');
const text = { t, momentAlone: (when: string) => when, day: (when: string) => when } as unknown as Text;
const [row] = TODAY.now.rows;
if (row === undefined) throw new Error('the fixture has one');

test('an act that two procedures of a type share is called as the procedure of the matter calls it', () => {
  const actOf = (subtype: string): string | undefined => {
    const answer = { ...row, kind: 'answer', clock: null, turn: 'ours', act: { id: 'submit', act: 'submit' } } as const;
    const none = { total: 0, rows: [] };
    const today = { now: none, today: none, soon: none, paused: none, new: none, next: null };
    const groups = toDueGroups(
      text,
      { ...today, answer: { total: 1, rows: [{ ...answer, type: 'legal-aid', subtype }] } },
      new Date(NOW),
    );
    return groups.find(({ key }) => key === 'answer')?.rows[0]?.act;
  };
  expect(actOf('assistance')).toContain('etter of cooperation');
  expect(actOf('transfer')).toContain('ransfer the application');
});

test('what was turned away says so in words beside its deadline, and no code', () => {
  const groups = toDueGroups(text, { ...TODAY, now: { total: 1, rows: [{ ...row, refused: true }] } }, new Date(NOW));
  const [shown] = groups[0]?.rows ?? [];
  expect(shown?.facts[0]).toBe(t('window.home.kind.refused'));
  expect(JSON.stringify(shown)).not.toMatch(/[A-Z]+_[A-Z]+/);
});
