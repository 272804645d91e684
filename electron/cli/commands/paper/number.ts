import { findNumberPattern, setNumberPattern } from '../../../usecases/papers/paper-number.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';
import type { OfficeFlags } from '../../office-flags.ts';
import { ACTOR, withOffice } from '../../office-session.ts';

export interface NumberOptions extends OfficeFlags {
  readonly pattern?: string;
  readonly none: boolean;
}

/** Sets, removes or shows the office's own number pattern for one kind of paper. */
export function number(paper: string, options: NumberOptions, context: CommandContext): Promise<CommandReport> {
  return withOffice(options, context, (office) => {
    const { pattern: wanted, none } = options;
    if (none) setNumberPattern(office, paper, null, ACTOR);
    else if (wanted !== undefined) setNumberPattern(office, paper, wanted, ACTOR);
    const pattern = findNumberPattern(office, paper);
    const text = pattern === null ? context.t('cli.paper.number.unset') : pattern;
    return { exit: EXIT.good, json: { paper, pattern }, text: [text] };
  });
}
