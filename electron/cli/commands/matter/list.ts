import type { ProcedureType } from '../../../../shared/model/vocabulary.ts';
import { addDays, civilMomentAt } from '../../../../shared/procedures/clock/civil-date.ts';
import { procedureText, procedureTitle } from '../../../../shared/procedures/procedure-text.ts';
import { visible } from '../../../../shared/text/visible.ts';
import { listMatters, type MatterSummary } from '../../../usecases/list-matters.ts';
import type { ReadableDb } from '../../../vault/db/handle.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';
import { formatInstant } from '../../format.ts';
import { officeText } from '../../names.ts';
import type { OfficeFlags } from '../../office-flags.ts';
import { withOffice } from '../../office-session.ts';

export interface ListOptions extends OfficeFlags {
  readonly type?: ProcedureType;
  readonly state?: string;
  /** Days. */
  readonly dueWithin?: number;
  readonly limit: number;
}

export function list(options: ListOptions, context: CommandContext): Promise<CommandReport> {
  const { type, state, dueWithin, limit } = options;
  const today = civilMomentAt(context.now().getTime()).date;
  const filter = {
    ...(type === undefined ? {} : { type }),
    ...(state === undefined ? {} : { state }),
    ...(dueWithin === undefined ? {} : { dueUntil: addDays(today, dueWithin) }),
  };
  const none = context.t(Object.keys(filter).length === 0 ? 'cli.matter.list.empty' : 'cli.matter.list.none');
  return withOffice(options, context, (office) => {
    const { items, next } = listMatters(office, filter, limit);
    return {
      exit: EXIT.good,
      json: { matters: items, more: next !== null },
      text: items.length === 0 ? [none] : items.map((one) => line(office.vault.read, one, context)),
    };
  });
}

function line(
  db: ReadableDb,
  { id, title, type, procedure, state, lead, updatedAt, due, colour }: MatterSummary,
  { t, language }: CommandContext,
): string {
  const name = procedure ?? type;
  const ends = due === null ? [] : [t('cli.matter.list.due', { due: due.due })];
  const what = [procedureTitle(t, name), procedureText(t, name, 'states', state)];
  const red = colour === 'red' ? [t('cli.message.colour.red')] : [];
  return [id, formatInstant(updatedAt, language), ...what, visible(title), officeText(db, lead), ...ends, ...red].join(
    '  ',
  );
}
