import type { Instant, Sha256 } from '../../../shared/model/brand.ts';
import type { ReadableDb, WritableDb } from '../db/handle.ts';
import { insertSql } from '../db/sql.ts';

/**
 * `signature`: a token over SignerInfo.signature of the message. `archive`: a token over an ASiCArchiveManifest that covers the message's container and the proofs
 * before it. `audit`: a token over the head of the audit chain.
 */
export type ProofKind = 'signature' | 'archive' | 'audit';

/** A timestamp that proves something to have existed. */
export interface ProofRow {
  readonly id: number;
  /** M of the message; of an `audit` proof the hash of the row that was the head. */
  readonly subject: Sha256;
  readonly kind: ProofKind;
  /** DER of the TimeStampToken. */
  readonly token: Buffer;
  /** The ASiCArchiveManifest that the token is over; only of `archive`. */
  readonly manifest: Buffer | null;
  /** What the manifest's entries were made of; only of `archive`. */
  readonly parts: ArchiveParts | null;
  readonly genTime: Instant;
  /** End of the TSA's certificate: by then a newer proof must cover this one. */
  readonly expiresAt: Instant;
  /** The address that stamped, or `package` where the token came in the package itself. */
  readonly source: string;
  readonly addedAt: Instant;
}

/** From which stored pieces, in which order, the augmented signature was made that an archive timestamp covers. */
export interface ArchiveParts {
  /** Ids of `signature` proofs that are not in the container itself. */
  readonly signatures: readonly number[];
  /** Digests of proof values. */
  readonly values: readonly Sha256[];
  /** Ids of earlier `archive` proofs. */
  readonly archives: readonly number[];
}

export interface ProofValueRow {
  readonly sha256: Sha256;
  readonly kind: 'certificate' | 'crl' | 'ocsp';
  /** DER. */
  readonly value: Buffer;
  readonly addedAt: Instant;
}

type RawProof = Omit<ProofRow, 'parts'> & { parts: string | null };

const INSERT = insertSql('proofs', [
  'subject',
  'kind',
  'token',
  'manifest',
  'parts',
  'genTime',
  'expiresAt',
  'source',
  'addedAt',
]);
const INSERT_VALUE = insertSql('proof_values', ['sha256', 'kind', 'value', 'addedAt']);

const toProof = (raw: RawProof): ProofRow => ({
  ...raw,
  parts: raw.parts === null ? null : (JSON.parse(raw.parts) as ArchiveParts),
});

/** @returns its id */
export function insertProof(db: WritableDb, row: Omit<ProofRow, 'id'>): number {
  return db.insert(INSERT, { ...row, parts: row.parts === null ? null : JSON.stringify(row.parts) });
}

/** Proofs of one subject in the order in which they were added. */
export function listProofs(db: ReadableDb, subject: Sha256): ProofRow[] {
  return db.all<RawProof>('SELECT * FROM proofs WHERE subject = ? ORDER BY id', [subject]).map(toProof);
}

/** Keeps a value of the subject's proof; one that several messages need is kept once. */
export function insertProofValue(db: WritableDb, subject: Sha256, row: ProofValueRow): void {
  db.run(`${INSERT_VALUE} ON CONFLICT (sha256) DO NOTHING`, { ...row });
  db.run('INSERT INTO proof_uses (subject, value) VALUES (?, ?) ON CONFLICT DO NOTHING', [subject, row.sha256]);
}

/** Certificates and revocation values kept for one message, in an order of their own. */
export function listProofValues(db: ReadableDb, subject: Sha256): ProofValueRow[] {
  return db.all<ProofValueRow>(
    `SELECT v.* FROM proof_uses u JOIN proof_values v ON v.sha256 = u.value WHERE u.subject = ? ORDER BY v.kind, v.sha256`,
    [subject],
  );
}

/** Messages whose last proof ends before `limit`, the soonest first. */
export function listExpiringProofs(db: ReadableDb, limit: Instant, count: number): Sha256[] {
  return db
    .all<{ subject: Sha256 }>(
      `SELECT subject, max(expires_at) AS last FROM proofs WHERE kind <> 'audit' GROUP BY subject
       HAVING last < ? ORDER BY last LIMIT ?`,
      [limit, count],
    )
    .map(({ subject }) => subject);
}

/** The newest timestamp of the audit chain. */
export function findLastAuditProof(db: ReadableDb): ProofRow | null {
  const raw = db.get<RawProof>("SELECT * FROM proofs WHERE kind = 'audit' ORDER BY gen_time DESC, id DESC LIMIT 1");
  return raw === null ? null : toProof(raw);
}

/** The last proof from each address that stamped. */
export function listNewestBySource(db: ReadableDb): Pick<ProofRow, 'source' | 'token'>[] {
  return db.all(
    'SELECT source, token FROM proofs WHERE id IN (SELECT max(id) FROM proofs GROUP BY source) ORDER BY source',
  );
}
