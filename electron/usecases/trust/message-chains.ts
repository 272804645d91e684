import { isAppError } from '../../../shared/errors.ts';
import { OID } from '../../packages/cms/oids.ts';
import { bufferContent } from '../../packages/cms/signed-content.ts';
import { verifySignerInfo } from '../../packages/cms/verify-signer-info.ts';
import { parseTimestampToken } from '../../packages/timestamp/parse-timestamp.ts';
import type { ContainerSignature } from '../../packages/verify/read-signature.ts';
import type { TrustInput } from '../../packages/verify-container.ts';
import type { Certificate } from '../../pki/certificate.ts';
import type { ChainRequest } from './fetch-revocation.ts';

/** DER of the timestamp tokens in a signature. */
export function tokensIn({ signerInfo }: ContainerSignature): Buffer[] {
  return signerInfo.unsignedAttrs
    .filter(({ type }) => type === OID.signatureTimeStampToken)
    .flatMap(({ values }) => values.map(({ raw }) => raw));
}

/**
 * The signer of a container and the TSAs of its timestamps, each with the certificates that came along: whose status must be known for a verdict. They are found by
 * their identifiers alone; whether the signature holds is the verifier's to say.
 */
export function messageChains(
  signature: ContainerSignature,
  tokens: readonly Buffer[],
  { anchors, timestampAnchors = anchors, untrusted = [] }: TrustInput,
  at: Date,
): ChainRequest[] {
  const { signedData, signerInfo } = signature;
  const known = [...signedData.certificates, ...untrusted];
  const { certificate: signer } = verifySignerInfo({ signedData, signerInfo, content: bufferContent(Buffer.alloc(0)) });
  const own: ChainRequest[] =
    signer === null
      ? []
      : [{ leaf: signer, untrusted: known, anchors, at: inLife(signer, at), usage: 'sign' as const }];
  return [...own, ...tokens.flatMap((token) => tsaChain(token, known, timestampAnchors, at))];
}

/** Of a certificate that has ended its end is what counts: its status afterwards is nobody's to say. */
function inLife({ notAfter }: Certificate, at: Date): Date {
  return notAfter < at ? notAfter : at;
}

export function tsaChain(
  der: Buffer,
  known: ChainRequest['untrusted'],
  anchors: ChainRequest['anchors'],
  at: Date,
): ChainRequest[] {
  try {
    const { signedData, signerInfo } = parseTimestampToken(der);
    const content = bufferContent(signedData.content ?? Buffer.alloc(0));
    const { certificate } = verifySignerInfo({ signedData, signerInfo, content, certificates: [...known, ...anchors] });
    if (certificate === null) return [];
    const untrusted = [...signedData.certificates, ...known];
    return [{ leaf: certificate, untrusted, anchors, at: inLife(certificate, at), usage: 'timestamp' as const }];
  } catch (error) {
    // a token that does not parse proves nothing and needs nothing
    if (isAppError(error)) return [];
    throw error;
  }
}
