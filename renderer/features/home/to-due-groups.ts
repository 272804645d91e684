import type { HomeRow } from '../../../shared/ipc/channels/home.ts';
import type { ResponseOf } from '../../../shared/ipc/contract.ts';
import { clockTone, dueText, leftText } from '../../text/clock-text.ts';
import { clockName, procedureActText, stateText, typeText } from '../../text/labels.ts';
import type { Text } from '../../text/use-text.ts';
import type { DueGroup, DueRow } from './due-list.tsx';

const GROUPS = ['now', 'today', 'soon', 'answer', 'new', 'paused'] as const;

/** The groups of the day with their words. */
export function toDueGroups(text: Text, today: ResponseOf<'home:today'>, now: Date): DueGroup[] {
  return GROUPS.map((key) => ({
    key,
    title: text.t(`window.home.group.${key}`),
    rows: today[key].rows.map((row) => toDueRow(text, row, now)),
  }));
}

function toDueRow(text: Text, row: HomeRow, now: Date): DueRow {
  const { t, momentAlone } = text;
  const { clock, office } = row;
  const rule = clock === null ? null : clock.article === '' ? t('window.home.ownDate') : clock.article;
  // Where the deadline is told of first, that the other side turned it away still must be seen
  const refused = row.refused && clock !== null ? t('window.home.kind.refused') : null;
  // A clock's name says the step; the state would push the rule off the line.
  const step = clock === null ? stateText(t, row) : clockName(t, row, clock);
  const facts = [refused, office.name, step, rule];
  return {
    key: `${row.kind}/${row.matter}/${clock?.id ?? row.m ?? ''}`,
    tone: toneOf(row, now),
    when: clock === null ? momentAlone(row.at) : dueText(text, clock, now),
    left: clock === null ? t(`window.home.kind.${row.kind}`) : leftText(t, clock, now),
    title: t('window.home.titleOf', { title: row.title, type: typeText(t, row.type) }),
    facts: facts.filter((fact): fact is string => fact !== null && fact !== ''),
    act:
      row.act !== null && row.turn === 'ours'
        ? t('window.home.do', { act: procedureActText(t, row, row.act) })
        : t('window.home.look'),
    ours: row.turn === 'ours' && row.act !== null,
    to: row.m === null ? `/matters/${row.matter}` : `/matters/${row.matter}?message=${row.m}`,
  };
}

function toneOf({ kind, clock }: HomeRow, now: Date): DueRow['tone'] {
  if (kind === 'refused') return 'failed';
  if (clock !== null) return clockTone(clock, now);
  return 'waiting';
}
