import { isAppError } from '../../../shared/errors.ts';
import { Asn1Error } from '../../pki/asn1/der-reader.ts';
import type { Certificate } from '../../pki/certificate.ts';
import type { AlgorithmPolicy } from '../../pki/key-policy.ts';
import { verifySignature } from '../../pki/signature.ts';
import type { Check, Indication, SubIndication } from '../../pki/verdict.ts';
import { oidName } from './oids.ts';
import type { SignedData, SignerInfo } from './parse-signed-data.ts';
import { matchesCertificate } from './recipient-id.ts';
import type { SignedContent } from './signed-content.ts';
import { readSignedFacts, readsAsAttributes, type SignedFacts } from './signed-facts.ts';
import { protectsAlgorithms, readSignerInfoAlgorithms, type SignerInfoAlgorithms } from './signer-info-algorithms.ts';
import { namesCertificate } from './signing-certificate.ts';

export interface SignatureCheck {
  /** Of the signature alone: whether its certificate may be trusted is the path's matter. */
  readonly indication: Indication;
  readonly subIndication: SubIndication | null;
  /** The signer's, where it was found. */
  readonly certificate: Certificate | null;
  /** False: the signature is over the content itself, and nothing binds certificate or algorithms. */
  readonly hasSignedAttributes: boolean;
  /**
   * Version of the signing-certificate attribute that named the certificate; null where there was none, or it was not
   * reached.
   */
  readonly signingCertificate: 1 | 2 | null;
  /** Claimed by the signer. */
  readonly signingTime: Date | null;
  readonly digestAlgorithm: string;
  readonly signatureAlgorithm: string;
  readonly checks: readonly Check[];
}

export interface SignerInfoInput {
  readonly signedData: SignedData;
  readonly signerInfo: SignerInfo;
  readonly content: SignedContent;
  /** Where to look for the signer's certificate beside those in the message. */
  readonly certificates?: readonly Certificate[];
  readonly policy?: AlgorithmPolicy;
}

interface Facts {
  certificate: Certificate | null;
  signed: SignedFacts | null;
  signingCertificate: 1 | 2 | null;
}

interface Finding extends Check {
  /** What a failed check means. */
  readonly failure: SubIndication;
}

/** Those that say "altered or never right"; the others leave the question open (EN 319 102-1, 5.1.3). */
const FAILED: ReadonlySet<SubIndication> = new Set(['FORMAT_FAILURE', 'HASH_FAILURE', 'SIG_CRYPTO_FAILURE']);

/**
 * Verifies one signer by RFC 5652 5.4 and 5.6, RFC 8933 (one digest), RFC 6211 (algorithms as signed) and RFC 5035
 * (certificate as signed). Stops at the first check that fails. Countersignatures and other unsigned attributes are not
 * looked at.
 */
export function verifySignerInfo(input: SignerInfoInput): SignatureCheck {
  const { signerInfo } = input;
  const facts: Facts = { certificate: null, signed: null, signingCertificate: null };
  const checks: Check[] = [];
  let subIndication: SubIndication | null = null;
  for (const { failure, ...check } of examine(input, facts)) {
    checks.push(check);
    if (check.ok !== false) continue;
    subIndication = failure;
    break;
  }
  return {
    indication: indicationOf(subIndication),
    subIndication,
    certificate: facts.certificate,
    hasSignedAttributes: signerInfo.signedAttrs !== null,
    signingCertificate: facts.signingCertificate,
    signingTime: facts.signed?.signingTime ?? null,
    digestAlgorithm: oidName(signerInfo.digestAlgorithm.oid),
    signatureAlgorithm: oidName(signerInfo.signatureAlgorithm.oid),
    checks,
  };
}

function indicationOf(subIndication: SubIndication | null): Indication {
  if (subIndication === null) return 'TOTAL_PASSED';
  return FAILED.has(subIndication) ? 'TOTAL_FAILED' : 'INDETERMINATE';
}

function* examine(input: SignerInfoInput, facts: Facts): Generator<Finding> {
  const { signedData, signerInfo, content, policy = {} } = input;
  yield readAttributesInto(facts, signedData, signerInfo);
  const algorithms = readAlgorithms(signerInfo, policy);
  yield algorithms.finding;
  if (algorithms.value === null) return;
  yield findCertificateInto(facts, input);
  if (facts.certificate === null) return;
  yield checkContent(facts.signed, content, algorithms.value);
  yield checkSignature(facts.certificate, input, algorithms.value, policy);
  yield checkSigningCertificate(facts, facts.certificate);
  yield checkProtection(facts.signed, signerInfo);
}

