import { AppError } from '../../../../shared/errors.ts';
import { personId } from '../../../../shared/model/schemas.ts';
import { markOpened } from '../../../usecases/mark-opened.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';
import { messageNamed, readMessageName } from '../../message-named.ts';
import type { OfficeFlags } from '../../office-flags.ts';
import { withOffice } from '../../office-session.ts';

export interface OpenedOptions extends OfficeFlags {
  readonly person: string;
}

/** Says that a named person has displayed a message: its sender gets a receipt for that, once. */
export function opened(text: string, options: OpenedOptions, context: CommandContext): Promise<CommandReport> {
  const name = readMessageName(text);
  const person = personId.safeParse(options.person);
  if (!person.success) throw new AppError('PERSON_UNKNOWN', { person: options.person });
  return withOffice(options, context, async (office) => {
    const m = messageNamed(office, name, context);
    const owed = await markOpened(office, m, person.data);
    const verdict = owed ? context.t('cli.message.opened.verdict') : context.t('cli.message.opened.before');
    return { exit: EXIT.good, json: { m, owed }, text: [verdict] };
  });
}
