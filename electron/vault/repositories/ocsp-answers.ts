import type { Instant, Sha256 } from '../../../shared/model/brand.ts';
import type { ReadableDb, WritableDb } from '../db/handle.ts';
import { insertSql } from '../db/sql.ts';

/** What a responder said of one certificate. */
export interface OcspRow {
  /** Of the BasicOCSPResponse in it: another wrapping says nothing new. */
  readonly sha256: Sha256;
  /** The certificate that was asked about. */
  readonly certificate: Sha256;
  /** DER of the OCSPResponse. */
  readonly answer: Buffer;
  readonly status: 'good' | 'revoked' | 'unknown';
  readonly thisUpdate: Instant;
  readonly nextUpdate: Instant | null;
  /** The address that answered. */
  readonly source: string;
  readonly fetchedAt: Instant;
}

const INSERT = insertSql('ocsp_answers', [
  'sha256',
  'certificate',
  'answer',
  'status',
  'thisUpdate',
  'nextUpdate',
  'source',
  'fetchedAt',
]);

/** Keeps an answer; false where it was there already. */
export function insertOcspAnswer(db: WritableDb, row: OcspRow): boolean {
  return db.run(`${INSERT} ON CONFLICT (sha256) DO NOTHING`, { ...row }) === 1;
}

/** The newest answer about every certificate. Older ones are forgotten when a newer comes: what proves something is kept with its message. */
export function listOcspAnswers(db: ReadableDb): OcspRow[] {
  return db.all<OcspRow>(
    `SELECT * FROM ocsp_answers a WHERE NOT EXISTS (
       SELECT 1 FROM ocsp_answers n
       WHERE n.certificate = a.certificate AND (n.this_update, n.sha256) > (a.this_update, a.sha256)
     ) ORDER BY a.certificate`,
  );
}

/** @returns how many were forgotten */
export function removeOlderOcspAnswers(db: WritableDb, certificate: Sha256, before: Instant): number {
  return db.run('DELETE FROM ocsp_answers WHERE certificate = ? AND this_update < ?', [certificate, before]);
}
