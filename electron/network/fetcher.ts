import type { Milliseconds } from '../../shared/model/brand.ts';

/** What is fetched: it decides method, media types, limits and whom may be asked. */
export type FetchKind = 'crl' | 'ocsp' | 'timestamp';

export interface FetchRequest {
  readonly kind: FetchKind;
  /** As a certificate or a setting gives it: not yet believed. */
  readonly url: string;
  /** OCSPRequest or TimeStampReq; none for a list. */
  readonly body?: Buffer;
  /** How long to wait at most; never longer than the kind allows. */
  readonly timeout?: Milliseconds;
  readonly signal?: AbortSignal;
}

/**
 * The only way to the network for revocation data and timestamps. Ask it only about certificates whose path leads to an anchor: else a stranger chooses whom
 * this machine calls.
 *
 * @returns the body of the answer, at most so many bytes as its kind allows
 * @throws AppError FETCH_REFUSED where the office did not allow this address, FETCH_FAILED where it did not answer as it should, CANCELLED
 */
export type Fetcher = (request: FetchRequest) => Promise<Buffer>;
