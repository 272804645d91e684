import { AppError, isAppError } from '../../../shared/errors.ts';
import { type ByteSource, readAll } from '../../files/bytes.ts';
import type { Certificate } from '../../pki/certificate.ts';
import { type Crl, parseCrl } from '../../pki/crl.ts';
import type { OcspResponse } from '../../pki/ocsp/parse-ocsp-response.ts';
import type { PathRequest, PathVerdict, RevocationPolicy } from '../../pki/path/path-types.ts';
import { type DigestName, parseDigestAlgorithm } from '../../pki/signature-algorithm.ts';
import type { Check, Indication, SubIndication } from '../../pki/verdict.ts';
import { type ProvenTime, signatureTimestamps } from '../timestamp/signature-timestamps.ts';
import { validateSigner } from '../timestamp/validate-signer.ts';
import { digestSource } from './digest-source.ts';
import { parseSignedData, type SignedData } from './parse-signed-data.ts';
import { bufferContent, digestedContent, type SignedContent } from './signed-content.ts';
import { type SignatureCheck, verifySignerInfo } from './verify-signer-info.ts';

export interface CmsTrust {
  readonly anchors: readonly Certificate[];
  /** Beside the certificates in the message. */
  readonly untrusted?: readonly Certificate[];
  /** Beside the CRLs in the message. */
  readonly crls?: readonly Crl[];
  readonly ocsps?: readonly OcspResponse[];
  readonly revocation: RevocationPolicy;
  readonly allowLegacy?: boolean;
}

export interface VerifyCmsInput {
  /** ContentInfo / SignedData: DER, BER or PEM. */
  readonly bytes: Buffer;
  /** What was signed; where it is left out, the content in the message. */
  readonly content?: ByteSource | undefined;
  readonly trust: CmsTrust;
  /** The moment the verdict speaks of: a proof of existence, else now. Never the claimed signingTime. */
  readonly at: Date;
  readonly signal?: AbortSignal | undefined;
}

export interface SignerVerdict {
  readonly indication: Indication;
  readonly subIndication: SubIndication | null;
  readonly signature: SignatureCheck;
  /** The signature existed then, by its earliest timestamp that holds; null where there is none. */
  readonly provenAt: Date | null;
  /** Subject of the TSA that says so. */
  readonly authority: string | null;
  /** What its timestamps were found to be. */
  readonly timestamps: readonly Check[];
  /** Null where there was no certificate to look at. */
  readonly path: PathVerdict | null;
}

export interface CmsVerdict {
  /** The worst of the signers'. */
  readonly indication: Indication;
  readonly subIndication: SubIndication | null;
  /** Object identifier. */
  readonly contentType: string;
  /** The attached content that the verdict is about; null where `content` was given or there is none. */
  readonly content: Buffer | null;
  readonly signers: readonly SignerVerdict[];
}

/** A signature without signed attributes needs its content in memory. */
const DIRECT_LIMIT = 256 * 1024 * 1024;
const RANK: Readonly<Record<Indication, number>> = { TOTAL_PASSED: 0, INDETERMINATE: 1, TOTAL_FAILED: 2 };

/**
 * Verifies SignedData of any writer: every signer, its signature, its timestamps and its path.
 * @throws SIGNATURE_MALFORMED, SIGNATURE_MISSING, SIGNATURE_ALGORITHM_REFUSED, FILE_TOO_LARGE, CANCELLED
 */
export async function verifyCms({ bytes, content, trust, at, signal }: VerifyCmsInput): Promise<CmsVerdict> {
  const signedData = parseSignedData(bytes);
  if (signedData.signerInfos.length === 0) throw new AppError('SIGNATURE_MISSING');
  const signedContent = await readContent(signedData, content, signal);
  const crls = [...(trust.crls ?? []), ...embeddedCrls(signedData)];
  const signers = signedData.signerInfos.map((signerInfo): SignerVerdict => {
    const certificates = trust.untrusted ?? [];
    const policy = { allowLegacy: trust.allowLegacy ?? false };
    const signature = verifySignerInfo({ signedData, signerInfo, content: signedContent, certificates, policy });
    const all = { ...trust, crls, untrusted: [...signedData.certificates, ...certificates] };
    return judge(signature, signatureTimestamps(signerInfo, signedData, all, at), all, at);
  });
  const { indication, subIndication } = signers.reduce((worst, signer) =>
    RANK[signer.indication] > RANK[worst.indication] ? signer : worst,
  );
  const attached = content === undefined ? signedData.content : null;
  return { indication, subIndication, contentType: signedData.contentType, content: attached, signers };
}

/** A broken signature is worse news than a broken path; an open question about either leaves the whole open. */
function judge(
  signature: SignatureCheck,
  { provenAt, authority, checks: timestamps }: ProvenTime,
  trust: CmsTrust & Pick<PathRequest, 'crls' | 'untrusted'>,
  at: Date,
): SignerVerdict {
  const { certificate: leaf } = signature;
  const path = leaf === null ? null : validateSigner({ ...trust, leaf, at }, provenAt);
  const worse = path !== null && RANK[path.indication] > RANK[signature.indication] ? path : signature;
  const { indication, subIndication } = worse;
  return { indication, subIndication, signature, provenAt, authority, timestamps, path };
}

/** What a message brings along may be anything: a list that does not parse is as good as absent. */
function embeddedCrls({ crls }: SignedData): Crl[] {
  return crls.flatMap((der) => {
    try {
      return [parseCrl(der)];
    } catch (error) {
      if (isAppError(error)) return [];
      throw error;
    }
  });
}

async function readContent(
  signedData: SignedData,
  source: ByteSource | undefined,
  signal: AbortSignal | undefined,
): Promise<SignedContent> {
  if (source === undefined) {
    return signedData.content === null ? digestedContent(new Map()) : bufferContent(signedData.content);
  }
  if (signedData.signerInfos.every(({ signedAttrs }) => signedAttrs !== null)) {
    return digestedContent(await digestSource(source, digestNames(signedData), signal));
  }
  if (source.size > DIRECT_LIMIT) throw new AppError('FILE_TOO_LARGE', { max: DIRECT_LIMIT });
  return bufferContent(await readAll(source, DIRECT_LIMIT));
}

function digestNames({ signerInfos }: SignedData): Set<DigestName> {
  const names = new Set<DigestName>();
  for (const { digestAlgorithm } of signerInfos) {
    try {
      names.add(parseDigestAlgorithm(digestAlgorithm.der, { allowLegacy: true }));
    } catch (error) {
      // Its signer is refused by name when its turn comes
      if (!isAppError(error)) throw error;
    }
  }
  return names;
}
