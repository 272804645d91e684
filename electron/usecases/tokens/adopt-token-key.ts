import { randomBytes } from 'node:crypto';
import { AppError } from '../../../shared/errors.ts';
import type { CardPerson } from '../../../shared/model/office-card.ts';
import type { Certificate } from '../../pki/certificate.ts';
import { verifySignature } from '../../pki/signature.ts';
import { signatureAlgorithmFor } from '../../pki/signature-algorithm.ts';
import type { TokenCertificate, TokenInfo, TokenSession } from '../../pki/token/open-token.ts';
import { probeDecryption } from '../../pki/token/probe-decryption.ts';
import { appendAudit } from '../../vault/repositories/audit.ts';
import { findActiveVaultKey, insertVaultKey, type TokenPlace } from '../../vault/repositories/keys.ts';
import type { OfficeContext } from '../context.ts';
import { admitPerson, type PersonOptions } from '../office/admit-person.ts';
import { mayEncrypt, maySign } from '../office/certificate-uses.ts';
import { getOwnVault } from '../office/own-vault.ts';
import { instantOf } from '../uuid-v7.ts';
import { isNamed, isTokenNamed } from './list-tokens.ts';
import { addTokenModule, type TokenModuleSetting } from './token-modules.ts';

export interface TokenChoice {
  readonly setting: TokenModuleSetting;
  /** Label or serial number; may be left out where one token is plugged in. */
  readonly token?: string;
  /** Label, CKA_ID or the beginning of the fingerprint; may be left out where one certificate fits. */
  readonly certificate?: string;
  /** UTF-8; zeroed. */
  readonly pin: Buffer;
}

/**
 * Lets a person sign with a key on a token, once a card lists them. The key is tried out first, over words that commit nobody.
 *
 * @throws AppError TOKEN_…, KEY_MISSING where the key is not the certificate's, IDENTIFIER_INVALID where the certificate is another office's
 */
export async function adoptSigningKey(
  context: OfficeContext,
  choice: TokenChoice & PersonOptions,
): Promise<CardPerson> {
  return withChosen(context, choice, maySign, async (session, entry, place) => {
    await requireSigns(session, entry);
    addTokenModule(context, choice.setting, 'vault');
    const chain = session.certificates
      .map(({ certificate }) => certificate)
      .filter(({ basicConstraints, subject, issuer }) => basicConstraints?.ca === true && !subject.equals(issuer));
    return admitPerson(context, { certificate: entry.certificate, chain, p12: null, token: place }, choice);
  });
}

async function requireSigns(session: TokenSession, entry: TokenCertificate): Promise<void> {
  const { publicKey, sha256 } = entry.certificate;
  const algorithm = signatureAlgorithmFor(publicKey);
  const words = Buffer.from(`lexpost: does this key belong to ${sha256}? ${randomBytes(16).toString('hex')}`, 'utf8');
  const signature = await session.signingKey(entry).sign(algorithm, words);
  if (!verifySignature(algorithm, publicKey, words, signature))
    throw new AppError('KEY_MISSING', { certificate: sha256 });
}

export interface AdoptedReading {
  /** False: the token cannot open packages; the vault's own key goes on to serve, and nothing has changed. */
  readonly adopted: boolean;
  readonly certificate: Certificate;
}

/**
 * Makes a key on a token the one that counterparts seal for, from the next card on. Whether the token opens packages at all is tried out before; the earlier key
 * stays for what was sealed for it.
 *
 * @throws AppError TOKEN_…
 */
export async function adoptReadingKey(context: OfficeContext, choice: TokenChoice): Promise<AdoptedReading> {
  const { vault, now } = context;
  return withChosen(context, choice, mayEncrypt, async (session, entry, token) => {
    const { certificate } = entry;
    requireOwn(context, certificate);
    if (!(await probeDecryption(certificate, session.decryptionKey(entry)))) return { adopted: false, certificate };
    addTokenModule(context, choice.setting, 'vault');
    const active = findActiveVaultKey(vault.read, 'encryption');
    active?.key?.fill(0);
    if (active?.certificateSha256 === certificate.sha256) return { adopted: true, certificate };
    const at = instantOf(now());
    vault.write((db) => {
      const row = {
        certificateSha256: certificate.sha256,
        certificate: certificate.der,
        key: null,
        token,
        addedAt: at,
      };
      insertVaultKey(db, { ...row, kind: 'encryption' });
      const detail = { token: token.label, serial: token.serial };
      appendAudit(db, { at, actor: 'vault', action: 'token-key-adopted', subject: certificate.sha256, detail });
    });
    return { adopted: true, certificate };
  });
}

function requireOwn({ vault }: OfficeContext, { organizationIdentifier }: Certificate): void {
  const own = getOwnVault(vault.read).office.id;
  if (organizationIdentifier === null || organizationIdentifier === own) return;
  throw new AppError('IDENTIFIER_INVALID', { field: 'organizationIdentifier' });
}

async function withChosen<T>(
  context: OfficeContext,
  { setting, token: wanted, certificate: named, pin }: TokenChoice,
  fits: (certificate: Certificate) => boolean,
  task: (session: TokenSession, entry: TokenCertificate, place: TokenPlace) => Promise<T>,
): Promise<T> {
  const module = await context.tokens.open(setting);
  try {
    const ready = (await module.listTokens()).filter(({ pin: state }) => state !== 'none');
    const token = choose<TokenInfo>(ready, (one) => wanted === undefined || isTokenNamed(one, wanted), 'TOKEN_MISSING');
    const session = await module.logIn(token, pin);
    const entry = choose(
      session.certificates,
      (one) => fits(one.certificate) && (named === undefined || isNamed(one, named)),
      'TOKEN_KEY_MISSING',
    );
    return await task(session, entry, { serial: token.serial, label: token.label, key: entry.id });
  } finally {
    pin.fill(0);
    module.close();
  }
}

function choose<T>(all: readonly T[], fits: (one: T) => boolean, missing: 'TOKEN_MISSING' | 'TOKEN_KEY_MISSING'): T {
  const [found, another] = all.filter(fits);
  if (found === undefined) throw new AppError(missing);
  if (another !== undefined) throw new AppError('USAGE', { field: missing === 'TOKEN_MISSING' ? 'slot' : 'label' });
  return found;
}
