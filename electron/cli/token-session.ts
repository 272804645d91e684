import { resolve } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { openTokenModule, type TokenInfo, type TokenSession } from '../pki/token/open-token.ts';
import { isTokenNamed } from '../usecases/tokens/list-tokens.ts';
import type { TokenModuleSetting } from '../usecases/tokens/token-modules.ts';
import type { CommandContext } from './context.ts';
import { readPassphrase } from './passphrase.ts';
import { PIN_FLAG, type TokenFlags } from './token-flags.ts';
import { usageError } from './usage-error.ts';

export function moduleOf({ token, tokenParameters }: TokenFlags): TokenModuleSetting | null {
  return token === undefined ? null : { module: resolve(token), parameters: tokenParameters ?? null };
}

/** Logs into the token that the flags name, runs `task` and ends the login, whatever happens. @throws AppError TOKEN_…, USAGE */
export async function withToken<T>(
  flags: TokenFlags,
  context: CommandContext,
  task: (session: TokenSession) => Promise<T>,
): Promise<T> {
  const setting = moduleOf(flags);
  if (setting === null) throw usageError(context.t('cli.token.needed'));
  const module = await openTokenModule(setting);
  try {
    const token = chooseToken(await module.listTokens(), flags.slot, context);
    const session = await module.logIn(token, await readPin(flags, token, context));
    return await task(session);
  } finally {
    module.close();
  }
}

function chooseToken(all: readonly TokenInfo[], wanted: string | undefined, { t }: CommandContext): TokenInfo {
  const ready = all.filter(({ pin }) => pin !== 'none');
  const [token, another] = wanted === undefined ? ready : all.filter((one) => isTokenNamed(one, wanted));
  if (token === undefined) throw new AppError('TOKEN_MISSING');
  if (another === undefined) return token;
  throw usageError(
    t('cli.token.several', { names: ready.map(({ label, serial }) => `${label} (${serial})`).join(', ') }),
  );
}

/** @returns the PIN; empty where it is typed at the reader. Whoever logs in zeroes it. */
export async function readPin(
  { pinFile }: TokenFlags,
  { label, pinPad }: Pick<TokenInfo, 'label' | 'pinPad'>,
  context: CommandContext,
): Promise<Buffer> {
  if (pinPad && pinFile === undefined) return Buffer.alloc(0);
  return readPassphrase(context, { file: pinFile, flag: PIN_FLAG, label: context.t('cli.token.pin', { label }) });
}
