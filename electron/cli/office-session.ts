import type { ContextOptions, OfficeContext } from '../usecases/context.ts';
import { openOfficeVault } from '../usecases/open-office-vault.ts';
import { unlockReading } from '../usecases/tokens/reading-keys.ts';
import type { CommandContext } from './context.ts';
import type { OfficeFlags } from './office-flags.ts';
import { readPassphrase } from './passphrase.ts';
import { PROGRAM, readVaultSecret } from './vault-session.ts';

/** Opens the vault of an office, runs `task` with its use cases' context and closes it, whatever happens. */
export async function withOffice<T>(
  { vault: dir, passphraseFile, takeOver, revocation, tokenPinFile }: OfficeFlags,
  context: CommandContext,
  task: (office: OfficeContext) => Promise<T> | T,
  own: Pick<ContextOptions, 'openMailbox'> = {},
): Promise<T> {
  const secret = await readVaultSecret(dir, passphraseFile, context);
  const office = await openOfficeVault({
    dir,
    secret,
    now: context.now,
    program: PROGRAM,
    takeOver,
    revocation,
    ...own,
  });
  try {
    if (tokenPinFile !== undefined) {
      const request = { file: tokenPinFile, label: dir };
      await unlockReading(office, await readPassphrase(context, request));
    }
    return await task(office);
  } finally {
    office.tokens.close();
    await office.vault.close();
  }
}

/** Who did what a command does, in the audit log, where no person is named. */
export const ACTOR = 'command';
