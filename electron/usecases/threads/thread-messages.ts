import type { ErrorCode, ErrorParams } from '../../../shared/errors.ts';
import type { Bytes, Instant, OfficeId, Sha256 } from '../../../shared/model/brand.ts';
import type { EvidenceReport } from '../../../shared/model/evidence-report.ts';
import type { OfficeCard } from '../../../shared/model/office-card.ts';
import type { VerificationReport } from '../../../shared/model/verification-report.ts';
import type { SubjectName } from '../../pki/issue/subject-name.ts';
import type { KeyAlgorithm } from '../../pki/keys.ts';
import type { RevocationPolicy } from '../../pki/path/path-types.ts';

/** What a thread of the desk and its owner say to each other. All of it is data: certificates and lists go as DER, for a Buffer arrives as bytes. */

/** What others are judged by, from the vault that the thread does not reach. */
export interface TrustData {
  readonly anchors: readonly Uint8Array[];
  readonly timestampAnchors: readonly Uint8Array[];
  readonly untrusted: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  readonly ocsps: readonly Uint8Array[];
  readonly revocation: RevocationPolicy;
  /** Confirmed cards of the office that says to have sent it, the newest first. */
  readonly cards: readonly OfficeCard[];
}

/** A person's key in a PKCS#12 of its own, under that person's passphrase. */
export interface PreparedIdentity {
  readonly certificate: Uint8Array;
  readonly chain: readonly Uint8Array[];
  readonly p12: Uint8Array;
}

/** A revocation list as the vault keeps it. */
export interface CrlRecord {
  readonly sha256: Sha256;
  readonly issuer: Uint8Array;
  readonly scope: string;
  readonly crl: Uint8Array;
  readonly thisUpdate: Instant;
  readonly nextUpdate: Instant | null;
}

export interface ThreadTasks {
  /** A container that anybody may have written. */
  readonly verify: { readonly asks: { readonly size: Bytes; readonly at: Date }; readonly gives: VerificationReport };
  readonly 'judge-bundle': {
    readonly asks: {
      readonly size: Bytes;
      readonly anchors: readonly Uint8Array[];
      readonly fingerprints: readonly string[];
      readonly ownFingerprints: readonly string[];
      readonly at: Date;
    };
    readonly gives: EvidenceReport;
  };
  readonly 'prepare-identity': {
    readonly asks: {
      readonly p12: Uint8Array;
      readonly password: string;
      readonly passphrase: string | null;
      readonly iterations: number | null;
    };
    readonly gives: PreparedIdentity;
  };
  readonly 'make-trial': {
    readonly asks: {
      readonly subject: SubjectName;
      readonly algorithm: KeyAlgorithm;
      readonly passphrase: string;
      readonly now: Date;
    };
    readonly gives: PreparedIdentity;
  };
  readonly 'open-key': {
    readonly asks: { readonly p12: Uint8Array; readonly passphrase: string; readonly certificate: Sha256 };
    /** PKCS#8, which whoever gets it overwrites. */
    readonly gives: {
      readonly key: Uint8Array<ArrayBuffer>;
      readonly certificate: Uint8Array;
      readonly chain: readonly Uint8Array[];
    };
  };
  readonly 'read-crls': { readonly asks: { readonly bytes: Uint8Array }; readonly gives: readonly CrlRecord[] };
}
export type TaskKind = keyof ThreadTasks;
export type ThreadTask = { readonly [Kind in TaskKind]: { readonly kind: Kind } & ThreadTasks[Kind]['asks'] }[TaskKind];

/** From the thread. */
export type ThreadSaying =
  | { readonly kind: 'read'; readonly id: number; readonly position: Bytes; readonly length: Bytes }
  | { readonly kind: 'trust'; readonly id: number; readonly office: OfficeId | null }
  | { readonly kind: 'done'; readonly value: unknown }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly params: ErrorParams };

/** To it; `value` null where it could not be had, and the task then fails by what its owner keeps. */
export interface ThreadAnswer {
  readonly id: number;
  readonly value: unknown;
}
