import { remindRecipients } from '../../../usecases/remind-recipients.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';
import { messageNamed, readMessageName } from '../../message-named.ts';
import type { OfficeFlags } from '../../office-flags.ts';
import { ACTOR, withOffice } from '../../office-session.ts';

/** The same container once more to every vault that is silent; it leaves with the next sync. */
export function remind(text: string, options: OfficeFlags, context: CommandContext): Promise<CommandReport> {
  const name = readMessageName(text);
  return withOffice(options, context, async (office) => {
    const m = messageNamed(office, name, context);
    const copies = await remindRecipients(office, m, ACTOR);
    return { exit: EXIT.good, json: { m, copies }, text: [context.t('cli.message.remind.verdict', { copies })] };
  });
}
