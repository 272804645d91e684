import { PROCEDURES } from '../../../../shared/procedures/find-procedure.ts';
import { procedureTitle } from '../../../../shared/procedures/procedure-text.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';

/** Every procedure, with the type that `message send` takes. */
export async function list({ t }: CommandContext): Promise<CommandReport> {
  const procedures = PROCEDURES.map(({ name, type, subtype, acts }) => ({
    name,
    type,
    subtype,
    title: procedureTitle(t, name),
    acts: acts.map(({ id }) => id),
  }));
  return {
    exit: EXIT.good,
    json: { procedures },
    text: procedures.map(({ name, type, title }) => `${name.padEnd(28)}--type ${type.padEnd(26)}${title}`),
  };
}
