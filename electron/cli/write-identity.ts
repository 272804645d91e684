import { basename } from 'node:path';
import type { Identity } from '../pki/identity.ts';
import { writePkcs12 } from '../pki/pkcs12/write-pkcs12.ts';
import type { CommandContext } from './context.ts';
import { writeOutput } from './output-file.ts';
import { readPassphrase } from './passphrase.ts';

interface IdentityFile {
  readonly out: string;
  readonly force: boolean;
  readonly passphraseFile?: string | undefined;
  readonly passphraseFlag?: string;
}

/** Stores both pairs and their chain in one PKCS#12, readable by its owner alone. */
export async function writeIdentity(context: CommandContext, file: IdentityFile, identity: Identity): Promise<void> {
  const { signing, encryption, chain } = identity;
  const entries =
    signing.certificate === encryption.certificate
      ? [{ ...signing, friendlyName: 'signing and encryption' }]
      : [
          { ...signing, friendlyName: 'signing' },
          { ...encryption, friendlyName: 'encryption' },
        ];
  await writeKeyFile(context, file, { entries, certificates: chain });
}

/** Writes a PKCS#12 under a new passphrase. */
export async function writeKeyFile(
  context: CommandContext,
  { out, force, passphraseFile, passphraseFlag }: IdentityFile,
  contents: Omit<Parameters<typeof writePkcs12>[0], 'password'>,
): Promise<void> {
  const flag = passphraseFlag === undefined ? {} : { flag: passphraseFlag };
  const passphrase = await readPassphrase(context, {
    file: passphraseFile,
    label: basename(out),
    isNew: true,
    ...flag,
  });
  const bytes = writePkcs12({ ...contents, password: passphrase.toString('utf8') });
  passphrase.fill(0);
  await writeOutput(out, bytes, { force, mode: 0o600 });
}
