import { cursor, type Element } from '../../pki/asn1/der-reader.ts';
import type { AlgorithmPolicy } from '../../pki/key-policy.ts';
import {
  type DigestName,
  parseDigestAlgorithm,
  parseSignatureAlgorithm,
  type SignatureAlgorithm,
} from '../../pki/signature-algorithm.ts';
import { type AlgorithmIdentifier, hasNoParameters, readAlgorithmIdentifier } from './algorithm-identifier.ts';
import { OID } from './oids.ts';
import type { SignerInfo } from './parse-signed-data.ts';

export interface SignerInfoAlgorithms {
  readonly digest: DigestName;
  readonly signature: SignatureAlgorithm;
  /** RFC 8933: content and attributes are hashed with one digest, also where the signature algorithm names its own. */
  readonly digestsAgree: boolean;
}

/** @throws SIGNATURE_ALGORITHM_REFUSED by name */
export function readSignerInfoAlgorithms(signerInfo: SignerInfo, policy: AlgorithmPolicy): SignerInfoAlgorithms {
  const digest = parseDigestAlgorithm(signerInfo.digestAlgorithm.der, policy);
  const { signatureAlgorithm } = signerInfo;
  if (signatureAlgorithm.oid === OID.rsaEncryption && hasNoParameters(signatureAlgorithm)) {
    return { digest, signature: { scheme: 'pkcs1', digest }, digestsAgree: true };
  }
  const signature = parseSignatureAlgorithm(signatureAlgorithm.der, policy);
  if (signature.scheme !== 'ed25519') return { digest, signature, digestsAgree: signature.digest === digest };
  // RFC 8419 3.1: Ed25519 over signed attributes hashes the content with SHA-512
  return { digest, signature, digestsAgree: signerInfo.signedAttrs === null || digest === 'sha512' };
}

/** Whether CMSAlgorithmProtection (RFC 6211, 2) names the algorithms of its SignerInfo. Throws Asn1Error. */
export function protectsAlgorithms(value: Element, { digestAlgorithm, signatureAlgorithm }: SignerInfo): boolean {
  const members = cursor(value, 0x30);
  const digest = readAlgorithmIdentifier(members.next());
  const signature = members.optional(0xa1);
  members.end();
  return (
    signature !== null &&
    isSameAlgorithm(digest, digestAlgorithm) &&
    isSameAlgorithm(readAlgorithmIdentifier(signature, 0xa1), signatureAlgorithm)
  );
}

/** NULL and absent parameters are one (RFC 6211, 3). */
function isSameAlgorithm(a: AlgorithmIdentifier, b: AlgorithmIdentifier): boolean {
  if (a.oid !== b.oid) return false;
  if (hasNoParameters(a) || hasNoParameters(b)) return hasNoParameters(a) && hasNoParameters(b);
  return a.parameters !== null && b.parameters !== null && a.parameters.raw.equals(b.parameters.raw);
}
