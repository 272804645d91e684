import { hash } from 'node:crypto';
import { AppError } from '../../../shared/errors.ts';
import type { Sha256 } from '../../../shared/model/brand.ts';
import type { Certificate } from '../../pki/certificate.ts';
import type { Crl } from '../../pki/crl.ts';
import type { OcspResponse } from '../../pki/ocsp/parse-ocsp-response.ts';
import { pathCode } from '../../pki/path/path-code.ts';
import type { PathVerdict, RevocationPolicy } from '../../pki/path/path-types.ts';
import { OID } from '../cms/oids.ts';
import { parseSignedData, type SignedData, type SignerInfo } from '../cms/parse-signed-data.ts';
import type { SignedContent } from '../cms/signed-content.ts';
import { type SignatureCheck, verifySignerInfo } from '../cms/verify-signer-info.ts';
import type { SignerReport } from '../report.ts';
import { signatureTimestamps } from '../timestamp/signature-timestamps.ts';
import { trustTimeOf, validateSigner } from '../timestamp/validate-signer.ts';
import { absorb, attempt, type Findings, fail, newFindings, pass, worsen } from './checks.ts';
import { withEmbedded } from './embedded-values.ts';
import { reportSigner } from './report-signer.ts';

export interface TrustInput {
  readonly anchors: readonly Certificate[];
  /** Of TSAs; `anchors` where absent. */
  readonly timestampAnchors?: readonly Certificate[];
  readonly untrusted?: readonly Certificate[];
  readonly crls: readonly Crl[];
  readonly ocsps?: readonly OcspResponse[];
  readonly revocation: RevocationPolicy;
  /** Timestamp tokens over the signature that are kept beside the container (protocol.md 4), DER. */
  readonly tokens?: readonly Buffer[];
}

/** Where a ContentInfo begins; what is armoured begins otherwise. */
const DER_SEQUENCE = 0x30;

export interface VerifiedSigner {
  readonly certificate: Certificate | null;
  /** SHA-256 of SignerInfo.signature. */
  readonly signatureDigest: Sha256;
  /** Earliest proof of existence: a valid timestamp, else the validation time (protocol.md 4). */
  readonly trustTime: Date;
  readonly report: SignerReport;
}

/**
 * Points 5 and 6: each SignerInfo of one CMS signature, and the path of each signer's certificate. The worst decides.
 * @param single our profile: exactly one SignerInfo, with signed attributes
 */
export async function verifySignatures(
  der: Buffer,
  content: SignedContent,
  trust: TrustInput,
  at: Date,
  single: boolean,
  findings: Findings,
): Promise<readonly VerifiedSigner[]> {
  const signedData = await attempt(
    findings,
    'signature-structure',
    () => structureOf(der, single),
    ({ signerInfos }) => `${signerInfos.length} signers`,
  );
  if (signedData === null) return [];
  const known = withEmbedded(trust, signedData);
  return signedData.signerInfos.map((info) => verifySigner(signedData, info, content, known, at, single, findings));
}

function structureOf(der: Buffer, single: boolean): SignedData {
  if (single && der[0] !== DER_SEQUENCE) throw new AppError('SIGNATURE_MALFORMED', { reason: 'not DER' });
  const signedData = parseSignedData(der);
  const { signerInfos, content, contentType } = signedData;
  if (signerInfos.length === 0) throw new AppError('SIGNATURE_MISSING');
  if (content !== null) throw new AppError('SIGNATURE_MALFORMED', { reason: 'signature is not detached' });
  if (single && contentType !== OID.data) throw new AppError('SIGNATURE_MALFORMED', { reason: 'content type' });
  if (single && signerInfos.length !== 1) throw new AppError('SIGNATURE_MALFORMED', { reason: 'more than one signer' });
  if (single && signerInfos[0]?.signedAttrs === null)
    throw new AppError('SIGNATURE_MALFORMED', { reason: 'no signed attributes' });
  return signedData;
}

function verifySigner(
  signedData: SignedData,
  info: SignerInfo,
  content: SignedContent,
  trust: TrustInput,
  at: Date,
  single: boolean,
  findings: Findings,
): VerifiedSigner {
  const own = newFindings();
  const signature = verifySignerInfo({ signedData, signerInfo: info, content });
  own.checks.push(...signature.checks);
  if (signature.indication !== 'TOTAL_PASSED') {
    own.code =
      signature.subIndication === 'CRYPTO_CONSTRAINTS_FAILURE' ? 'SIGNATURE_ALGORITHM_REFUSED' : 'SIGNATURE_INVALID';
    worsen(own, signature.indication, signature.subIndication);
  }
  requireCades(signature, single, own);
  const proven = signatureTimestamps(info, signedData, trust, at, trust.tokens);
  own.checks.push(...proven.checks);
  const { certificate: leaf } = signature;
  const untrusted = [...signedData.certificates, ...(trust.untrusted ?? [])];
  const path = leaf === null ? null : validateSigner({ ...trust, leaf, untrusted, at }, proven.provenAt);
  if (path !== null) addPath(path, own);
  absorb(findings, own);
  return {
    certificate: leaf,
    signatureDigest: hash('sha256', info.signature) as Sha256,
    trustTime: trustTimeOf(proven.provenAt, at),
    report: reportSigner({
      signature,
      proven,
      path,
      indication: own.indication,
      subIndication: own.subIndication,
    }),
  };
}

/**
 * CAdES binds the certificate under the signature (EN 319 122-1, 5.2.2); a signature that does not could be shown with another certificate of the same key.
 * Our own writer binds the algorithms as well, so their absence means that somebody else made it.
 */
function requireCades(check: SignatureCheck, single: boolean, findings: Findings): void {
  if (check.indication !== 'TOTAL_PASSED') return;
  const protectedAlgorithms = check.checks.some(({ id, ok }) => id === 'algorithm-protection' && ok === true);
  if (check.signingCertificate === null) {
    fail(
      findings,
      'cades',
      'no signing-certificate attribute',
      'SIGNATURE_INVALID',
      'INDETERMINATE',
      'SIG_CONSTRAINTS_FAILURE',
    );
  } else if (single && (check.signingCertificate !== 2 || !protectedAlgorithms)) {
    fail(findings, 'cades', 'attributes of the profile are missing', 'SIGNATURE_INVALID');
  } else {
    pass(findings, 'cades', `signing-certificate version ${check.signingCertificate}`);
  }
}

function addPath(path: PathVerdict, findings: Findings): void {
  findings.checks.push(...path.checks);
  if (path.indication === 'TOTAL_PASSED') return;
  const code = pathCode(path, 'SIGNER_NOT_TRUSTED');
  const detail = path.subIndication ?? path.indication;
  fail(
    findings,
    'signer-trusted',
    detail,
    code,
    path.indication,
    path.subIndication ?? 'CERTIFICATE_CHAIN_GENERAL_FAILURE',
  );
}
