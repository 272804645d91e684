import type { Certificate } from '../certificate.ts';
import { isSelfIssued } from './certificate-names.ts';
import type { Path } from './find-paths.ts';

/**
 * Who may issue (RFC 5280, 6.1.4 (k) to (n)): what is wrong, or null. The anchor's own limits count as RFC 5937 asks; a pinned certificate
 * that is no CA vouches for itself alone. `maxIntermediates` counts as pathLen does.
 */
export function caViolation(path: Path, maxIntermediates: number): string | null {
  const issuers = path.slice(1);
  const unfit = issuers.find((issuer) => !mayIssue(issuer, issuer === path.at(-1)));
  if (unfit !== undefined) return `${unfit.subjectText} is no CA`;
  // from the anchor down: how many CAs that are not self-issued may follow
  let left = maxIntermediates;
  for (const issuer of [...issuers].reverse()) {
    if (issuer !== path.at(-1) && !isSelfIssued(issuer) && left-- <= 0) return `too many CAs at ${issuer.subjectText}`;
    left = Math.min(left, issuer.basicConstraints?.pathLength ?? left);
  }
  return null;
}

function mayIssue(certificate: Certificate, isAnchor: boolean): boolean {
  // version 1 roots cannot say that they are CAs
  if (isAnchor && certificate.version < 3) return isSelfIssued(certificate);
  return certificate.basicConstraints?.ca === true && certificate.keyUsage?.has('keyCertSign') !== false;
}
