import { AppError } from '../../../shared/errors.ts';
import type { Certificate } from '../../pki/certificate.ts';
import { digestedContent } from '../cms/signed-content.ts';
import { parseTimestampResponse, type TimestampToken } from './parse-timestamp.ts';
import type { TimestampRequest } from './timestamp-request.ts';
import { type TimestampTrust, verifyTimestamp } from './verify-timestamp.ts';

export interface GrantedTimestamp {
  readonly token: TimestampToken;
  /** The TSA's. */
  readonly certificate: Certificate;
}

export interface TimestampReply {
  readonly request: TimestampRequest;
  /** TimeStampResp as it came. */
  readonly bytes: Buffer;
  /** Null where nobody said whom to trust: everything is checked but the path, which is for the token's readers to judge. */
  readonly trust: TimestampTrust | null;
  readonly now: Date;
}

/**
 * The token of a reply, once it is known to answer this very question (RFC 3161, 2.4.2). That nobody can say today whether the TSA is revoked does not speak against
 * keeping it: it counts for as much as is known when it is used.
 * @throws AppError TIMESTAMP_MALFORMED, TIMESTAMP_REFUSED, TIMESTAMP_INVALID, TIMESTAMP_NOT_TRUSTED
 */
export function judgeReply({ request, bytes, trust, now }: TimestampReply): GrantedTimestamp {
  const { token, status, failures } = parseTimestampResponse(bytes);
  if (token === null) throw new AppError('TIMESTAMP_REFUSED', { status, failures: failures.join(', ') });
  const { digest, nonce, policy } = request;
  const verdict = verifyTimestamp({
    token,
    content: digestedContent(new Map([['sha256', digest]])),
    trust: trust ?? { anchors: token.signedData.certificates, crls: [], revocation: 'off' },
    at: now,
    asked: { nonce, ...(policy === undefined ? {} : { policy }) },
  });
  const { indication, subIndication, certificate, path, checks } = verdict;
  if (certificate !== null && (indication === 'TOTAL_PASSED' || (path !== null && subIndication === 'TRY_LATER'))) {
    return { token, certificate };
  }
  const failed = checks.find(({ ok }) => ok === false);
  const isPath = path !== null && path.indication !== 'TOTAL_PASSED';
  throw new AppError(isPath ? 'TIMESTAMP_NOT_TRUSTED' : 'TIMESTAMP_INVALID', {
    reason: failed === undefined ? String(subIndication) : `${failed.id} ${failed.detail}`,
  });
}
