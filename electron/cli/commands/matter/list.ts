import type { ProcedureType } from '../../../../shared/model/vocabulary.ts';
import { visible } from '../../../../shared/text/visible.ts';
import { listMatters, type MatterSummary } from '../../../usecases/list-matters.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';
import { formatInstant } from '../../format.ts';
import type { OfficeFlags } from '../../office-flags.ts';
import { withOffice } from '../../office-session.ts';

export interface ListOptions extends OfficeFlags {
  readonly type?: ProcedureType;
  readonly state?: string;
  readonly limit: number;
}

export function list(options: ListOptions, context: CommandContext): Promise<CommandReport> {
  const { type, state, limit } = options;
  const filter = { ...(type === undefined ? {} : { type }), ...(state === undefined ? {} : { state }) };
  return withOffice(options, context, (office) => {
    const { items, next } = listMatters(office, filter, limit);
    return {
      exit: EXIT.good,
      json: { matters: items, more: next !== null },
      text: items.length === 0 ? [context.t('cli.matter.list.empty')] : items.map((one) => line(one, context)),
    };
  });
}

function line({ id, title, type, state, updatedAt }: MatterSummary, { language }: CommandContext): string {
  return [id, formatInstant(updatedAt, language), type, state, visible(title)].join('  ');
}
