import { finishRestore, listAwaited, resumeAfterRestore } from '../../../usecases/resume-after-restore.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';
import type { OfficeFlags, SigningFlags } from '../../office-flags.ts';
import { ACTOR, withOffice } from '../../office-session.ts';
import { readCredentials } from '../../signing.ts';

export interface ResumeOptions extends Omit<OfficeFlags, 'vault'>, SigningFlags {
  readonly withoutAnswers: boolean;
}

/** A new epoch in a new card, and questions to every other vault; or going on without those that did not answer (protocol.md 6). */
export function resume(dir: string, options: ResumeOptions, context: CommandContext): Promise<CommandReport> {
  return withOffice({ ...options, vault: dir }, context, async (office) => {
    const { t } = context;
    if (options.withoutAnswers) {
      const missing = listAwaited(office);
      await finishRestore(office, options.person ?? ACTOR);
      return { exit: EXIT.good, json: { state: 'active', missing }, text: [t('cli.vault.resume.finished')] };
    }
    const { m, card, fingerprint } = await resumeAfterRestore(office, await readCredentials(office, options, context));
    const awaiting = listAwaited(office);
    return {
      exit: EXIT.good,
      json: { state: 'restored', card: { m, version: card.version, fingerprint }, awaiting },
      text: [t('cli.vault.resume.verdict', { count: awaiting.length })],
    };
  });
}
