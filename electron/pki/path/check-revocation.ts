import { AppError } from '../../../shared/errors.ts';
import type { Certificate } from '../certificate.ts';
import type { Crl } from '../crl.ts';
import { nameKey } from '../name-key.ts';
import type { OcspResponse } from '../ocsp/parse-ocsp-response.ts';
import { checkPath } from './check-path.ts';
import { crlStatus, UNKNOWN } from './crl-status.ts';
import { findPaths, type Path } from './find-paths.ts';
import { mergeRevocations } from './merge-revocations.ts';
import { ocspStatus } from './ocsp-status.ts';
import { checkSignature, issuersOf, type Pool, type Signed, spend, spendPath } from './path-search.ts';
import type { Revocation, RevocationPolicy } from './path-types.ts';

export interface RevocationContext {
  readonly crls: readonly Crl[];
  readonly ocsps: readonly OcspResponse[];
  readonly at: Date;
  readonly policy: Exclude<RevocationPolicy, 'off'>;
  readonly pool: Pool;
}

export interface RevocationFinding {
  readonly certificate: Certificate;
  readonly revocation: Revocation;
  /** Why OCSP answers about the certificate do not count. */
  readonly refused: readonly string[];
}

/** Signers of lists and answers have certificates, which have lists and answers, which have signers: so deep and no deeper. */
const MAX_DEPTH = 4;

/** Every certificate of a valid path but the anchor, leaf first. @throws Asn1Error */
export function checkRevocation(path: Path, context: RevocationContext): RevocationFinding[] {
  return findings(path, context, []);
}

/** `signers` are the certificates whose own status is being asked for because they signed lists or answers. */
function findings(path: Path, context: RevocationContext, signers: readonly Certificate[]): RevocationFinding[] {
  return path.slice(0, -1).map((certificate, index) => finding(certificate, path.slice(index + 1), context, signers));
}

/** What lists and answers say together of a certificate whose path goes on with `above`. */
function finding(
  certificate: Certificate,
  above: Path,
  context: RevocationContext,
  signers: readonly Certificate[],
): RevocationFinding {
  const [issuer] = above;
  if (issuer === undefined || signers.length > MAX_DEPTH) return { certificate, revocation: UNKNOWN, refused: [] };
  const { crls, ocsps, at, pool } = context;
  const listed = crlStatus(certificate, {
    crls,
    at,
    spend: (comparisons) => spend(pool.budget, comparisons),
    isAuthentic: (crl) => isAuthentic(crl, above, context, signers),
  });
  if (ocsps.length === 0) return { certificate, revocation: listed, refused: [] };
  const answered = ocspStatus(certificate, {
    ocsps,
    at,
    issuer,
    certificates: [...pool.bySubject.values()].flat(),
    spend: (comparisons) => spend(pool.budget, comparisons),
    isSignedBy: (signed, signer) => isSignedBy(signed, signer, pool),
    isInOrder: (responder, spokenAt, noCheck) =>
      isResponderInOrder([responder, ...above], noCheck, { ...context, at: spokenAt }, signers),
  });
  return { certificate, revocation: mergeRevocations(listed, answered.revocation), refused: answered.refused };
}

function isSignedBy(signed: Signed, signer: Certificate, pool: Pool): boolean {
  const result = checkSignature(signed, signer, pool);
  if (typeof result === 'string') throw new AppError('SIGNATURE_ALGORITHM_REFUSED', { algorithm: result });
  return result === true;
}

/**
 * A delegated responder is a certificate like others, and may be revoked unless its issuer has renounced that by id-pkix-ocsp-nocheck (RFC 6960,
 * 4.2.2.2.1). Its own word about itself counts for nothing: who stole its key would say the same.
 */
function isResponderInOrder(
  path: Path,
  noCheck: boolean,
  context: RevocationContext,
  signers: readonly Certificate[],
): boolean {
  const [responder, ...above] = path;
  if (responder === undefined || signers.includes(responder)) return false;
  const { at, pool, policy } = context;
  if (checkPath(path, { at, usage: 'any' }, pool.budget).subIndication !== null) return false;
  if (noCheck) return true;
  return isAcceptable(finding(responder, above, context, [...signers, responder]), policy);
}

function isAcceptable({ revocation: { status } }: RevocationFinding, policy: RevocationContext['policy']): boolean {
  return status === 'good' || (status === 'unknown' && policy === 'soft');
}

/** 6.3.3 (f), (g): signed by a CA of the path, or by another certificate of the CRL's issuer that leads to the same anchor. */
function isAuthentic(crl: Crl, above: Path, context: RevocationContext, signers: readonly Certificate[]): boolean {
  const anchor = above.at(-1);
  if (anchor === undefined) return false;
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
    if (!spendPath(pool.budget)) return false;
    if (checkPath(path, { at, usage: 'any' }, pool.budget).subIndication !== null) continue;
    if (findings(path, context, [...signers, signer]).every((one) => isAcceptable(one, policy))) return true;
  }
  return false;
}
