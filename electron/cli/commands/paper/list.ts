import { listPapers } from '../../../usecases/papers/list-papers.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';
import type { OfficeFlags } from '../../office-flags.ts';
import { withOffice } from '../../office-session.ts';
import { toMatterId } from '../../parse-ids.ts';

export type ListOptions = OfficeFlags;

/** Every paper that a matter can print, with the message that each belongs to. */
export function list(matter: string, options: ListOptions, context: CommandContext): Promise<CommandReport> {
  const id = toMatterId(matter);
  return withOffice(options, context, (office) => {
    const papers = listPapers(office, id);
    return {
      exit: EXIT.good,
      json: { papers },
      text: papers.map(({ id: paper, title, m }) => `${m.slice(0, 16)}  ${paper.padEnd(26)}${title}`),
    };
  });
}
