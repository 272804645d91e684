import { type RenewVaultKeys, renewVaultKeys } from '../../../usecases/renew-vault-keys.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';
import { formatFingerprint, formatInstant } from '../../format.ts';
import type { OfficeFlags, SigningFlags } from '../../office-flags.ts';
import { withOffice } from '../../office-session.ts';
import { readCredentials } from '../../signing.ts';

export interface RenewOptions extends Omit<OfficeFlags, 'vault'>, SigningFlags {
  readonly only?: 'encryption' | 'receipt';
  readonly alg: NonNullable<RenewVaultKeys['algorithm']>;
}

/** New keys for this device and a card that lists them; the old ones stay for what was sealed for them. */
export function renew(dir: string, options: RenewOptions, context: CommandContext): Promise<CommandReport> {
  const { only, alg: algorithm } = options;
  const { t, language } = context;
  return withOffice({ ...options, vault: dir }, context, async (office) => {
    const credentials = await readCredentials(office, options, context);
    const kinds = only === undefined ? {} : { kinds: [only] };
    const { m, card, fingerprint, renewed } = await renewVaultKeys(office, { credentials, algorithm, ...kinds });
    return {
      exit: EXIT.good,
      json: { m, version: card.version, fingerprint, renewed },
      text: [
        t('cli.vault.renew.verdict', { version: card.version }),
        ...renewed.map(({ kind, notAfter }) =>
          t(`cli.vault.renew.${kind}`, { until: formatInstant(notAfter, language) }),
        ),
        `${t('cli.office.fingerprint')} ${formatFingerprint(fingerprint)}`,
      ],
    };
  });
}
