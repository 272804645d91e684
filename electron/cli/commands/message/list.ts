import { listMessages } from '../../../usecases/list-messages.ts';
import type { Direction, MessageStatus } from '../../../vault/repositories/messages.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { messageJson, messageLine } from '../../describe-message.ts';
import { EXIT } from '../../exit-codes.ts';
import type { OfficeFlags } from '../../office-flags.ts';
import { withOffice } from '../../office-session.ts';
import { toMatterId } from '../../parse-ids.ts';

export interface ListOptions extends OfficeFlags {
  readonly matter?: string;
  readonly direction?: Direction;
  readonly status?: MessageStatus;
  readonly limit: number;
}

export function list(options: ListOptions, context: CommandContext): Promise<CommandReport> {
  const { matter, direction, status, limit } = options;
  const filter = {
    ...(matter === undefined ? {} : { matter: toMatterId(matter) }),
    ...(direction === undefined ? {} : { direction }),
    ...(status === undefined ? {} : { status }),
  };
  const { t } = context;
  return withOffice(options, context, (office) => {
    const { items, next } = listMessages(office, filter, limit);
    return {
      exit: EXIT.good,
      json: { messages: items.map(({ row, colour }) => ({ ...messageJson(row), colour })), more: next !== null },
      text:
        items.length === 0
          ? [t('cli.message.list.empty')]
          : items.map(({ row, colour }) =>
              messageLine(office.vault.read, row, colour === null ? '' : t(`cli.message.colour.${colour}`), context),
            ),
    };
  });
}
