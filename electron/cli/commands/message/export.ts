import { formatSize } from '../../../../shared/text/format-size.ts';
import { type ExportLevel, exportMessage } from '../../../usecases/export-message.ts';
import { noteOfHalfWritten } from '../../../usecases/half-written.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';
import type { OutputFlags } from '../../flags.ts';
import { messageNamed, readMessageName } from '../../message-named.ts';
import type { OfficeFlags } from '../../office-flags.ts';
import { ACTOR, withOffice } from '../../office-session.ts';
import { requireAbsent, withOutput } from '../../output-file.ts';

export interface ExportOptions extends OfficeFlags, OutputFlags {
  readonly level: ExportLevel;
}

/** A copy of a message's container, documents included and in the clear, with what proves it to anybody. */
export async function exportCopy(
  text: string,
  options: ExportOptions,
  context: CommandContext,
): Promise<CommandReport> {
  const name = readMessageName(text);
  const { out, force, level } = options;
  await requireAbsent([out], options);
  return withOffice(options, context, async (office) => {
    const m = messageNamed(office, name, context);
    const { signal, t } = context;
    const size = await withOutput(out, { force, note: noteOfHalfWritten(office.vault) }, (sink) =>
      exportMessage(office, { m, level, sink, by: ACTOR, signal }),
    );
    return {
      exit: EXIT.good,
      json: { m, level, file: out, size },
      text: [t('cli.message.export.verdict', { file: out, size: formatSize(size), level })],
    };
  });
}
