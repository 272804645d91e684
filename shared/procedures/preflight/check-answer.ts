import { registrationRegion } from '../../model/identifiers.ts';
import { findRuleInForce } from '../clock/rules.ts';
import { holdsAll, valueAt } from '../condition.ts';
import { type Check, type Finding, found, type PreflightDraft } from './finding.ts';
import { textOf } from './text-fields.ts';

/** What a deciding office is about to sign that the law says otherwise: advice, the decision stays its own. */
export const checkAnswer: Check = (draft, facts) => [...checkEffect(draft, facts), ...checkGround(draft)];

/** The rule decides what a supplement does to a period, the notice only says it: who is told otherwise counts otherwise. */
const checkEffect: Check = ({ procedure, act, opening, form }, { today, lead }) => {
  const told = textOf(form['effect']);
  if (act.act !== 'supplement-request' || told === '') return [];
  const rules = procedure.clocks
    .filter(
      ({ when, touched }) =>
        holdsAll(when, { opening, form: {} }) && touched?.some(({ from }) => from.includes(act.id)),
    )
    .flatMap(({ rule }) => (rule === null ? null : findRuleInForce(rule, today, registrationRegion(lead))) ?? []);
  if (rules.length === 0 || rules.some(({ supplement }) => supplement === told)) return [];
  const article = [...new Set(rules.map((rule) => rule.article))].join('、');
  return [found('advice', 'supplement-effect', { params: { article }, field: 'effect' })];
};

/** A ground that is not for this applicant, and a file that is merely bounced. */
function checkGround({ procedure, act, opening, form }: PreflightDraft): Finding[] {
  const ground = procedure.grounds.find(({ id, acts }) => id === form['ground'] && acts.includes(act.id));
  if (ground === undefined) return [];
  const fits = holdsAll(ground.when, { opening, form });
  const bounced = ground.kind === 'redirection' && textOf(valueAt(form, 'redirection.office')) === '';
  return [
    ...(fits
      ? []
      : [found('advice', 'ground-not-applicable', { params: { article: ground.article }, field: 'ground' })]),
    ...(bounced ? [found('advice', 'redirection-missing', { field: 'ground' })] : []),
  ];
}
