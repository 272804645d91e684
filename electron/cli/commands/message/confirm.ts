import { confirmOutbox, listUnconfirmed } from '../../../usecases/confirm-outbox.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';
import type { OfficeFlags } from '../../office-flags.ts';
import { ACTOR, withOffice } from '../../office-session.ts';
import { toM } from '../../parse-ids.ts';

export interface ConfirmOptions extends OfficeFlags {
  readonly send: readonly string[];
  readonly drop: readonly string[];
}

/** Copies that were waiting when a backup was taken: what nobody has seen leaves only when a person says so. */
export function confirm(options: ConfirmOptions, context: CommandContext): Promise<CommandReport> {
  const [send, drop] = [options.send.map(toM), options.drop.map(toM)];
  return withOffice(options, context, async (office) => {
    const idsOf = (wanted: readonly string[]) =>
      listUnconfirmed(office)
        .filter(({ m }) => wanted.includes(m))
        .map(({ id }) => id);
    const sent = send.length === 0 ? 0 : await confirmOutbox(office, 'send', idsOf(send), ACTOR);
    const dropped = drop.length === 0 ? 0 : await confirmOutbox(office, 'drop', idsOf(drop), ACTOR);
    const waiting = listUnconfirmed(office).map(({ m, office: to, vault }) => ({ m, office: to, vault }));
    return {
      exit: EXIT.good,
      json: { sent, dropped, waiting },
      text: [
        context.t('cli.message.confirm.verdict', { sent, dropped, count: waiting.length }),
        ...waiting.map(({ m, office: to }) => `  ${m}  ${to}`),
      ],
    };
  });
}
