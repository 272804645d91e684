import { remindRecipients } from '../../../usecases/remind-recipients.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';
import type { OfficeFlags } from '../../office-flags.ts';
import { ACTOR, withOffice } from '../../office-session.ts';
import { toM } from '../../parse-ids.ts';

/** The same container once more to every vault that is silent; it leaves with the next sync. */
export function remind(text: string, options: OfficeFlags, context: CommandContext): Promise<CommandReport> {
  const m = toM(text);
  return withOffice(options, context, async (office) => {
    const copies = await remindRecipients(office, m, ACTOR);
    return { exit: EXIT.good, json: { m, copies }, text: [context.t('cli.message.remind.verdict', { copies })] };
  });
}
