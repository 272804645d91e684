import { LIMITS } from '../../../shared/limits.ts';
import type { Certificate } from '../certificate.ts';
import { reasonName } from '../crl-entries.ts';
import type { BasicOcspResponse, OcspResponse, SingleResponse } from '../ocsp/parse-ocsp-response.ts';
import { findSingleResponse, type SignatureChecker, verifyOcspResponse } from '../ocsp/verify-ocsp-response.ts';
import { UNKNOWN } from './crl-status.ts';
import { mergeRevocations } from './merge-revocations.ts';
import type { Revocation } from './path-types.ts';

export interface OcspLookup {
  readonly ocsps: readonly OcspResponse[];
  readonly at: Date;
  /** The CA of the path that issued the certificate. */
  readonly issuer: Certificate;
  /** Where to look for responders beside the answers. */
  readonly certificates: readonly Certificate[];
  readonly isSignedBy: SignatureChecker;
  /** Whether so many comparisons may still be made. */
  readonly spend: (comparisons: number) => boolean;
  /** Whether a responder that the issuer named was itself in order at a time. Costly: asked last. */
  readonly isInOrder: (responder: Certificate, at: Date, noCheck: boolean) => boolean;
}

export interface OcspFinding {
  readonly revocation: Revocation;
  /** Why answers about this very certificate do not count. */
  readonly refused: readonly string[];
}

/**
 * An answer without nextUpdate says that newer ones are always to be had (RFC 6960, 4.2.2.1), not for how long it holds: so long it counts here.
 * Milliseconds.
 */
const AGE_WITHOUT_NEXT_UPDATE = 24 * 3600_000;

/**
 * What responders say of a certificate (RFC 6960), all answers together. `unknown` with a source is a responder that does not know the certificate,
 * without one that there is no answer: neither is "revoked".
 */
export function ocspStatus(certificate: Certificate, lookup: OcspLookup): OcspFinding {
  const refused: string[] = [];
  let revocation = UNKNOWN;
  for (const { basic } of lookup.ocsps) {
    if (!lookup.spend(1 + (basic?.responses.length ?? 0))) break;
    const single = basic === null ? null : findSingleResponse(basic, certificate, lookup.issuer);
    if (basic === null || single === null) continue;
    const answer = judge(certificate, basic, single, lookup);
    if (typeof answer === 'string') refused.push(answer);
    else revocation = mergeRevocations(revocation, answer);
  }
  return { revocation, refused };
}

function judge(
  certificate: Certificate,
  response: BasicOcspResponse,
  single: SingleResponse,
  { at, issuer, certificates, isSignedBy, isInOrder }: OcspLookup,
): Revocation | string {
  if (!isCurrent(single, certificate, at)) return `answer of ${single.thisUpdate.toISOString()} is out of date`;
  // what was said after the moment in question must have been said by who could say it then
  const spokenAt = response.producedAt > at ? response.producedAt : at;
  const verdict = verifyOcspResponse({ response, issuer, at: spokenAt, certificates, isSignedBy });
  if (!verdict.ok) return verdict.refusal;
  const { responder, delegated, noCheck } = verdict;
  if (delegated && !isInOrder(responder, spokenAt, noCheck)) return 'responder-not-authorized';
  return revocationOf(single, `OCSP ${responder.subjectText}`, at);
}

/**
 * As with CRLs, an answer from after `at` tells what was so at `at`, unless the certificate had expired by then and its status may be forgotten:
 * archiveCutoff says that it is not (RFC 6960, 4.4.4).
 */
function isCurrent(
  { thisUpdate, nextUpdate, archiveCutoff }: SingleResponse,
  { notAfter }: Certificate,
  at: Date,
): boolean {
  if (thisUpdate > at) {
    return thisUpdate <= notAfter || (archiveCutoff !== null && archiveCutoff <= notAfter);
  }
  const end = nextUpdate === null ? thisUpdate.getTime() + AGE_WITHOUT_NEXT_UPDATE : nextUpdate.getTime();
  return at.getTime() <= end + LIMITS.clockSkew;
}

function revocationOf(single: SingleResponse, source: string, at: Date): Revocation {
  const { status, thisUpdate: asOf, revokedAt } = single;
  if (status === 'unknown') return { status, source, asOf, revokedAt: null, reason: null };
  if (revokedAt === null || !wasRevoked(single, revokedAt, at)) {
    return { status: 'good', source, asOf, revokedAt: null, reason: null };
  }
  return { status: 'revoked', source, asOf, revokedAt, reason: reasonName(single.reason ?? 0) };
}

/** Only an answer from after `at` can name what was revoked later; a key that may have been in other hands by then counts as revoked. */
function wasRevoked({ thisUpdate, invalidityDate }: SingleResponse, revokedAt: Date, at: Date): boolean {
  return thisUpdate <= at || revokedAt <= at || (invalidityDate !== null && invalidityDate <= at);
}
