import type { Certificate } from '../certificate.ts';
import type { Crl } from '../crl.ts';
import type { OcspResponse } from '../ocsp/parse-ocsp-response.ts';
import type { Check, Indication, SubIndication } from '../verdict.ts';

/**
 * What the leaf's key is to do. `tls-server` also asks for everything that RFC 5280, 4 demands of conforming CAs, `timestamp` for a key that does
 * nothing else (RFC 3161, 2.3).
 */
export type Usage = 'sign' | 'encrypt' | 'timestamp' | 'tls-server' | 'any';

/** Whether every certificate but the anchor must be known not to be revoked, may be unknown, or is not looked up at all. */
export type RevocationPolicy = 'require' | 'soft' | 'off';

/** The policy inputs of RFC 5280, 6.1.1 (c) to (g). */
export interface PolicyInputs {
  /** user-initial-policy-set; empty means any-policy. */
  readonly acceptable: readonly string[];
  readonly requireExplicit: boolean;
  readonly inhibitMapping: boolean;
  readonly inhibitAny: boolean;
}

export const ANY_POLICY: PolicyInputs = {
  acceptable: [],
  requireExplicit: false,
  inhibitMapping: false,
  inhibitAny: false,
};

export interface PathRequest {
  readonly leaf: Certificate;
  /** In any order; others than needed do no harm. */
  readonly untrusted: readonly Certificate[];
  /** Trusted as they are: CAs, or single certificates pinned by hand. */
  readonly anchors: readonly Certificate[];
  readonly crls: readonly Crl[];
  /** Answers of responders, looked at beside the lists. */
  readonly ocsps?: readonly OcspResponse[];
  /** The moment the verdict speaks of. */
  readonly at: Date;
  readonly usage: Usage;
  readonly revocation: RevocationPolicy;
  readonly policies?: PolicyInputs;
  /** DNS name or IP address that a `tls-server` must have. */
  readonly hostName?: string;
  /** CAs between anchor and leaf that are not self-issued. Default LIMITS.pathLength. */
  readonly maxIntermediates?: number;
  readonly allowLegacy?: boolean;
}

export type RevocationStatus = 'good' | 'revoked' | 'unknown' | 'not-checked';

export interface Revocation {
  readonly status: RevocationStatus;
  /** Which list or responder said so; null where none did. */
  readonly source: string | null;
  /** "Good as of": thisUpdate of that list or answer. */
  readonly asOf: Date | null;
  readonly revokedAt: Date | null;
  readonly reason: string | null;
}

export interface PathVerdict {
  readonly indication: Indication;
  readonly subIndication: SubIndication | null;
  /** Leaf first, anchor last; the best one found, only the leaf where there is none. */
  readonly path: Certificate[];
  /** The worst of the path. */
  readonly revocation: Revocation;
  readonly checks: Check[];
}

/** Why a path does not do. */
export interface PathFailure {
  readonly subIndication: SubIndication;
  readonly detail: string;
}
