import { AppError } from '../../../../shared/errors.ts';
import { parseCivilMoment } from '../../../../shared/procedures/clock/civil-date.ts';
import { parseClockEvent } from '../../../../shared/procedures/clock/clock-event.ts';
import { isCountable } from '../../../../shared/procedures/clock/countable.ts';
import { computeDue, type DueDate } from '../../../../shared/procedures/clock/due-date.ts';
import type { ClockRule } from '../../../../shared/procedures/clock/rule.ts';
import { findRule } from '../../../../shared/procedures/clock/rules.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';
import { ruleText } from './rules.ts';

export interface DueFlags {
  readonly rule: string;
  readonly start: string;
  readonly event: readonly string[];
  readonly custody: boolean;
}

/** One deadline with its reasoning. @throws AppError CLOCK_RULE_UNKNOWN, CLOCK_RULE_NOT_IN_FORCE, USAGE */
export async function showDue(flags: DueFlags, context: CommandContext): Promise<CommandReport> {
  const rule = findRule(flags.rule);
  if (rule === null) throw new AppError('CLOCK_RULE_UNKNOWN', { rule: flags.rule });
  const start = parseCivilMoment(flags.start);
  if (start === null) throw new AppError('USAGE', { option: '--start', value: flags.start });
  // Several events may stand in one text, as the table of worked deadlines writes them
  const texts = flags.event.flatMap((text) => text.split(';')).filter((text) => text.trim() !== 'none');
  const events = texts.map(parseClockEvent);
  const dates = events.flatMap(({ from, to }) => (to === null ? [from] : [from, to]));
  if (!isCountable([start.date, ...dates])) throw new AppError('USAGE', { option: '--start', value: flags.start });
  const due = computeDue({ rule, start, events, custody: flags.custody });
  return { exit: EXIT.good, json: toJson(rule, due), text: toText(rule, due, context) };
}

function toJson(rule: ClockRule, due: DueDate): Record<string, unknown> {
  return {
    due: due.due,
    ...(due.remaining === null ? {} : { remaining: due.remaining }),
    state: due.state,
    original: due.original,
    provisional: due.provisional,
    rule: rule.id,
    article: rule.article,
    status: rule.status,
    source: rule.source,
    steps: due.steps,
  };
}

function toText(
  rule: ClockRule,
  { due, original, remaining, provisional, steps }: DueDate,
  context: CommandContext,
): string[] {
  const { t } = context;
  const verdict =
    due !== null
      ? t('cli.clock.due.on', { due })
      : remaining === null
        ? t('cli.clock.due.lapsed')
        : t(`cli.clock.due.left.${remaining.unit}`, { length: remaining.length });
  return [
    verdict,
    ...(original === null ? [] : [t('cli.clock.due.moved', { original })]),
    ...(provisional ? [t('cli.clock.due.provisional')] : []),
    ...(steps.some(({ kind }) => kind === 'pause') ? [t('cli.clock.due.paused')] : []),
    ...ruleText(rule, context),
    ...steps.map(
      ({ kind, date, detail }) => `  ${date}  ${t(`cli.clock.step.${kind}`)}${detail === '' ? '' : `  ${detail}`}`,
    ),
  ];
}
