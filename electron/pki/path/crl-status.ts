import type { Certificate } from '../certificate.ts';
import type { Crl } from '../crl.ts';
import type { CrlEntry } from '../crl-entries.ts';
import { ALL_REASONS, type DistributionPoint } from '../distribution-point.ts';
import { amends, coversPoint, distributionPoints } from './crl-scope.ts';
import type { Revocation } from './path-types.ts';

export interface CrlLookup {
  readonly crls: readonly Crl[];
  readonly at: Date;
  /** Whether so many comparisons may still be made. */
  readonly spend: (comparisons: number) => boolean;
  /** Whether the list was signed by who may sign it for this certificate. Costly: asked last. */
  readonly isAuthentic: (crl: Crl) => boolean;
}

/** What full, indirect, partitioned and delta CRLs say of a certificate (RFC 5280, 6.3.3). `unknown` until every reason is covered. @throws Asn1Error */
export function crlStatus(certificate: Certificate, lookup: CrlLookup): Revocation {
  if (!lookup.spend(lookup.crls.length)) return UNKNOWN;
  const usable = lookup.crls.filter(({ unusable }) => unusable === null);
  return currentStatus(certificate, usable, lookup) ?? staleRevocation(certificate, usable, lookup) ?? UNKNOWN;
}

/** What the lists of the time say; null unless every reason is covered. */
function currentStatus(certificate: Certificate, usable: readonly Crl[], lookup: CrlLookup): Revocation | null {
  const current = usable.filter((crl) => isCurrent(crl, certificate, lookup.at));
  const newestFirst = current.sort((a, b) => b.thisUpdate.getTime() - a.thisUpdate.getTime());
  let reasons = 0;
  let good: Revocation | null = null;
  for (const point of distributionPoints(certificate)) {
    for (const crl of newestFirst) {
      const covered = point.reasons & (crl.scope?.reasons ?? ALL_REASONS);
      if (crl.baseNumber !== null || (covered & ~reasons) === 0) continue;
      if (!lookup.spend(comparisonsOf(point, crl))) return null;
      if (!coversPoint(crl, point, certificate) || !lookup.isAuthentic(crl)) continue;
      const delta = newestFirst.find(
        (one) => amends(one, crl) && coversPoint(one, point, certificate) && lookup.isAuthentic(one),
      );
      const found = verdictOf(certificate, crl, delta ?? null, lookup.at);
      if (found.status === 'revoked') return found;
      good = older(good, found);
      reasons |= covered;
      if (reasons === ALL_REASONS) return good;
    }
  }
  return null;
}

/**
 * A list past its time says nothing good any more. But nothing except a hold is ever lifted (RFC 5280, 5.3.1), so who keeps newer lists back does not make a
 * revoked certificate unknown again, which `soft` would let pass.
 */
function staleRevocation(certificate: Certificate, usable: readonly Crl[], lookup: CrlLookup): Revocation | null {
  const isStale = (crl: Crl): boolean => crl.thisUpdate <= lookup.at && !isCurrent(crl, certificate, lookup.at);
  for (const crl of usable.filter((one) => one.baseNumber === null && isStale(one))) {
    const found = verdictOf(certificate, crl, null, lookup.at);
    if (found.status !== 'revoked' || found.reason === 'certificateHold') continue;
    for (const point of distributionPoints(certificate)) {
      if (!lookup.spend(comparisonsOf(point, crl))) return null;
      if (coversPoint(crl, point, certificate) && lookup.isAuthentic(crl)) return found;
    }
  }
  return null;
}

/** Names of both sides, and the deltas that are looked through. */
function comparisonsOf(point: DistributionPoint, { scope }: Crl): number {
  const names = (name: DistributionPoint['name']): number => (name?.kind === 'full' ? name.names.length : 1);
  return 1 + names(point.name) + point.crlIssuers.length + names(scope?.name ?? null);
}

export const UNKNOWN: Revocation = { status: 'unknown', source: null, asOf: null, revokedAt: null, reason: null };

function older(a: Revocation | null, b: Revocation): Revocation {
  return a === null || (a.asOf !== null && b.asOf !== null && b.asOf < a.asOf) ? b : a;
}

/**
 * A list issued after `at` also tells what was so at `at` (EN 319 102-1, 5.2.5 asks for such ones), as long as the certificate had not expired:
 * afterwards its entry may be gone (RFC 5280, 5.2.4).
 */
function isCurrent(crl: Crl, certificate: Certificate, at: Date): boolean {
  if (crl.thisUpdate > at) return crl.thisUpdate <= certificate.notAfter;
  return crl.nextUpdate !== null && at <= crl.nextUpdate;
}

/** (i) to (k). */
function verdictOf(certificate: Certificate, crl: Crl, delta: Crl | null, at: Date): Revocation {
  const amended = delta?.find(certificate.issuer, certificate.serial) ?? null;
  const entry = amended ?? crl.find(certificate.issuer, certificate.serial);
  const list = delta !== null && (amended !== null || entry === null) ? delta : crl;
  const source = `CRL ${list.sha256} of ${list.thisUpdate.toISOString()}`;
  if (entry === null || entry.reason === 'removeFromCRL' || !wasRevoked(entry, list, at)) {
    return { status: 'good', source, asOf: list.thisUpdate, revokedAt: null, reason: null };
  }
  return {
    status: 'revoked',
    source,
    asOf: list.thisUpdate,
    revokedAt: entry.revokedAt,
    reason: entry.reason ?? 'unspecified',
  };
}

/** Only a list from after `at` can name what was revoked later; a key that may have been in other hands by then counts as revoked. */
function wasRevoked(entry: CrlEntry, list: Crl, at: Date): boolean {
  return (
    list.thisUpdate <= at || entry.revokedAt <= at || (entry.invalidityDate !== null && entry.invalidityDate <= at)
  );
}