function readAttributesInto(facts: Facts, { contentType }: SignedData, signerInfo: SignerInfo): Finding {
  try {
    facts.signed = readSignedFacts(signerInfo, contentType);
  } catch (error) {
    return malformed('signed-attributes', error);
  }
  if (facts.signed !== null) return finding('signed-attributes', true, '', 'FORMAT_FAILURE');
  return finding('signed-attributes', null, 'none: the signature is over the content itself', 'FORMAT_FAILURE');
}

function readAlgorithms(
  signerInfo: SignerInfo,
  policy: AlgorithmPolicy,
): { finding: Finding; value: SignerInfoAlgorithms | null } {
  const names = `${oidName(signerInfo.digestAlgorithm.oid)}, ${oidName(signerInfo.signatureAlgorithm.oid)}`;
  try {
    const value = readSignerInfoAlgorithms(signerInfo, policy);
    // RFC 8933 4: a signer who mixes digests is refused
    return { value, finding: finding('algorithms', value.digestsAgree, names, 'FORMAT_FAILURE') };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { value: null, finding: finding('algorithms', false, names, 'CRYPTO_CONSTRAINTS_FAILURE') };
  }
}

/** Of several that match, the one that the signer named by its digest. */
function findCertificateInto(facts: Facts, { signedData, signerInfo, certificates = [] }: SignerInfoInput): Finding {
  const matching = [...signedData.certificates, ...certificates].filter((one) =>
    matchesCertificate(signerInfo.id, one),
  );
  const named = facts.signed?.signingCertificates ?? [];
  const certificate = matching.find((one) => named.every((id) => namesCertificate(id, one))) ?? matching[0] ?? null;
  facts.certificate = certificate;
  const detail = certificate?.subjectText ?? 'no certificate matches the signer';
  return finding('certificate-found', certificate !== null, detail, 'NO_SIGNING_CERTIFICATE_FOUND');
}

function checkContent(signed: SignedFacts | null, content: SignedContent, { digest }: SignerInfoAlgorithms): Finding {
  if (signed === null) {
    if (content.bytes === null)
      return finding('message-digest', false, 'the content is not at hand', 'SIGNED_DATA_NOT_FOUND');
    const confusable = readsAsAttributes(content.bytes);
    return finding(
      'message-digest',
      confusable ? false : null,
      confusable ? 'content reads as signed attributes' : 'none',
      'FORMAT_FAILURE',
    );
  }
  const actual = content.digest(digest);
  if (actual === null)
    return finding('message-digest', false, `content has no ${digest} digest`, 'SIGNED_DATA_NOT_FOUND');
  return finding('message-digest', actual.equals(signed.messageDigest), digest, 'HASH_FAILURE');
}

function checkSignature(
  { publicKey }: Certificate,
  { signerInfo, content }: SignerInfoInput,
  { signature }: SignerInfoAlgorithms,
  policy: AlgorithmPolicy,
): Finding {
  const candidates = signerInfo.signedAttrs?.encodings ?? (content.bytes === null ? [] : [content.bytes]);
  try {
    const intact = candidates.some((bytes) =>
      verifySignature(signature, publicKey, bytes, signerInfo.signature, policy),
    );
    return finding('signature-value', intact, signature.scheme, 'SIG_CRYPTO_FAILURE');
  } catch (error) {
    if (!isAppError(error)) throw error;
    return finding(
      'signature-value',
      false,
      String(error.params['algorithm'] ?? error.code),
      'CRYPTO_CONSTRAINTS_FAILURE',
    );
  }
}

/** RFC 5035 5.4: where the certificate is not the one that was signed, the signature is invalid. */
function checkSigningCertificate(facts: Facts, certificate: Certificate): Finding {
  const named = facts.signed?.signingCertificates ?? [];
  const [first] = named;
  if (first === undefined) return finding('signing-certificate', null, 'not signed', 'FORMAT_FAILURE');
  const matches = named.every((id) => namesCertificate(id, certificate));
  if (matches) facts.signingCertificate = first.version;
  return finding('signing-certificate', matches, `version ${first.version}`, 'FORMAT_FAILURE');
}

function checkProtection(signed: SignedFacts | null, signerInfo: SignerInfo): Finding {
  const protection = signed?.algorithmProtection ?? null;
  if (protection === null) return finding('algorithm-protection', null, 'not signed', 'FORMAT_FAILURE');
  try {
    return finding('algorithm-protection', protectsAlgorithms(protection, signerInfo), '', 'FORMAT_FAILURE');
  } catch (error) {
    return malformed('algorithm-protection', error);
  }
}

function malformed(id: string, error: unknown): Finding {
  if (!(error instanceof Asn1Error)) throw error;
  return finding(id, false, error.message, 'FORMAT_FAILURE');
}

function finding(id: string, ok: boolean | null, detail: string, failure: SubIndication): Finding {
  return { id, ok, detail, failure };
}
