import type { ErrorCode } from '../../shared/errors.ts';
import type { Bytes, M, Sha256 } from '../../shared/model/brand.ts';
import type { Message } from '../../shared/model/message.ts';
import type { Check, Indication, SubIndication } from '../pki/verdict.ts';

/** What `open` and `verify` report (cli.md); times are RFC 3339. */
export interface VerificationReport {
  readonly indication: Indication;
  readonly subIndication: SubIndication | null;
  /** Code of the first failure. */
  readonly code: ErrorCode | null;
  /** The moment that the verdict speaks of. */
  readonly validationTime: string;
  /** Name of the message: SHA-256 of its manifest; null for containers of others. */
  readonly m: M | null;
  readonly signers: readonly SignerReport[];
  readonly container: {
    readonly profile: 'lexpost' | 'ASiC-E' | 'ASiC-S' | null;
    readonly size: Bytes;
    readonly encryption: string | null;
  };
  readonly documents: readonly DocumentReport[];
  readonly message: Message | null;
  readonly checks: readonly Check[];
}

export interface SignerReport {
  readonly subject: string | null;
  /** Hex. */
  readonly serial: string | null;
  readonly certificate: Sha256 | null;
  readonly algorithm: string;
  /** Claimed: displayed, never relied on. */
  readonly signingTime: string | null;
  /** Proven: the signature existed then, by the earliest timestamp that holds. */
  readonly timestamp: string | null;
  /** Subjects, signer first. */
  readonly path: readonly string[];
  readonly revocation: {
    readonly status: 'good' | 'revoked' | 'unknown' | 'not-checked';
    readonly source: string | null;
    readonly asOf: string | null;
  };
  readonly indication: Indication;
  readonly subIndication: SubIndication | null;
}

export interface DocumentReport {
  readonly name: string;
  readonly mediaType: string | null;
  readonly size: Bytes;
  readonly sha256: Sha256;
}
