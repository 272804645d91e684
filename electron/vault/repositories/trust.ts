import type { Instant, Sha256 } from '../../../shared/model/brand.ts';
import type { ReadableDb, WritableDb } from '../db/handle.ts';
import { insertSql } from '../db/sql.ts';

export interface AnchorRow {
  readonly sha256: Sha256;
  /** DER. */
  readonly certificate: Buffer;
  readonly subject: string;
  readonly addedAt: Instant;
  readonly addedBy: string;
}

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

const INSERT_ANCHOR = insertSql('anchors', ['sha256', 'certificate', 'subject', 'addedAt', 'addedBy']);
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
export function insertAnchor(db: WritableDb, row: AnchorRow): boolean {
  return db.run(`${INSERT_ANCHOR} ON CONFLICT (sha256) DO NOTHING`, { ...row }) === 1;
}

export function removeAnchor(db: WritableDb, sha256: Sha256): void {
  db.runOne('DELETE FROM anchors WHERE sha256 = ?', [sha256]);
}

export function listAnchors(db: ReadableDb): AnchorRow[] {
  return db.all<AnchorRow>('SELECT * FROM anchors ORDER BY subject, sha256');
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
