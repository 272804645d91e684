import type { CommandContext, CommandReport } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';
import type { OfficeFlags } from '../../office-flags.ts';
import { withOffice } from '../../office-session.ts';
import { toOfficeId } from '../../parse-ids.ts';
import { addFolderRoute } from '../../routes.ts';

export interface RouteOptions extends OfficeFlags {
  readonly to: readonly string[];
}

/** A folder to exchange through, and the offices that are reached by it. */
export function route(folder: string, options: RouteOptions, context: CommandContext): Promise<CommandReport> {
  const offices = options.to.map(toOfficeId);
  return withOffice(options, context, (own) => {
    const channel = addFolderRoute(own, folder, offices);
    return {
      exit: EXIT.good,
      json: { channel, folder, offices },
      text: [context.t('cli.office.route.verdict', { folder })],
    };
  });
}
