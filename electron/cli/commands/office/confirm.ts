import { confirmPendingCard, refusePendingCard } from '../../../usecases/confirm-pending-card.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';
import type { OfficeFlags } from '../../office-flags.ts';
import { ACTOR, withOffice } from '../../office-session.ts';
import { toOfficeId } from '../../parse-ids.ts';

export interface ConfirmOptions extends OfficeFlags {
  readonly fingerprint?: string;
  readonly how?: string;
  readonly refuse: boolean;
}

/** Decides on the newest pending card of an office. */
export function confirm(uscc: string, options: ConfirmOptions, context: CommandContext): Promise<CommandReport> {
  const office = toOfficeId(uscc);
  const { fingerprint, how, refuse } = options;
  return withOffice(options, context, async (own) => {
    const optional = {
      ...(fingerprint === undefined ? {} : { fingerprint }),
      ...(how === undefined ? {} : { how }),
    };
    const m = refuse
      ? await refusePendingCard(own, office, ACTOR)
      : await confirmPendingCard(own, { office, by: ACTOR, ...optional });
    const verdict = refuse ? context.t('cli.office.confirm.refused') : context.t('cli.office.confirm.verdict');
    return { exit: EXIT.good, json: { m, office, outcome: refuse ? 'refused' : 'confirmed' }, text: [verdict] };
  });
}
