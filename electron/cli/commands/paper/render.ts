import { noteOfHalfWritten } from '../../../usecases/half-written.ts';
import { renderMatterPaper } from '../../../usecases/papers/render-matter-paper.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';
import type { OutputFlags } from '../../flags.ts';
import { messageNamed, readMessageName } from '../../message-named.ts';
import type { OfficeFlags } from '../../office-flags.ts';
import { withOffice } from '../../office-session.ts';
import { writeOutput } from '../../output-file.ts';
import { toMatterId } from '../../parse-ids.ts';

export interface RenderOptions extends OfficeFlags, OutputFlags {
  readonly paper: string;
  readonly message?: string;
}

/** One paper as a PDF. */
export function render(matter: string, options: RenderOptions, context: CommandContext): Promise<CommandReport> {
  const id = toMatterId(matter);
  const { paper, message, out, force } = options;
  const name = message === undefined ? null : readMessageName(message);
  return withOffice(options, context, async (office) => {
    const chosen = name === null ? {} : { m: messageNamed(office, name, context) };
    const rendered = await renderMatterPaper(office, { matter: id, paper, ...chosen });
    await writeOutput(out, rendered.pdf, { force, note: noteOfHalfWritten(office.vault) });
    return {
      exit: EXIT.good,
      json: { file: out, paper, message: rendered.m, number: rendered.paper.number?.value ?? null },
      text: [context.t('cli.paper.render.verdict', { file: out, title: rendered.paper.title.join('') })],
    };
  });
}
