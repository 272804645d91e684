import { type ErrorCode, isAppError } from '../../../shared/errors.ts';
import type { Milliseconds } from '../../../shared/model/brand.ts';
import type { TsaSetting } from '../../../shared/model/trust-network.ts';
import type { Fetcher } from '../../network/fetcher.ts';
import { type GrantedTimestamp, judgeReply } from '../../packages/timestamp/judge-reply.ts';
import { buildTimestampRequest, type TimestampRequest } from '../../packages/timestamp/timestamp-request.ts';
import type { TimestampTrust } from '../../packages/timestamp/verify-timestamp.ts';

export interface TimestampQuestion {
  /** SHA-256 of what is to be stamped. */
  readonly digest: Buffer;
  /** In the order in which they are asked. */
  readonly tsas: readonly TsaSetting[];
  /** See {@link judgeReply}. */
  readonly trust: TimestampTrust | null;
  /** For all of them together. */
  readonly patience: Milliseconds;
  readonly signal?: AbortSignal;
}

export interface StampingMeans {
  readonly fetch: Fetcher;
  readonly now: () => Date;
  readonly random: (size: number) => Buffer;
  /** TSAs that failed, with the time (milliseconds) until which they are left alone. */
  readonly outages: Map<string, number>;
}

export interface TsaFailure {
  readonly url: string;
  readonly code: ErrorCode;
}

export interface StampingResult {
  readonly stamp: (GrantedTimestamp & { readonly source: string }) | null;
  /** TSAs that were asked before and gave nothing. */
  readonly failed: readonly TsaFailure[];
}

/** How long a person who seals waits for a timestamp (protocol.md 4). */
export const SEALING_PATIENCE: Milliseconds = 10_000;
/** How long an unattended task waits for all TSAs. */
export const UNATTENDED_PATIENCE: Milliseconds = 20_000;

const NONCE_SIZE = 16;
/** Who did not answer is asked again after so long. */
const OUTAGE: Milliseconds = 60_000;
const LEAST_PATIENCE: Milliseconds = 500;

/** What a TSA may do wrong without harm to the work: the next one is asked. */
const TSA_FAILURES: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'FETCH_REFUSED',
  'FETCH_FAILED',
  'TIMESTAMP_MALFORMED',
  'TIMESTAMP_REFUSED',
  'TIMESTAMP_INVALID',
  'TIMESTAMP_NOT_TRUSTED',
]);

/**
 * A timestamp by the first TSA that gives a good one, within the time given: each that is left has an equal share of what is left, so that a silent one does not use
 * up the next one's. Null where none did; that is no failure of the work that wanted it.
 *
 * @throws AppError CANCELLED
 */
export async function requestTimestamp(means: StampingMeans, question: TimestampQuestion): Promise<StampingResult> {
  const { fetch, now, random, outages } = means;
  const { digest, tsas, trust, patience, signal } = question;
  const failed: TsaFailure[] = [];
  const ends = performance.now() + patience;
  const reachable = tsas.filter(({ url }) => (outages.get(url) ?? 0) <= now().getTime());
  for (const [index, { url, policy }] of reachable.entries()) {
    const left = ends - performance.now();
    if (left <= 0) break;
    const request: TimestampRequest = { digest, nonce: random(NONCE_SIZE), ...(policy === null ? {} : { policy }) };
    try {
      const bytes = await fetch({
        kind: 'timestamp',
        url,
        body: buildTimestampRequest(request),
        timeout: Math.max(LEAST_PATIENCE, Math.floor(left / (reachable.length - index))),
        ...(signal === undefined ? {} : { signal }),
      });
      return { stamp: { ...judgeReply({ request, bytes, trust, now: now() }), source: url }, failed };
    } catch (error) {
      if (!isAppError(error) || !TSA_FAILURES.has(error.code)) throw error;
      failed.push({ url, code: error.code });
      outages.set(url, now().getTime() + OUTAGE);
    }
  }
  return { stamp: null, failed };
}
