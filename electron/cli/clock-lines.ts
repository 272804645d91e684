import { isOverdue, type MatterClock } from '../../shared/procedures/matter-clock.ts';
import { procedureText } from '../../shared/procedures/procedure-text.ts';
import type { CommandContext } from './context.ts';

/**
 * One clock of a matter as a person reads it: what, whose, when, by which rule, and every pause.
 *
 * @param now the reader's moment in Asia/Shanghai, `YYYY-MM-DDTHH:mm`; null: nothing is said of lateness
 */
export function clockLines(
  clock: MatterClock,
  procedure: string,
  { t }: Pick<CommandContext, 't' | 'language'>,
  now: string | null,
): string[] {
  const { id, who, article, source, status, rule, basis, startedAt, provisional } = clock;
  const cite = rule === null ? t('cli.clock.matter.agreed') : `${article}（${rule}）`;
  const notes = [
    ...(status === 'unverified' ? [t('cli.clock.unverified')] : []),
    ...(provisional ? [t('cli.clock.due.provisional')] : []),
    ...(clock.late ? [t('cli.clock.matter.late')] : []),
    ...(now !== null && isOverdue(clock, now) ? [t('cli.clock.matter.overdue')] : []),
  ];
  return [
    `${procedureText(t, procedure, 'clocks', id)}  ${procedureText(t, procedure, 'roles', who)}  ${standing(clock, t)}`,
    `  ${t('cli.clock.matter.from', { at: startedAt ?? '?' })}${t(`cli.clock.matter.basis.${basis}`)}  ${cite}`,
    ...(source === '' ? [] : [`  ${t('cli.clock.matter.source', { source })}`]),
    ...clock.pauses.map((pause) => `  ${pauseLine(pause, procedure, t)}`),
    ...notes.map((note) => `  ${note}`),
  ];
}

function standing({ state, due, remaining, original, endedAt }: MatterClock, t: CommandContext['t']): string {
  if (state === 'paused' && remaining !== null) {
    return t(`cli.clock.due.left.${remaining.unit}`, { length: remaining.length });
  }
  const moved = original === null ? '' : `  ${t('cli.clock.due.moved', { original })}`;
  const ended = endedAt === null ? '' : `  ${t(`cli.clock.matter.state.${state}`)} ${endedAt}`;
  const on = due === null ? t(`cli.clock.matter.state.${state}`) : t('cli.clock.due.on', { due });
  return due === null && endedAt !== null ? ended.trim() : `${on}${moved}${ended}`;
}

function pauseLine(
  { cause, effect, from, to }: MatterClock['pauses'][number],
  procedure: string,
  t: CommandContext['t'],
): string {
  const span = { from, to: to ?? t('cli.clock.matter.open') };
  return `${procedureText(t, procedure, 'causes', cause)} ${t(`cli.clock.matter.effect.${effect}`, span)}`;
}
