import type { OfficeContext } from '../../../usecases/context.ts';
import { adoptReadingKey, adoptSigningKey, type TokenChoice } from '../../../usecases/tokens/adopt-token-key.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';
import type { OfficeFlags } from '../../office-flags.ts';
import { withOffice } from '../../office-session.ts';
import type { TokenFlags } from '../../token-flags.ts';
import { moduleOf, readPin } from '../../token-session.ts';
import { usageError } from '../../usage-error.ts';

export interface UseTokenOptions extends OfficeFlags, TokenFlags {
  readonly reading: boolean;
  readonly name?: string;
  readonly act: readonly string[];
}

/** A person signs with a key on a token, or counterparts seal for one, from the next card on. The key stays where it is. */
export function useToken(options: UseTokenOptions, context: CommandContext): Promise<CommandReport> {
  const setting = moduleOf(options);
  const { slot: token, label: certificate } = options;
  if (setting === null) throw usageError(context.t('cli.token.needed'));
  return withOffice(options, context, async (office) => {
    const pin = await readPin(options, { label: token ?? '', pinPad: false }, context);
    const choice: TokenChoice = {
      setting,
      pin,
      ...(token === undefined ? {} : { token }),
      ...(certificate === undefined ? {} : { certificate }),
    };
    return options.reading ? adoptReading(office, choice, context) : adoptSigning(office, choice, options, context);
  });
}

async function adoptSigning(
  office: OfficeContext,
  choice: TokenChoice,
  { name, act }: UseTokenOptions,
  { t }: CommandContext,
): Promise<CommandReport> {
  const {
    id,
    name: called,
    acts,
    notBefore,
    notAfter,
  } = await adoptSigningKey(office, {
    ...choice,
    ...(name === undefined ? {} : { name }),
    ...(act.length === 0 ? {} : { acts: act }),
  });
  return {
    exit: EXIT.good,
    json: { person: { id, name: called, acts, notBefore, notAfter }, keeper: 'token' },
    text: [t('cli.identity.useToken.signing', { name: called })],
  };
}

/** Where the token cannot open packages the vault's own key goes on to serve, which is said and is no failure. */
async function adoptReading(office: OfficeContext, choice: TokenChoice, { t }: CommandContext): Promise<CommandReport> {
  const { adopted, certificate } = await adoptReadingKey(office, choice);
  return {
    exit: EXIT.good,
    json: { adopted, certificate: certificate.sha256, keeper: adopted ? 'token' : 'vault' },
    text: [adopted ? t('cli.identity.useToken.reading') : t('cli.identity.useToken.software')],
  };
}
