import { withdrawOffice } from '../../../usecases/withdraw-office.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';
import type { OfficeFlags } from '../../office-flags.ts';
import { ACTOR, withOffice } from '../../office-session.ts';
import { toOfficeId } from '../../parse-ids.ts';

export interface WithdrawOptions extends OfficeFlags {
  readonly reason?: string;
}

/** A confirmed card turned out to be false. */
export function withdraw(uscc: string, options: WithdrawOptions, context: CommandContext): Promise<CommandReport> {
  const office = toOfficeId(uscc);
  const { reason } = options;
  return withOffice(options, context, async (own) => {
    await withdrawOffice(own, { office, by: ACTOR, ...(reason === undefined ? {} : { reason }) });
    return { exit: EXIT.good, json: { office }, text: [context.t('cli.office.withdraw.verdict')] };
  });
}
