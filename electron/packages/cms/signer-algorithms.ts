import type { KeyObject } from 'node:crypto';
import { AppError } from '../../../shared/errors.ts';
import { nullValue } from '../../pki/asn1/der-writer.ts';
import { requireKeyAllowed } from '../../pki/key-policy.ts';
import {
  type DigestName,
  digestIdentifier,
  type SignatureAlgorithm,
  signatureAlgorithmFor,
  signatureIdentifier,
} from '../../pki/signature-algorithm.ts';
import { algorithmIdentifier } from './algorithm-identifier.ts';
import { OID } from './oids.ts';

export interface SignerAlgorithms {
  /** Of the content and, but for Ed25519, of the signed attributes. */
  readonly digest: DigestName;
  readonly signature: SignatureAlgorithm;
  /** DER of what SignerInfo states. */
  readonly digestAlgorithm: Buffer;
  readonly signatureAlgorithm: Buffer;
}

const PSS_SHA256: SignatureAlgorithm = { scheme: 'pss', digest: 'sha256', saltLength: 32 };

/**
 * What a certificate's key signs CMS with: ECDSA with the SHA-2 of its curve's strength, RSA with SHA-256, Ed25519 with
 * SHA-512 for the content (RFC 8419, 3.1).
 * @param pss RSASSA-PSS in place of PKCS #1 v1.5
 * @throws KEY_ALGORITHM_REFUSED, SIGNATURE_ALGORITHM_REFUSED
 */
export function signerAlgorithmsFor(publicKey: KeyObject, pss = false): SignerAlgorithms {
  requireKeyAllowed(publicKey);
  if (publicKey.asymmetricKeyType === 'rsa-pss') {
    // No tool that was tried verifies CMS under a key that is PSS by its own identifier
    throw new AppError('SIGNATURE_ALGORITHM_REFUSED', { algorithm: 'rsa-pss' });
  }
  const own = signatureAlgorithmFor(publicKey);
  const signature = pss && own.scheme === 'pkcs1' ? PSS_SHA256 : own;
  const digest = signature.digest ?? 'sha512';
  return {
    digest,
    signature,
    digestAlgorithm: digestIdentifier(digest),
    signatureAlgorithm:
      signature.scheme === 'pkcs1'
        ? algorithmIdentifier(OID.rsaEncryption, nullValue())
        : signatureIdentifier(signature),
  };
}
