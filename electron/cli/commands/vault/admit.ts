import { LIMITS } from '../../../../shared/limits.ts';
import { addVault } from '../../../usecases/join-office.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';
import { formatFingerprint } from '../../format.ts';
import { readInput } from '../../input-file.ts';
import type { OfficeFlags, SigningFlags } from '../../office-flags.ts';
import { withOffice } from '../../office-session.ts';
import { readCredentials } from '../../signing.ts';

export interface AdmitOptions extends Omit<OfficeFlags, 'vault'>, SigningFlags {
  readonly request: string;
  readonly fingerprint: string;
}

/** Lists a further device of this office in a new card. */
export async function admit(dir: string, options: AdmitOptions, context: CommandContext): Promise<CommandReport> {
  const request = await readInput(options.request, LIMITS.form);
  return withOffice({ ...options, vault: dir }, context, async (office) => {
    const credentials = await readCredentials(office, options, context);
    const { m, card, fingerprint } = await addVault(office, { request, credentials, fingerprint: options.fingerprint });
    return {
      exit: EXIT.good,
      json: { card: { m, version: card.version, fingerprint }, vaults: card.vaults.map(({ id }) => id) },
      text: [
        context.t('cli.vault.admit.verdict', { version: card.version }),
        `${context.t('cli.office.fingerprint')} ${formatFingerprint(fingerprint)}`,
      ],
    };
  });
}
