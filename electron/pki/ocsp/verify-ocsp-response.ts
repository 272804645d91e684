import { hash, timingSafeEqual } from 'node:crypto';
import { isAppError } from '../../../shared/errors.ts';
import { cursor, readBitString, readOnly } from '../asn1/der-reader.ts';
import { octetString } from '../asn1/der-writer.ts';
import type { Certificate } from '../certificate.ts';
import type { AlgorithmPolicy } from '../key-policy.ts';
import { OID } from '../oids.ts';
import type { Signed } from '../path/path-search.ts';
import { verifySignatureBy } from '../signature.ts';
import type { BasicOcspResponse, CertId, SingleResponse } from './parse-ocsp-response.ts';

/** Why an answer counts for nothing. */
export type OcspRefusal =
  | 'responder-not-found'
  | 'responder-not-authorized'
  | 'responder-out-of-validity'
  | 'signature-invalid'
  | 'certificate-not-covered'
  | 'nonce-mismatch'
  | 'critical-extension'
  | 'algorithm-refused';

export type OcspVerdict =
  | { readonly ok: true; readonly responder: Certificate; readonly delegated: boolean; readonly noCheck: boolean }
  | { readonly ok: false; readonly refusal: OcspRefusal };

export interface OcspVerification {
  readonly response: BasicOcspResponse;
  /** The CA that issued the certificate in question; its own path has been validated by the caller. */
  readonly issuer: Certificate;
  /** Validation time, for the validity of a delegated responder. */
  readonly at: Date;
  /** The nonce that was asked with; an answer may leave it out (RFC 8954, 2.1), but not change it. */
  readonly nonce?: Buffer;
  readonly policy?: AlgorithmPolicy;
  /** Where to look for the responder beside those in the answer, which may leave them out (RFC 6960, 4.2.1). */
  readonly certificates?: readonly Certificate[];
  /** How signatures are checked, where the caller counts or remembers them. @throws AppError where an algorithm is refused */
  readonly isSignedBy?: SignatureChecker;
}

export type SignatureChecker = (signed: Signed, signer: Certificate) => boolean;

const NO_CHECK = '1.3.6.1.5.5.7.48.1.5';
const NONCE = '1.3.6.1.5.5.7.48.1.2';
const DIGESTS: ReadonlyMap<string, string> = new Map([
  [OID.sha1, 'sha1'],
  [OID.sha256, 'sha256'],
  [OID.sha384, 'sha384'],
  [OID.sha512, 'sha512'],
]);

/**
 * Whether an answer may be believed (RFC 6960, 3.2 and 4.2.2.2): signed by the issuer itself, or by a responder whose certificate that same issuer
 * signed for this purpose, and about certificates of this issuer alone.
 */
export function verifyOcspResponse(input: OcspVerification): OcspVerdict {
  try {
    return judge(input);
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { ok: false, refusal: 'algorithm-refused' };
  }
}

function judge({
  response,
  issuer,
  at,
  nonce,
  policy = {},
  certificates = [],
  isSignedBy,
}: OcspVerification): OcspVerdict {
  const isSigned = isSignedBy ?? checkerOf(policy);
  const candidates = [issuer, ...response.certificates, ...certificates].filter((one) => isResponder(response, one));
  if (candidates.length === 0) return { ok: false, refusal: 'responder-not-found' };
  const responder = candidates.find((candidate) => isSigned(response, candidate));
  if (responder === undefined) return { ok: false, refusal: 'signature-invalid' };
  const delegated = !responder.der.equals(issuer.der) && !responder.spki.equals(issuer.spki);
  if (delegated) {
    const refusal = refuseDelegate(responder, issuer, at, isSigned);
    if (refusal !== null) return { ok: false, refusal };
  }
  if (!response.responses.every((single) => isOfIssuer(single.certId, issuer))) {
    return { ok: false, refusal: 'certificate-not-covered' };
  }
  if (hasUnknownCritical(response)) return { ok: false, refusal: 'critical-extension' };
  const answered = response.extensions.get(NONCE);
  if (nonce !== undefined && answered !== undefined && !isNonce(answered.value, nonce)) {
    return { ok: false, refusal: 'nonce-mismatch' };
  }
  return { ok: true, responder, delegated, noCheck: responder.extensions.has(NO_CHECK) };
}

function checkerOf(policy: AlgorithmPolicy): SignatureChecker {
  return ({ signatureAlgorithm, tbs, signature }, { publicKey }) =>
    verifySignatureBy(signatureAlgorithm, publicKey, tbs, signature, policy);
}

/** The OCTET STRING of RFC 8954; what is none is no echo of the nonce either. */
function isNonce(value: Buffer, nonce: Buffer): boolean {
  return value.equals(octetString(nonce));
}

function isResponder({ responderId }: BasicOcspResponse, candidate: Certificate): boolean {
  return 'name' in responderId
    ? candidate.subject.equals(responderId.name)
    : same(keyHash(candidate, 'sha1'), responderId.keyHash);
}

/** A delegate is named by the issuer itself: its signature, and id-kp-OCSPSigning without the help of anyExtendedKeyUsage. */
function refuseDelegate(
  responder: Certificate,
  issuer: Certificate,
  at: Date,
  isSigned: SignatureChecker,
): OcspRefusal | null {
  const signedByIssuer = responder.issuer.equals(issuer.subject) && isSigned(responder, issuer);
  if (!signedByIssuer) return 'responder-not-authorized';
  if (responder.extendedKeyUsage?.includes(OID.ocspSigning) !== true) return 'responder-not-authorized';
  if (responder.keyUsage !== null && !responder.keyUsage.has('digitalSignature')) return 'responder-not-authorized';
  return at < responder.notBefore || at > responder.notAfter ? 'responder-out-of-validity' : null;
}

function hasUnknownCritical(response: BasicOcspResponse): boolean {
  const all = [response.extensions, ...response.responses.map((single) => single.extensions)];
  return all.some((extensions) => [...extensions].some(([id, extension]) => extension.critical && id !== NONCE));
}

function isOfIssuer(certId: CertId, issuer: Certificate): boolean {
  const digest = DIGESTS.get(certId.hashAlgorithm);
  return (
    digest !== undefined &&
    same(hash(digest, issuer.subject, 'buffer'), certId.issuerNameHash) &&
    same(keyHash(issuer, digest), certId.issuerKeyHash)
  );
}

function keyHash(certificate: Certificate, digest: string): Buffer {
  const fields = cursor(readOnly(certificate.spki, 0x30));
  fields.next(0x30);
  return hash(digest, readBitString(fields.next()).bytes, 'buffer');
}

const same = (left: Buffer, right: Buffer): boolean => left.length === right.length && timingSafeEqual(left, right);

/** The answer about one certificate of this issuer, the newest where several are given; null where none is about it. */
export function findSingleResponse(
  response: BasicOcspResponse,
  certificate: Pick<Certificate, 'serial'>,
  issuer: Certificate,
): SingleResponse | null {
  const about = response.responses.filter(
    ({ certId }) => certId.serial.equals(certificate.serial) && isOfIssuer(certId, issuer),
  );
  return about.sort((a, b) => b.thisUpdate.getTime() - a.thisUpdate.getTime())[0] ?? null;
}
