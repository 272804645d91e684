import type { KeyObject } from 'node:crypto';
import { AppError, isAppError } from '../../../shared/errors.ts';
import type { Certificate } from '../../pki/certificate.ts';
import type { AlgorithmPolicy } from '../../pki/key-policy.ts';
import type { DecryptionKey } from '../../pki/remote-key.ts';
import { decryptKeyAgreement } from './decrypt-key-agreement.ts';
import { decryptKeyTransport } from './decrypt-key-transport.ts';
import { guardAsn1 } from './guard-asn1.ts';
import type { EnvelopedHeader } from './parse-enveloped-header.ts';
import { matchesCertificate } from './recipient-id.ts';
import type { RecipientInfo } from './recipient-info.ts';

/** A certificate that packages may be addressed to, and its private key, which stays in the KeyObject. */
export interface LocalRecipientKey {
  readonly certificate: Certificate;
  readonly key: KeyObject;
}

/** The same where the key may lie in a token. */
export interface RecipientKey {
  readonly certificate: Certificate;
  readonly key: DecryptionKey;
}

export interface UnwrappedKey<Key extends RecipientKey = RecipientKey> {
  /** As long as the content's cipher takes; the caller zeroes it. */
  readonly cek: Buffer;
  readonly key: Key;
}

/**
 * The content-encryption key, for the first recipient that one of `keys` opens.
 * @returns null where none of the recipients is one of `keys`
 * @throws PACKAGE_TAMPERED where a recipient is, but its key does not open; PACKAGE_ALGORITHM_REFUSED,
 *   KEY_ALGORITHM_REFUSED, PACKAGE_MALFORMED
 */
export function unwrapContentKey(
  header: EnvelopedHeader,
  keys: readonly LocalRecipientKey[],
  policy: AlgorithmPolicy = {},
): UnwrappedKey<LocalRecipientKey> | null {
  let failure: AppError | null = null;
  for (const recipient of header.recipients) {
    for (const key of keys) {
      try {
        const cek = tryRecipient(recipient, key, header.encryption.keyLength, policy);
        if (cek !== 'not-mine') return { cek, key };
      } catch (error) {
        if (!isAppError(error)) throw error;
        failure ??= error;
      }
    }
  }
  if (failure !== null) throw failure;
  return null;
}

function tryRecipient(
  recipient: RecipientInfo,
  { certificate, key }: LocalRecipientKey,
  length: number,
  policy: AlgorithmPolicy,
): Buffer | 'not-mine' {
  if (recipient.kind === 'other') return 'not-mine';
  return guardAsn1('PACKAGE_MALFORMED', () => {
    if (recipient.kind === 'key-transport') {
      if (!matchesCertificate(recipient.id, certificate)) return 'not-mine';
      return checked(decryptKeyTransport(recipient, key, length, policy), length);
    }
    const mine = recipient.encryptedKeys.find(({ id }) => matchesCertificate(id, certificate));
    if (mine === undefined) return 'not-mine';
    return checked(decryptKeyAgreement(recipient, mine.encryptedKey, key, policy), length);
  });
}

/** @throws PACKAGE_TAMPERED where it is not as long as the cipher takes */
export function checked(cek: Buffer | null, length: number): Buffer {
  if (cek?.length === length) return cek;
  cek?.fill(0);
  throw new AppError('PACKAGE_TAMPERED', { part: 'recipient' });
}
