import { LIMITS } from '../../../../shared/limits.ts';
import type { Certificate } from '../../../pki/certificate.ts';
import type { Identity } from '../../../pki/identity.ts';
import { looksLikePem } from '../../../pki/pem.ts';
import { identityFromPkcs12 } from '../../../pki/pkcs12/identity-from-pkcs12.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { identityJson, identityLines } from '../../describe-identity.ts';
import { EXIT } from '../../exit-codes.ts';
import type { PassphraseFlags } from '../../flags.ts';
import { readInput } from '../../input-file.ts';
import { readPkcs12File } from '../../key-file.ts';
import { certificatesPem } from '../../pem-text.ts';
import { showCertificates } from '../cert/show.ts';

export interface ShowOptions extends PassphraseFlags {
  readonly pem?: 'signing' | 'encryption' | 'chain';
}

/** A PKCS#12 with both pairs; of a PEM file its certificates. */
export async function showIdentity(
  file: string,
  options: ShowOptions,
  context: CommandContext,
): Promise<CommandReport> {
  if (looksLikePem(await readInput(file, LIMITS.pkcs12))) return showCertificates(file, context);
  const request = { path: file, passphraseFile: options.passphraseFile };
  const identity = identityFromPkcs12(await readPkcs12File(context, request));
  if (options.pem !== undefined) {
    const pem = certificatesPem(select(identity, options.pem));
    return { exit: EXIT.good, json: { pem }, text: [pem.trimEnd()] };
  }
  return { exit: EXIT.good, json: identityJson(identity), text: identityLines(identity, context) };
}

function select(
  { signing, encryption, chain }: Identity,
  which: 'signing' | 'encryption' | 'chain',
): readonly Certificate[] {
  if (which === 'chain') return chain;
  return [which === 'signing' ? signing.certificate : encryption.certificate];
}
