import { ANCHOR_SCOPES, type AnchorScope } from '../../../shared/model/anchor-scope.ts';
import type { Instant, Sha256 } from '../../../shared/model/brand.ts';
import type { ReadableDb, WritableDb } from '../db/handle.ts';
import { insertSql } from '../db/sql.ts';

export interface AnchorRow {
  readonly sha256: Sha256;
  /** DER. */
  readonly certificate: Buffer;
  readonly subject: string;
  readonly scopes: readonly AnchorScope[];
  /** It vouches for nothing judged at a time outside; null: no such bound. */
  readonly validFrom: Instant | null;
  readonly validUntil: Instant | null;
  readonly addedAt: Instant;
  readonly addedBy: string;
  /** Null while nobody compared its fingerprint: it counts for nothing. */
  readonly confirmedAt: Instant | null;
  readonly confirmedBy: string | null;
}

/** What may change of an anchor. */
export type AnchorTerms = Pick<AnchorRow, 'scopes' | 'validFrom' | 'validUntil'>;

type ScopeColumns = Readonly<Record<AnchorScope, number>>;
type RawAnchor = Omit<AnchorRow, 'scopes'> & ScopeColumns;

export interface CrlRow {
  /** Of the CRL's DER. */
  readonly sha256: Sha256;
  /** DER of the issuer's Name. */
  readonly issuer: Buffer;
  /** Key of what the list covers: an issuer may publish several side by side, and deltas. Empty: everything. */
  readonly scope: string;
  readonly crl: Buffer;
  readonly thisUpdate: Instant;
  readonly nextUpdate: Instant | null;
  /** Where it came from: an address, or `file`. */
  readonly source: string;
  readonly fetchedAt: Instant;
}

const INSERT_ANCHOR = insertSql('anchors', [
  'sha256',
  'certificate',
  'subject',
  ...ANCHOR_SCOPES,
  'validFrom',
  'validUntil',
  'addedAt',
  'addedBy',
  'confirmedAt',
  'confirmedBy',
]);

const toColumns = (scopes: readonly AnchorScope[]): ScopeColumns => ({
  sign: Number(scopes.includes('sign')),
  timestamp: Number(scopes.includes('timestamp')),
  tls: Number(scopes.includes('tls')),
});

function toAnchor({ sign, timestamp, tls, ...raw }: RawAnchor): AnchorRow {
  const has: ScopeColumns = { sign, timestamp, tls };
  return { ...raw, scopes: ANCHOR_SCOPES.filter((scope) => has[scope] === 1) };
}

const INSERT_CRL = insertSql('crls', [
  'sha256',
  'issuer',
  'scope',
  'crl',
  'thisUpdate',
  'nextUpdate',
  'source',
  'fetchedAt',
]);

/** Adds a trust anchor; false where it was there already. */
export function insertAnchor(db: WritableDb, { scopes, ...row }: AnchorRow): boolean {
  return db.run(`${INSERT_ANCHOR} ON CONFLICT (sha256) DO NOTHING`, { ...row, ...toColumns(scopes) }) === 1;
}

/** From here on it counts. */
export function confirmAnchor(db: WritableDb, sha256: Sha256, at: Instant, by: string): void {
  db.runOne('UPDATE anchors SET confirmed_at = ?, confirmed_by = ? WHERE sha256 = ?', [at, by, sha256]);
}

export function changeAnchor(db: WritableDb, sha256: Sha256, { scopes, validFrom, validUntil }: AnchorTerms): void {
  db.runOne(
    `UPDATE anchors SET sign = @sign, timestamp = @timestamp, tls = @tls, valid_from = @validFrom, valid_until = @validUntil
     WHERE sha256 = @sha256`,
    { sha256, ...toColumns(scopes), validFrom, validUntil },
  );
}

export function findAnchor(db: ReadableDb, sha256: Sha256): AnchorRow | null {
  const raw = db.get<RawAnchor>('SELECT * FROM anchors WHERE sha256 = ?', [sha256]);
  return raw === null ? null : toAnchor(raw);
}

export function removeAnchor(db: WritableDb, sha256: Sha256): void {
  db.runOne('DELETE FROM anchors WHERE sha256 = ?', [sha256]);
}

/** Those that count and those that wait for a person. */
export function listAnchors(db: ReadableDb): AnchorRow[] {
  return db.all<RawAnchor>('SELECT * FROM anchors ORDER BY subject, sha256').map(toAnchor);
}

/** Adds a CRL; false where it was there already. Older ones stay: they prove the state of their own time. */
export function insertCrl(db: WritableDb, row: CrlRow): boolean {
  return db.run(`${INSERT_CRL} ON CONFLICT (sha256) DO NOTHING`, { ...row }) === 1;
}

/** CRLs of one issuer, the newest first. */
export function listCrls(db: ReadableDb, issuer: Buffer): CrlRow[] {
  return db.all<CrlRow>('SELECT * FROM crls WHERE issuer = ? ORDER BY this_update DESC, sha256', [issuer]);
}

/** The newest CRL of every issuer and scope. */
export function listNewestCrls(db: ReadableDb): CrlRow[] {
  return db.all<CrlRow>(
    `SELECT * FROM crls c WHERE NOT EXISTS (
       SELECT 1 FROM crls n WHERE n.issuer = c.issuer AND n.scope = c.scope AND (n.this_update, n.sha256) > (c.this_update, c.sha256)
     ) ORDER BY c.this_update, c.sha256`,
  );
}
