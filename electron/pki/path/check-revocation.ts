import type { Certificate } from '../certificate.ts';
import type { Crl } from '../crl.ts';
import { nameKey } from '../name-key.ts';
import { checkPath } from './check-path.ts';
import { crlStatus, UNKNOWN } from './crl-status.ts';
import { findPaths, type Path } from './find-paths.ts';
import { checkSignature, issuersOf, type Pool } from './path-search.ts';
import type { Revocation, RevocationPolicy } from './path-types.ts';

export interface RevocationContext {
  readonly crls: readonly Crl[];
  readonly at: Date;
  readonly policy: Exclude<RevocationPolicy, 'off'>;
  readonly pool: Pool;
}

export interface RevocationFinding {
  readonly certificate: Certificate;
  readonly revocation: Revocation;
}

/** Signers of CRLs have certificates, which have CRLs, which have signers: so deep and no deeper. */
const MAX_DEPTH = 4;

/** Every certificate of a valid path but the anchor, leaf first. @throws Asn1Error */
export function checkRevocation(path: Path, context: RevocationContext): RevocationFinding[] {
  return findings(path, context, []);
}

/** `signers` are certificates of CRL issuers whose own status is being asked for. */
function findings(path: Path, context: RevocationContext, signers: readonly Certificate[]): RevocationFinding[] {
  const anchor = path.at(-1);
  return path.slice(0, -1).map((certificate, index) => {
    const above = path.slice(index + 1);
    const revocation =
      anchor === undefined || signers.length > MAX_DEPTH
        ? UNKNOWN
        : crlStatus(certificate, {
            crls: context.crls,
            at: context.at,
            isAuthentic: (crl) => isAuthentic(crl, above, context, signers),
          });
    return { certificate, revocation };
  });
}

/** 6.3.3 (f), (g): signed by a CA of the path, or by another certificate of the CRL's issuer that leads to the same anchor. */
function isAuthentic(crl: Crl, above: Path, context: RevocationContext, signers: readonly Certificate[]): boolean {
  const [issuer] = above;
  const anchor = above.at(-1);
  if (issuer === undefined || anchor === undefined) return false;
  const { pool, at } = context;
  const crlIssuer = nameKey(crl.issuer);
  const inPath = above.filter(({ subject }) => nameKey(subject) === crlIssuer);
  const others = issuersOf(crl.issuer, crl.authorityKeyId, at, pool).filter((one) => !inPath.includes(one));
  return [...inPath, ...others].some(
    (signer) =>
      signer.keyUsage?.has('cRLSign') !== false &&
      checkSignature(crl, signer, pool) === true &&
      (inPath.includes(signer) || isValidSigner(signer, anchor, context, signers)),
  );
}

/**
 * A signer that vouches for itself, because the list that covers it is its own, counts as not revoked by that list: its issuer chose to have it
 * so (PKITS 4.14.30), and nobody else could say anything.
 */
function isValidSigner(
  signer: Certificate,
  anchor: Certificate,
  context: RevocationContext,
  signers: readonly Certificate[],
): boolean {
  if (signers.includes(signer)) return true;
  const { pool, at, policy } = context;
  const notes = { exhausted: false, refused: new Set<string>() };
  for (const path of findPaths(signer, at, { ...pool, anchors: [anchor] }, notes)) {
    if (pool.budget.paths-- <= 0) return false;
    if (checkPath(path, { at, usage: 'any' }, pool.budget).subIndication !== null) continue;
    const statuses = findings(path, context, [...signers, signer]).map(({ revocation }) => revocation.status);
    if (statuses.every((status) => status === 'good' || (status === 'unknown' && policy === 'soft'))) return true;
  }
  return false;
}
