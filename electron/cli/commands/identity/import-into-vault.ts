import { LIMITS } from '../../../../shared/limits.ts';
import { importIdentity } from '../../../usecases/import-identity.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';
import { readInput } from '../../input-file.ts';
import { type OfficeFlags, SIGNING_FLAG } from '../../office-flags.ts';
import { withOffice } from '../../office-session.ts';
import { readText } from '../../vault-session.ts';

export interface VaultImportOptions extends OfficeFlags {
  readonly signingPassphraseFile?: string;
  readonly name?: string;
  readonly act: readonly string[];
}

/** A person's signing key goes into the vault under that person's own passphrase; the next card lists the person. */
export async function importIntoVault(
  file: string,
  options: VaultImportOptions,
  context: CommandContext,
): Promise<CommandReport> {
  const p12 = await readInput(file, LIMITS.pkcs12);
  const request = { file: options.signingPassphraseFile, flag: SIGNING_FLAG, label: file };
  const password = await readText(context, request);
  const { name, act } = options;
  const person = await withOffice(options, context, (office) =>
    importIdentity(office, {
      p12,
      password,
      ...(name === undefined ? {} : { name }),
      ...(act.length === 0 ? {} : { acts: act }),
    }),
  );
  const { id, acts, notBefore, notAfter } = person;
  return {
    exit: EXIT.good,
    json: { person: { id, name: person.name, acts, notBefore, notAfter } },
    text: [context.t('cli.identity.import.intoVault', { name: person.name })],
  };
}
