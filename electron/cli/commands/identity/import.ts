import { LIMITS } from '../../../../shared/limits.ts';
import type { Certificate } from '../../../pki/certificate.ts';
import { identityFromPkcs12 } from '../../../pki/pkcs12/identity-from-pkcs12.ts';
import type { Pkcs12Entry } from '../../../pki/pkcs12/match-entries.ts';
import { readCertificates } from '../../../pki/read-certificates.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { identityJson, identityLines } from '../../describe-identity.ts';
import { EXIT } from '../../exit-codes.ts';
import type { PassphraseFlags } from '../../flags.ts';
import { BUNDLE_LIMIT, readInput, readInputs } from '../../input-file.ts';
import { isPkcs12, pairWith, readKeyFile, readPkcs12File } from '../../key-file.ts';
import { requireAbsent } from '../../output-file.ts';
import { writeIdentity } from '../../write-identity.ts';

export interface ImportOptions extends PassphraseFlags {
  readonly cert: readonly string[];
  readonly out?: string;
  readonly newPassphraseFile?: string;
  readonly force: boolean;
}

/** Keys made elsewhere, or by `identity csr`, together with their certificates: checked, and stored anew where asked. */
export async function importIdentity(
  file: string,
  options: ImportOptions,
  context: CommandContext,
): Promise<CommandReport> {
  const { cert, out, force } = options;
  if (out !== undefined) await requireAbsent([out], options);
  const given = (await readInputs(cert, BUNDLE_LIMIT)).flatMap(readCertificates);
  const { entries, certificates } = await readKeys(file, given, options, context);
  const known = [...certificates, ...given];
  const identity = identityFromPkcs12({ entries: entries.map((entry) => complete(entry, known)), certificates: known });
  if (out !== undefined) {
    const passphraseFile = options.newPassphraseFile ?? options.passphraseFile;
    await writeIdentity(context, { out, force, passphraseFile, passphraseFlag: '--new-passphrase-file' }, identity);
  }
  const verdict =
    out === undefined
      ? context.t('cli.identity.import.usable')
      : context.t('cli.identity.import.verdict', { file: out });
  return {
    exit: EXIT.good,
    json: { file: out ?? null, ...identityJson(identity) },
    text: [verdict, ...identityLines(identity, context)],
  };
}

interface Keys {
  readonly entries: readonly Pkcs12Entry[];
  readonly certificates: readonly Certificate[];
}

async function readKeys(
  path: string,
  given: readonly Certificate[],
  options: ImportOptions,
  context: CommandContext,
): Promise<Keys> {
  const request = { path, passphraseFile: options.passphraseFile };
  if (isPkcs12(await readInput(path, LIMITS.pkcs12))) return readPkcs12File(context, request);
  const pairs = await readKeyFile(context, request, given);
  return { entries: pairs.map((pair) => ({ ...pair, friendlyName: null, localKeyId: null })), certificates: [] };
}

/** A key without a certificate gets the one that was issued for it. */
function complete(entry: Pkcs12Entry, known: readonly Certificate[]): Pkcs12Entry {
  if (entry.certificate !== null) return entry;
  return { ...entry, certificate: pairWith(entry.key, known)[0]?.certificate ?? null };
}
