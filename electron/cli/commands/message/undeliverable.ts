import { giveUpDelivery } from '../../../usecases/give-up-delivery.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';
import { messageNamed, readMessageName } from '../../message-named.ts';
import type { OfficeFlags } from '../../office-flags.ts';
import { ACTOR, withOffice } from '../../office-session.ts';

/** Signs the record of non-delivery before its time, for every office that has not answered. */
export function undeliverable(text: string, options: OfficeFlags, context: CommandContext): Promise<CommandReport> {
  const name = readMessageName(text);
  const { t } = context;
  return withOffice(options, context, async (office) => {
    const m = messageNamed(office, name, context);
    const records = await giveUpDelivery(office, m, ACTOR);
    return {
      exit: EXIT.good,
      json: { m, records },
      text: [
        t('cli.message.undeliverable.verdict', { count: records.length }),
        ...records.map(({ office: silent, record }) => `  ${silent}  ${record}`),
      ],
    };
  });
}
