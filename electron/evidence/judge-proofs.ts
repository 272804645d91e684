import { isAppError } from '../../shared/errors.ts';
import type { SubIndication } from '../../shared/model/verdict.ts';
import { OID } from '../packages/cms/oids.ts';
import { parseSignedData } from '../packages/cms/parse-signed-data.ts';
import { bufferContent } from '../packages/cms/signed-content.ts';
import { parseTimestampToken } from '../packages/timestamp/parse-timestamp.ts';
import { type TimestampTrust, verifyTimestamp } from '../packages/timestamp/verify-timestamp.ts';
import { type AssembledProofs, judgeAssembled } from '../packages/verify/assembled-proofs.ts';
import { withEmbeddedIn } from '../packages/verify/embedded-values.ts';
import type { ProfileContainer } from '../packages/verify/read-profile.ts';

/** What the proofs beside a container come to. */
export interface ProofFinding {
  /** By then archive timestamps prove all of the container; null where there are none that hold. */
  readonly archivedAt: Date | null;
  /** Why proofs are not what their place says: over other data, or altered. A TSA that is not trusted or no longer valid is no such reason. */
  readonly faults: readonly string[];
  /** Why timestamps inside the signature prove nothing. Whoever signed could put them there, and shall not spoil others' evidence by it: they are named and decide nothing. */
  readonly worthless: readonly string[];
}

const ALTERED: ReadonlySet<SubIndication | null> = new Set(['HASH_FAILURE', 'SIG_CRYPTO_FAILURE', 'FORMAT_FAILURE']);

/**
 * @param renewal the signature with all that proves it as archive timestamps cover it, and these; null where there are none
 */
export function judgeProofs(
  profile: Pick<ProfileContainer, 'manifest' | 'signature'>,
  tokens: readonly Buffer[],
  renewal: AssembledProofs | null,
  trust: TimestampTrust,
  at: Date,
): ProofFinding {
  const signature = signatureOf(profile.signature);
  if (signature === null) return { archivedAt: null, faults: [], worthless: [] };
  const worthless = tokensInside(profile.signature).flatMap((der) => faultOf(der, signature, trust, at));
  const faults = tokens.flatMap((der) => faultOf(der, signature, trust, at));
  if (renewal === null) return { archivedAt: null, faults, worthless };
  if (signatureOf(renewal.signature)?.equals(signature) !== true) {
    return { archivedAt: null, faults: [...faults, 'archive timestamps over another signature'], worthless };
  }
  const known = withEmbeddedIn(trust, renewal.signature);
  const found = judgeAssembled(profile, renewal, known, at);
  return { archivedAt: found.provenAt, faults: [...faults, ...found.faults], worthless };
}

function signatureOf(der: Buffer): Buffer | null {
  try {
    return parseSignedData(der).signerInfos[0]?.signature ?? null;
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
}

function tokensInside(der: Buffer): Buffer[] {
  const attributes = parseSignedData(der).signerInfos[0]?.unsignedAttrs ?? [];
  return attributes
    .filter(({ type }) => type === OID.signatureTimeStampToken)
    .flatMap(({ values }) => values.map(({ raw }) => raw));
}

function faultOf(der: Buffer, signature: Buffer, trust: TimestampTrust, at: Date): string[] {
  try {
    const token = parseTimestampToken(der);
    const { indication, subIndication } = verifyTimestamp({ token, content: bufferContent(signature), trust, at });
    return indication === 'TOTAL_FAILED' && ALTERED.has(subIndication) ? [`timestamp ${subIndication}`] : [];
  } catch (error) {
    if (!isAppError(error)) throw error;
    return [`timestamp ${error.code}`];
  }
}
