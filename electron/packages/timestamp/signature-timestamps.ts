import { type AppError, isAppError } from '../../../shared/errors.ts';
import type { Check } from '../../pki/verdict.ts';
import { OID } from '../cms/oids.ts';
import type { SignedData, SignerInfo } from '../cms/parse-signed-data.ts';
import { bufferContent, type SignedContent } from '../cms/signed-content.ts';
import { parseTimestampToken } from './parse-timestamp.ts';
import { type TimestampTrust, verifyTimestamp } from './verify-timestamp.ts';

export interface ProvenTime {
  /** genTime of the earliest token that holds; null where none does. */
  readonly provenAt: Date | null;
  /** Subject of the TSA that made it. */
  readonly authority: string | null;
  readonly checks: readonly Check[];
}

/** Each costs a path search; who needs more proofs of one signature renews them instead. */
const MAX_TOKENS = 16;

/**
 * When a signature existed at the latest, by its signature-time-stamp attributes (EN 319 122-1, 5.3): their imprint is over SignerInfo.signature.
 * Those kept beside it count the same (protocol.md 4). A token that does not hold proves nothing and harms nothing (EN 319 102-1, 5.5.4): the signature is then judged as if it were not there.
 */
export function signatureTimestamps(
  { unsignedAttrs, signature }: SignerInfo,
  { certificates }: SignedData,
  trust: TimestampTrust,
  at: Date,
  beside: readonly Buffer[] = [],
): ProvenTime {
  const inside = unsignedAttrs.flatMap(({ type, values }) =>
    type === OID.signatureTimeStampToken ? values.map(({ raw }) => raw) : [],
  );
  const values = [...inside, ...beside.filter((der) => !inside.some((one) => one.equals(der)))];
  const content = bufferContent(signature);
  const known = { ...trust, untrusted: [...(trust.untrusted ?? []), ...certificates] };
  const checks: Check[] = [];
  let proven: Pick<ProvenTime, 'provenAt' | 'authority'> = { provenAt: null, authority: null };
  for (const der of values.slice(0, MAX_TOKENS)) {
    const judged = judge(der, content, known, at);
    checks.push(...judged.checks);
    if (judged.provenAt === null) continue;
    if (proven.provenAt === null || judged.provenAt < proven.provenAt) proven = judged;
  }
  if (values.length > MAX_TOKENS) {
    checks.push({ id: 'signature-timestamp', ok: null, detail: `only the first ${MAX_TOKENS} of ${values.length}` });
  }
  return { provenAt: proven.provenAt, authority: proven.authority, checks };
}

function judge(der: Buffer, content: SignedContent, trust: TimestampTrust, at: Date): ProvenTime {
  try {
    const token = parseTimestampToken(der);
    const { indication, subIndication, certificate, checks } = verifyTimestamp({ token, content, trust, at });
    const authority = certificate?.subjectText ?? null;
    const detail = `${subIndication === null ? '' : `${subIndication} `}${token.info.genTime.toISOString()}${authority === null ? '' : ` by ${authority}`}`;
    if (indication === 'TOTAL_PASSED') {
      return {
        provenAt: token.info.genTime,
        authority,
        checks: [...checks.map(ofTimestamp), { id: 'signature-timestamp', ok: true, detail }],
      };
    }
    return refused(detail, indication === 'TOTAL_FAILED' ? false : null);
  } catch (error) {
    if (!isAppError(error)) throw error;
    return refused(reasonOf(error), false);
  }
}

/** The TSA's path is checked like the signer's, and must not be taken for it. */
function ofTimestamp(check: Check): Check {
  return check.id.startsWith('timestamp-') ? check : { ...check, id: `timestamp-${check.id}` };
}

/** One line: what failed inside a token that does not count would read as a failure of the signature. */
function refused(detail: string, ok: false | null): ProvenTime {
  return {
    provenAt: null,
    authority: null,
    checks: [{ id: 'signature-timestamp', ok, detail: `does not count: ${detail}` }],
  };
}

function reasonOf({ code, params }: AppError): string {
  return [code, ...Object.values(params)].join(' ');
}
