import type { Milliseconds } from '../../shared/model/brand.ts';
import type { TrustNetwork } from '../../shared/model/trust-network.ts';
import type { ByteSink } from '../files/bytes.ts';

/** What is fetched: it decides method, media types, limits and whom may be asked. */
export type FetchKind = 'crl' | 'issuer' | 'ocsp' | 'timestamp' | 'release' | 'installer';

/** Whom an office lets its programs ask. */
export type AllowedNetwork = TrustNetwork & {
  /** The folder of releases, ending in a slash; null, or left out: none. */
  readonly updates?: string | null;
};

export interface FetchRequest {
  readonly kind: FetchKind;
  /** As a certificate or a setting gives it: not yet believed. */
  readonly url: string;
  /** OCSPRequest or TimeStampReq; none for a list. */
  readonly body?: Buffer;
  /** How long to wait at most; never longer than the kind allows. */
  readonly timeout?: Milliseconds;
  readonly signal?: AbortSignal;
  /** Takes the answer as it comes, which then is not held here. */
  readonly sink?: ByteSink;
}

/**
 * The only way to the network for revocation data, timestamps and updates of the program. Ask it only about certificates whose path leads to an anchor, and of kind
 * `issuer` about those of a confirmed card: else a stranger chooses whom this machine calls.
 *
 * @returns the body of the answer (nothing where a sink took it), at most so many bytes as its kind allows
 * @throws AppError FETCH_REFUSED where the office did not allow this address, FETCH_FAILED where it did not answer as it should, CANCELLED
 */
export type Fetcher = (request: FetchRequest) => Promise<Buffer>;
