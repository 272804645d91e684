import { isAppError } from '../../../shared/errors.ts';
import { type AlgorithmPolicy, requireKeyAllowed } from '../../pki/key-policy.ts';
import { publicPoint } from '../../pki/public-point.ts';
import { isRemote, type RemoteDecryptionKey } from '../../pki/remote-key.ts';
import { importOriginator, type KeyAgreement, readAgreement, unwrapAgreed } from './decrypt-key-agreement.ts';
import { isPackageOaep } from './decrypt-key-transport.ts';
import { guardAsn1 } from './guard-asn1.ts';
import type { EnvelopedHeader } from './parse-enveloped-header.ts';
import { matchesCertificate } from './recipient-id.ts';
import type { RecipientInfo } from './recipient-info.ts';
import {
  checked,
  type LocalRecipientKey,
  type RecipientKey,
  type UnwrappedKey,
  unwrapContentKey,
} from './unwrap-content-key.ts';

type RemoteRecipientKey = RecipientKey & { readonly key: RemoteDecryptionKey };

/**
 * As {@link unwrapContentKey}, with keys of which some lie in tokens. Those in memory are tried first: a token is asked only for what nothing else opens.
 * @returns null where none of the recipients is one of `keys`
 * @throws AppError of the token, and of {@link unwrapContentKey}
 */
export async function unwrapWithTokens(
  header: EnvelopedHeader,
  keys: readonly RecipientKey[],
  policy: AlgorithmPolicy = {},
): Promise<UnwrappedKey | null> {
  const local = keys.filter((one): one is LocalRecipientKey => !isRemote(one.key));
  const remote = keys.filter((one): one is RemoteRecipientKey => isRemote(one.key));
  if (remote.length === 0) return unwrapContentKey(header, local, policy);
  let failure: unknown = null;
  try {
    const unwrapped = unwrapContentKey(header, local, policy);
    if (unwrapped !== null) return unwrapped;
  } catch (error) {
    if (!isAppError(error)) throw error;
    failure = error;
  }
  for (const recipient of header.recipients) {
    for (const key of remote) {
      const cek = await tryRemote(recipient, key, header.encryption.keyLength, policy);
      if (cek !== null) return { cek, key };
    }
  }
  if (failure !== null) throw failure;
  return null;
}

/** Null: the recipient is not this key, or asks for what no token does for us. */
async function tryRemote(
  recipient: RecipientInfo,
  { certificate, key }: RemoteRecipientKey,
  length: number,
  policy: AlgorithmPolicy,
): Promise<Buffer | null> {
  if (recipient.kind === 'key-transport') {
    if (!matchesCertificate(recipient.id, certificate)) return null;
    requireKeyAllowed(certificate.publicKey, policy);
    if (!guardAsn1('PACKAGE_MALFORMED', () => isPackageOaep(recipient))) return null;
    return checked(await key.decryptOaep(recipient.encryptedKey), length);
  }
  if (recipient.kind !== 'key-agreement') return null;
  const mine = recipient.encryptedKeys.find(({ id }) => matchesCertificate(id, certificate));
  if (mine === undefined) return null;
  const agreement = guardAsn1('PACKAGE_MALFORMED', () => readAgreement(recipient, policy));
  return checked(await unwrapByToken(agreement, certificate.publicKey, key, mine.encryptedKey), length);
}

/** The point is checked here: a token that forgets to would give its key away bit by bit (invalid-curve attack). */
async function unwrapByToken(
  agreement: KeyAgreement,
  publicKey: RecipientKey['certificate']['publicKey'],
  key: RemoteDecryptionKey,
  encryptedKey: Buffer,
): Promise<Buffer | null> {
  const { algorithm, point } = agreement;
  const originator = guardAsn1('PACKAGE_MALFORMED', () => importOriginator(publicKey, algorithm, point));
  if (originator === null) return null;
  return unwrapAgreed(agreement, await key.agree(publicPoint(originator)), encryptedKey);
}
