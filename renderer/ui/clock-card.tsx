import type { ClockView } from '../../shared/ipc/channels/clock.ts';
import { findRule } from '../../shared/procedures/clock/rules.ts';
import { clockTone, dueText, leftText, spanText } from '../text/clock-text.ts';
import { useNow } from '../text/use-now.ts';
import { type Text, useText } from '../text/use-text.ts';
import { DeadlineCard } from './deadline-card.tsx';

interface Props {
  readonly clock: ClockView;
  /** What its procedure calls it. */
  readonly name: string;
}

/** A clock of a matter as a card: everything that the vault knows of it, in sentences. */
export function ClockCard({ clock, name }: Props) {
  const text = useText();
  const now = useNow();
  const { t } = text;
  const { state, owner, ours, remaining, status } = clock;
  const pauses = pausesOf(clock);
  const paused = state === 'paused';
  const rule = clock.rule === null ? null : findRule(clock.rule);
  const whole = rule === null ? null : spanText(t, rule);
  const inDays = rule !== null && (rule.unit === 'working-day' || rule.unit === 'day');
  const used = rule === null || remaining === null ? 0 : Math.max(0, rule.length - Math.ceil(remaining.length));
  const left = leftText(t, clock, now);
  const beside = paused && whole !== null ? t('window.clock.of', { span: whole }) : left;
  return (
    <DeadlineCard
      figure={
        paused && remaining !== null
          ? t('window.clock.left', { span: spanText(t, remaining) })
          : dueText(text, clock, now)
      }
      name={name}
      notes={notesOf(text, clock)}
      rule={[clock.article === '' ? t('window.clock.agreed') : clock.article, whole].filter(Boolean).join(' · ')}
      tone={clockTone(clock, now)}
      unverified={status === 'unverified'}
      {...(beside === '' ? {} : { beside })}
      {...(paused ? { state: t('window.clock.paused') } : {})}
      {...(ours || owner === null ? {} : { owner: owner.name })}
      {...(inDays && rule !== null && remaining !== null
        ? { bar: { total: rule.length, used, pauses: pauses.length > 0 ? [used] : [] } }
        : {})}
    />
  );
}

/** A supplement that by the rule stops nothing is no pause. */
const pausesOf = ({ pauses }: ClockView): ClockView['pauses'] => pauses.filter(({ effect }) => effect === 'pause');

/** What moved the date, and what is not yet sure about it. */
function notesOf({ t, date, day }: Text, clock: ClockView): string[] {
  const { due, original, provisional } = clock;
  const pauses = pausesOf(clock);
  const notes: string[] = [];
  if (original !== null && due !== null && original !== due) {
    notes.push(t('window.clock.moved', { from: date(original.slice(0, 10)), to: day(due.slice(0, 10)) }));
  }
  if (pauses.length > 0) {
    const list = pauses.map(({ from, to }) =>
      to === null
        ? t('window.clock.pauseOpen', { from: date(from.slice(0, 10)) })
        : t('window.clock.pause', { from: date(from.slice(0, 10)), to: date(to.slice(0, 10)) }),
    );
    notes.push(t('window.clock.pauses', { count: pauses.length, list: list.join(t('window.list.separator')) }));
  }
  if (provisional) notes.push(t('window.clock.provisional'));
  return notes;
}
