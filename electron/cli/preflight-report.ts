import type { Finding } from '../../shared/procedures/preflight/finding.ts';
import { preflightText } from '../../shared/procedures/preflight/preflight-text.ts';
import type { Procedure } from '../../shared/procedures/procedure.ts';
import { visible } from '../../shared/text/visible.ts';
import type { PreflightReport } from '../usecases/preflight/preflight-message.ts';
import type { CommandContext, CommandReport } from './context.ts';
import { EXIT } from './exit-codes.ts';

/** What the checks before sealing found, as `message send` tells it. */

/** Nothing was signed. */
export function blockedReport(report: PreflightReport, context: CommandContext): CommandReport {
  return { exit: EXIT.bad, code: 'PREFLIGHT_BLOCKED', json: toJson(report), text: lines(report, context) };
}

/** `--preflight`, where nothing stops the message; where nothing could be checked, that is no pass. */
export function clearReport(report: PreflightReport, context: CommandContext): CommandReport {
  if (report.procedure === null) {
    return { exit: EXIT.indeterminate, json: toJson(report), text: [context.t('cli.message.send.unchecked')] };
  }
  return {
    exit: EXIT.good,
    json: toJson(report),
    text: [context.t('cli.message.send.clear'), ...lines(report, context)],
  };
}

/** Before anything is signed, beside the answer: who is at the screen can still stop, and a script that ran twice finds it in its log. */
export function noteSentBefore({ procedure, findings }: PreflightReport, { t, note }: CommandContext): void {
  for (const finding of findings.filter(({ id }) => id === SENT_BEFORE)) {
    const text = visible(preflightText(t, procedure?.name ?? '', finding));
    note(t('cli.message.send.warning', { text, id: finding.id }));
  }
}

/** What was found, where the same request was meant to go out once more. */
export function withoutSentBefore(report: PreflightReport): PreflightReport {
  return { ...report, findings: report.findings.filter(({ id }) => id !== SENT_BEFORE) };
}

const SENT_BEFORE = 'sent-before';

/** Beside a message that was sent. */
export function adviceLines(report: PreflightReport, context: CommandContext): string[] {
  const findings = report.findings.filter(({ level }) => level !== 'passed');
  return lines({ ...report, findings }, context);
}

const toJson = ({ procedure, findings }: PreflightReport) => ({
  procedure: procedure?.name ?? null,
  preflight: findings,
});

function lines({ procedure, findings }: PreflightReport, { t }: CommandContext): string[] {
  const line = (finding: Finding): string => {
    const text = visible(preflightText(t, procedure?.name ?? '', finding));
    return [t(`cli.message.send.level.${finding.level}`), text, ...kindFlag(procedure, finding)].join('  ');
  };
  return findings.map(line);
}

/** How a paper that is missing is given: its slot has a name for people, and the command asks for its kind. */
function kindFlag(procedure: Procedure | null, { id, slot }: Finding): string[] {
  if (id !== 'document-missing') return [];
  const rule = procedure?.acts.flatMap(({ documents }) => documents).find((one) => one.id === slot);
  return rule === undefined ? [] : [`[--doc-kind ${rule.kinds.join(' | ')}]`];
}
