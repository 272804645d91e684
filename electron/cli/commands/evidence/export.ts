import { formatSize } from '../../../../shared/text/format-size.ts';
import { exportEvidence } from '../../../usecases/evidence/export-evidence.ts';
import { noteOfHalfWritten } from '../../../usecases/half-written.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';
import type { OutputFlags } from '../../flags.ts';
import type { OfficeFlags } from '../../office-flags.ts';
import { ACTOR, withOffice } from '../../office-session.ts';
import { requireAbsent, withOutput } from '../../output-file.ts';
import { toMatterId } from '../../parse-ids.ts';
import { PROGRAM } from '../../vault-session.ts';

export interface ExportOptions extends OfficeFlags, OutputFlags {}

/** Everything that proves a matter, in one file and in the clear. */
export async function exportBundle(
  text: string,
  options: ExportOptions,
  context: CommandContext,
): Promise<CommandReport> {
  const matter = toMatterId(text);
  const { out, force } = options;
  await requireAbsent([out], options);
  return withOffice(options, context, async (office) => {
    const { signal, t } = context;
    const { size, messages, receipts, missing } = await withOutput(
      out,
      { force, note: noteOfHalfWritten(office.vault) },
      (sink) => exportEvidence(office, { matter, sink, by: ACTOR, program: PROGRAM, signal }),
    );
    const lines = [t('cli.evidence.export.verdict', { file: out, size: formatSize(size), messages, receipts })];
    if (missing.length > 0) lines.push(t('cli.evidence.export.missing', { count: missing.length }));
    return { exit: EXIT.good, json: { matter, file: out, size, messages, receipts, missing }, text: lines };
  });
}
