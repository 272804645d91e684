import { AppError } from '../../shared/errors.ts';
import type { Signer } from '../packages/write-container.ts';
import type { Certificate } from '../pki/certificate.ts';
import { identityFromPkcs12 } from '../pki/pkcs12/identity-from-pkcs12.ts';
import type { TokenCertificate, TokenSession } from '../pki/token/open-token.ts';
import { probeDecryption } from '../pki/token/probe-decryption.ts';
import { mayEncrypt, maySign } from '../usecases/office/certificate-uses.ts';
import { isNamed } from '../usecases/tokens/list-tokens.ts';
import type { CommandContext } from './context.ts';
import type { PassphraseFlags } from './flags.ts';
import { readPkcs12File } from './key-file.ts';
import type { TokenFlags } from './token-flags.ts';
import { withToken } from './token-session.ts';
import { usageError } from './usage-error.ts';

export interface SealIdentity {
  readonly signer: Signer;
  /** What the sender will read its own package by; null where its token cannot. */
  readonly encryption: Certificate | null;
}

export interface SealIdentityFlags extends TokenFlags, PassphraseFlags {
  readonly signer?: string;
}

/**
 * Who signs: a PKCS#12, or a token. With both the token signs and the PKCS#12 brings the encryption certificate, for tokens that cannot open packages.
 *
 * @throws AppError USAGE, TOKEN_…, and of reading the file
 */
export async function withSealIdentity<T>(
  flags: SealIdentityFlags,
  context: CommandContext,
  task: (identity: SealIdentity) => Promise<T>,
): Promise<T> {
  const { signer, passphraseFile } = flags;
  if (signer === undefined && flags.token === undefined) throw usageError(context.t('cli.package.seal.noSigner'));
  const file =
    signer === undefined ? null : identityFromPkcs12(await readPkcs12File(context, { path: signer, passphraseFile }));
  const software = file?.encryption.certificate ?? null;
  if (file !== null && flags.token === undefined) {
    return task({ signer: { ...file.signing, chain: file.chain }, encryption: software });
  }
  return withToken(flags, context, async (session) => {
    const entry = chooseSigner(session.certificates, flags.label, context);
    const chain = session.certificates.map(({ certificate }) => certificate).filter(isIntermediate);
    return task({
      signer: { certificate: entry.certificate, key: session.signingKey(entry), chain },
      encryption: software ?? (await findReadable(session)),
    });
  });
}

function chooseSigner(
  all: readonly TokenCertificate[],
  label: string | undefined,
  { t }: CommandContext,
): TokenCertificate {
  const able = all.filter(({ certificate }) => maySign(certificate));
  const only = able.filter(({ certificate }) => !mayEncrypt(certificate));
  const wanted = label === undefined ? (only.length > 0 ? only : able) : able.filter((one) => isNamed(one, label));
  const [entry, another] = wanted;
  if (entry === undefined) throw new AppError('TOKEN_KEY_MISSING');
  if (another === undefined) return entry;
  throw usageError(t('cli.token.severalCertificates', { names: wanted.map((one) => one.label || one.id).join(', ') }));
}

const isIntermediate = ({ basicConstraints, subject, issuer }: Certificate): boolean =>
  basicConstraints?.ca === true && !subject.equals(issuer);

/** The first encryption certificate whose key opens what is sealed for it, tried out. */
async function findReadable(session: TokenSession): Promise<Certificate | null> {
  for (const entry of session.certificates.filter(({ certificate }) => mayEncrypt(certificate))) {
    if (await probeDecryption(entry.certificate, session.decryptionKey(entry))) return entry.certificate;
  }
  return null;
}
