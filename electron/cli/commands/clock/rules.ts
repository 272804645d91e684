import type { ClockRule } from '../../../../shared/procedures/clock/rule.ts';
import { CLOCK_RULES } from '../../../../shared/procedures/clock/rules.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';

/** The whole table. */
export async function listRules(context: CommandContext): Promise<CommandReport> {
  return {
    exit: EXIT.good,
    json: { rules: CLOCK_RULES },
    text: CLOCK_RULES.flatMap((rule) => ruleText(rule, context)),
  };
}

/** A rule with its article, its sentence, and a warning where nobody has read the primary text. */
export function ruleText({ id, article, text, status }: ClockRule, { t, language }: CommandContext): string[] {
  const unverified = status === 'unverified' ? `  ${t('cli.clock.unverified')}` : '';
  return [`${id}  ${article}${unverified}`, `  ${language === 'en' ? text.en : text.zh}`];
}
