import { listTrust } from '../../../usecases/trust/import-anchors.ts';
import { anchorJson, anchorLines } from '../../confirm-anchors.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';
import type { OfficeFlags } from '../../office-flags.ts';
import { withOffice } from '../../office-session.ts';

export type ListOptions = OfficeFlags;

export function list(options: ListOptions, context: CommandContext): Promise<CommandReport> {
  return withOffice(options, context, (office) => {
    const anchors = listTrust(office);
    return {
      exit: EXIT.good,
      json: { anchors: anchors.map(anchorJson) },
      text:
        anchors.length === 0
          ? [context.t('cli.trust.list.empty')]
          : anchors.flatMap((anchor) => anchorLines(anchor, context)),
    };
  });
}
