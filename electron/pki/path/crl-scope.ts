import type { Certificate } from '../certificate.ts';
import type { Crl } from '../crl.ts';
import { ALL_REASONS, type DistributionPoint, parseDistributionPoints, pointNames } from '../distribution-point.ts';
import { readExtension } from '../extensions.ts';
import type { GeneralName } from '../general-name.ts';
import { nameKey } from '../name-key.ts';
import { OID } from '../oids.ts';

/** The points of a certificate in its order, then the implied one: whatever its issuer publishes under its own name (RFC 5280, 6.3.3). @throws Asn1Error */
export function distributionPoints(certificate: Certificate): DistributionPoint[] {
  const points = readExtension(certificate.extensions, OID.cRLDistributionPoints, parseDistributionPoints);
  const implied: DistributionPoint = {
    name: { kind: 'full', names: [{ kind: 'directory', name: certificate.issuer }] },
    reasons: ALL_REASONS,
    crlIssuers: [],
  };
  return [...(points ?? []), implied];
}

/** 6.3.3 (b): whether a complete or delta CRL covers the certificate at this point. */
export function coversPoint(crl: Crl, point: DistributionPoint, certificate: Certificate): boolean {
  const issuers = point.crlIssuers.length > 0 ? point.crlIssuers : [certificate.issuer];
  const crlIssuer = nameKey(crl.issuer);
  if (!issuers.some((issuer) => nameKey(issuer) === crlIssuer)) return false;
  const { scope } = crl;
  if (scope === null) return point.crlIssuers.length === 0;
  if (point.crlIssuers.length > 0 && !scope.indirect) return false;
  const isCa = certificate.basicConstraints?.ca === true;
  if (scope.onlyAttributeCerts || (scope.onlyUserCerts && isCa) || (scope.onlyCaCerts && !isCa)) return false;
  return scope.name === null || sharesName(crl, scope.name, point);
}

/** (b)(2)(i): a point without a name is known by its CRL issuers' names. */
function sharesName(crl: Crl, name: Parameters<typeof pointNames>[0], point: DistributionPoint): boolean {
  const wanted = new Set(pointNames(name, crl.issuer).map(generalNameKey));
  // nameRelativeToCRLIssuer is relative to the one cRLIssuer, else to the certificate's issuer, and both are the CRL's issuer here
  const offered: readonly GeneralName[] =
    point.name === null
      ? point.crlIssuers.map((issuer) => ({ kind: 'directory', name: issuer }))
      : pointNames(point.name, crl.issuer);
  return offered.some((one) => wanted.has(generalNameKey(one)));
}

function generalNameKey(name: GeneralName): string {
  switch (name.kind) {
    case 'directory':
      return `directory ${nameKey(name.name)}`;
    case 'ip':
      return `ip ${name.octets.toString('hex')}`;
    case 'other':
      return `other ${name.raw.toString('hex')}`;
    default:
      return `${name.kind} ${name.text}`;
  }
}

/** (c): whether `delta` amends `base`: same issuer, scope and key, based on nothing newer, and newer itself. */
export function amends(delta: Crl, base: Crl): boolean {
  if (delta.baseNumber === null || delta.number === null || base.number === null) return false;
  return (
    nameKey(delta.issuer) === nameKey(base.issuer) &&
    scopeKey(delta) === scopeKey(base) &&
    sameOctets(delta.authorityKeyId, base.authorityKeyId) &&
    compareNumbers(base.number, delta.baseNumber) >= 0 &&
    compareNumbers(base.number, delta.number) < 0
  );
}

/**
 * Key under which a newer list takes the place of an older one: what it covers, by which key it was signed, and whether it is a delta. Empty for a full list that
 * names no key.
 */
export function listKey(crl: Crl): string {
  const parts = [scopeKey(crl), crl.authorityKeyId?.toString('hex') ?? '', crl.baseNumber === null ? '' : 'delta'];
  return parts.every((part) => part === '') ? '' : parts.join(' ');
}

function scopeKey({ scope, issuer }: Crl): string {
  if (scope === null) return '';
  const names = scope.name === null ? [] : pointNames(scope.name, issuer).map(generalNameKey).sort();
  return JSON.stringify([
    names,
    scope.onlyUserCerts,
    scope.onlyCaCerts,
    scope.onlyAttributeCerts,
    scope.indirect,
    scope.reasons,
  ]);
}

function sameOctets(a: Buffer | null, b: Buffer | null): boolean {
  return a === null || b === null ? a === b : a.equals(b);
}

/** Non-negative integers in minimal big-endian form. */
function compareNumbers(a: Buffer, b: Buffer): number {
  return a.length === b.length ? Buffer.compare(a, b) : a.length - b.length;
}
