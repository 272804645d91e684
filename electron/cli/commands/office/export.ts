import { exportCard } from '../../../usecases/export-card.ts';
import { noteOfHalfWritten } from '../../../usecases/half-written.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';
import type { OutputFlags } from '../../flags.ts';
import { formatFingerprint } from '../../format.ts';
import type { OfficeFlags } from '../../office-flags.ts';
import { withOffice } from '../../office-session.ts';
import { withOutput } from '../../output-file.ts';
import { toOfficeId } from '../../parse-ids.ts';

export type ExportOptions = OfficeFlags & OutputFlags;

/** Our own card, or that of the office named, as a signed container. */
export async function exportFile(
  uscc: string | undefined,
  options: ExportOptions,
  context: CommandContext,
): Promise<CommandReport> {
  const { out, force } = options;
  const office = uscc === undefined ? undefined : toOfficeId(uscc);
  const fingerprint = await withOffice(options, context, (own) =>
    withOutput(out, { force, note: noteOfHalfWritten(own.vault) }, (file) => exportCard(own, file, office)),
  );
  return {
    exit: EXIT.good,
    json: { file: out, fingerprint },
    text: [
      context.t('cli.office.export.verdict', { file: out }),
      `${context.t('cli.office.fingerprint')} ${formatFingerprint(fingerprint)}`,
    ],
  };
}
