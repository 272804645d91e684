import { exportJoinRequest } from '../../../usecases/join-office.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';
import type { OutputFlags } from '../../flags.ts';
import { formatFingerprint } from '../../format.ts';
import type { OfficeFlags } from '../../office-flags.ts';
import { withOffice } from '../../office-session.ts';
import { requireAbsent, writeOutput } from '../../output-file.ts';

export type JoinOptions = Omit<OfficeFlags, 'vault'> & OutputFlags;

/** What a further device of an office shows to the first one; nothing in it is secret. */
export async function requestJoin(dir: string, options: JoinOptions, context: CommandContext): Promise<CommandReport> {
  const { out } = options;
  await requireAbsent([out], options);
  const { bytes, fingerprint } = await withOffice({ ...options, vault: dir }, context, exportJoinRequest);
  await writeOutput(out, bytes, options);
  return {
    exit: EXIT.good,
    json: { file: out, fingerprint },
    text: [context.t('cli.vault.join.verdict', { file: out }), `  ${formatFingerprint(fingerprint)}`],
  };
}
