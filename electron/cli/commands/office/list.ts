import type { OfficeType } from '../../../../shared/model/office-card.ts';
import { visible } from '../../../../shared/text/visible.ts';
import { type DirectoryEntry, listDirectory } from '../../../usecases/list-directory.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';
import type { OfficeFlags } from '../../office-flags.ts';
import { withOffice } from '../../office-session.ts';

export interface ListOptions extends OfficeFlags {
  readonly name?: string;
  readonly type?: OfficeType;
  readonly region?: string;
}

export function list(options: ListOptions, context: CommandContext): Promise<CommandReport> {
  const { name, type, region } = options;
  const filter = {
    ...(name === undefined ? {} : { name }),
    ...(type === undefined ? {} : { type }),
    ...(region === undefined ? {} : { region }),
  };
  return withOffice(options, context, (own) => {
    const offices = listDirectory(own, filter);
    return {
      exit: EXIT.good,
      json: { offices },
      text: offices.length === 0 ? [context.t('cli.office.list.empty')] : offices.map((one) => line(one, context)),
    };
  });
}

function line({ office, own, card, pending, channels }: DirectoryEntry, { t }: CommandContext): string {
  const state =
    card === null ? t('cli.office.list.unconfirmed') : t('cli.office.list.version', { version: card.version });
  return [
    office.id,
    visible(office.name),
    t(`window.officeType.${office.type}`),
    office.region,
    own ? t('cli.office.list.own') : state,
    ...(pending.length === 0 ? [] : [t('cli.office.list.pending')]),
    channels.join(', '),
  ].join('  ');
}
