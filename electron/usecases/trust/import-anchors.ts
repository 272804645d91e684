import { AppError } from '../../../shared/errors.ts';
import type { AnchorScope } from '../../../shared/model/anchor-scope.ts';
import type { Instant, Sha256 } from '../../../shared/model/brand.ts';
import { sameFingerprint } from '../../exchange/card-trust.ts';
import { type Certificate, parseCertificate } from '../../pki/certificate.ts';
import { readCertificates } from '../../pki/read-certificates.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import { appendAudit } from '../../vault/repositories/audit.ts';
import { insertDuty } from '../../vault/repositories/duties.ts';
import {
  type AnchorRow,
  type AnchorTerms,
  changeAnchor,
  findAnchor,
  insertAnchor,
  listAnchors,
  confirmAnchor as markConfirmed,
} from '../../vault/repositories/trust.ts';
import type { OfficeContext } from '../context.ts';
import { RETRY_QUARANTINE } from '../office/store-card.ts';
import { instantOf } from '../uuid-v7.ts';

export interface ImportAnchors {
  /** Who brings them. */
  readonly by: string;
  /** What they may vouch for. Default: signatures and timestamps. */
  readonly scopes?: readonly AnchorScope[];
  /** They vouch for nothing that is judged at a time outside. */
  readonly validFrom?: Instant | null;
  readonly validUntil?: Instant | null;
}

export interface Anchor extends AnchorTerms {
  readonly certificate: Certificate;
  readonly addedAt: Instant;
  readonly addedBy: string;
  /** Null: it waits for {@link confirmAnchor} and counts for nothing. */
  readonly confirmedAt: Instant | null;
}

const DEFAULT_SCOPES: readonly AnchorScope[] = ['sign', 'timestamp'];

/**
 * Takes the CAs of a file in: PEM, DER or PKCS#7, one certificate or several. None of them counts before its fingerprint was compared. One that is here already
 * stays as it is.
 *
 * @throws AppError CERTIFICATE_MALFORMED, ANCHOR_NOT_CA, USAGE where the bounds leave no time
 */
export function importAnchors({ vault, now }: OfficeContext, bytes: Buffer, options: ImportAnchors): Anchor[] {
  const { by, scopes = DEFAULT_SCOPES, validFrom = null, validUntil = null } = options;
  requireTerms({ scopes, validFrom, validUntil });
  const certificates = readCertificates(bytes);
  // A counterpart's own certificate as an anchor would stand for all offices; its card pins it for that office alone
  if (certificates.some(({ basicConstraints }) => basicConstraints?.ca !== true)) throw new AppError('ANCHOR_NOT_CA');
  const at = instantOf(now());
  return vault.write((db) => {
    for (const { sha256, der, subjectText: subject } of certificates) {
      const row = { sha256, certificate: der, subject, scopes, validFrom, validUntil, addedAt: at, addedBy: by };
      if (!insertAnchor(db, { ...row, confirmedAt: null, confirmedBy: null })) continue;
      const detail = { subject, scopes: [...scopes] };
      appendAudit(db, { at, actor: by, action: 'anchor-imported', subject: sha256, detail });
    }
    return certificates.map(({ sha256 }) => toAnchor(getAnchor(db, sha256)));
  });
}

/**
 * From now on certificates below this CA are good where nobody revoked them.
 *
 * @param typed what a person was told out of band: all 64 digits; spaces, colons and case do not count
 * @throws AppError ANCHOR_UNKNOWN, FINGERPRINT_MISMATCH
 */
export function confirmAnchor({ vault, now }: OfficeContext, sha256: Sha256, typed: string, by: string): Anchor {
  if (!sameFingerprint(typed, sha256)) throw new AppError('FINGERPRINT_MISMATCH');
  const at = instantOf(now());
  return vault.write((db) => {
    const { confirmedAt, subject } = getAnchor(db, sha256);
    if (confirmedAt === null) {
      markConfirmed(db, sha256, at, by);
      appendAudit(db, { at, actor: by, action: 'anchor-added', subject: sha256, detail: { subject } });
      insertDuty(db, RETRY_QUARANTINE, {}, at);
    }
    return toAnchor(getAnchor(db, sha256));
  });
}

/** Spaces, colons, hyphens and case do not count. */
export const isFingerprintOf = sameFingerprint;

/** The anchor of a typed fingerprint. @throws AppError ANCHOR_UNKNOWN */
export function getTypedAnchor({ vault }: OfficeContext, typed: string): Anchor {
  const found = listAnchors(vault.read).find(({ sha256 }) => sameFingerprint(typed, sha256));
  if (found === undefined) throw new AppError('ANCHOR_UNKNOWN');
  return toAnchor(found);
}

/** What an anchor vouches for from now on. @throws AppError ANCHOR_UNKNOWN, USAGE */
export function setAnchorTerms({ vault, now }: OfficeContext, sha256: Sha256, terms: AnchorTerms, by: string): Anchor {
  requireTerms(terms);
  const { scopes, validFrom, validUntil } = terms;
  return vault.write((db) => {
    getAnchor(db, sha256);
    changeAnchor(db, sha256, terms);
    const detail = { scopes: [...scopes], validFrom, validUntil };
    appendAudit(db, { at: instantOf(now()), actor: by, action: 'anchor-changed', subject: sha256, detail });
    return toAnchor(getAnchor(db, sha256));
  });
}

/** Those that count and those that wait, by name. */
export function listTrust({ vault }: OfficeContext): Anchor[] {
  return listAnchors(vault.read).map(toAnchor);
}

/** The CAs that count for a purpose at a time. */
export function anchorsFor(
  { certificates }: Pick<OfficeContext, 'certificates'>,
  db: ReadableDb,
  scope: AnchorScope,
  at: Date,
): Certificate[] {
  const time = at.getTime();
  return listAnchors(db)
    .filter(({ confirmedAt, scopes }) => confirmedAt !== null && scopes.includes(scope))
    .filter(({ validFrom }) => validFrom === null || time >= Date.parse(validFrom))
    .filter(({ validUntil }) => validUntil === null || time <= Date.parse(validUntil))
    .map(({ sha256, certificate }) => {
      const parsed = certificates.get(sha256) ?? parseCertificate(certificate);
      certificates.set(sha256, parsed);
      return parsed;
    });
}

function requireTerms({ scopes, validFrom, validUntil }: AnchorTerms): void {
  if (scopes.length === 0) throw new AppError('USAGE', { field: 'scopes' });
  const leavesTime = validFrom === null || validUntil === null || Date.parse(validFrom) < Date.parse(validUntil);
  if (!leavesTime) throw new AppError('USAGE', { field: 'validUntil' });
}

function getAnchor(db: ReadableDb, sha256: Sha256): AnchorRow {
  const row = findAnchor(db, sha256);
  if (row === null) throw new AppError('ANCHOR_UNKNOWN');
  return row;
}

function toAnchor({ certificate, scopes, validFrom, validUntil, addedAt, addedBy, confirmedAt }: AnchorRow): Anchor {
  return { certificate: parseCertificate(certificate), scopes, validFrom, validUntil, addedAt, addedBy, confirmedAt };
}
