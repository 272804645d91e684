import type { Instant, PersonId, Sha256 } from '../../../shared/model/brand.ts';
import type { ReadableDb, WritableDb } from '../db/handle.ts';
import { insertSql } from '../db/sql.ts';

/** A person's signing key: a PKCS#12 under that person's own passphrase, which no key of the vault opens (protocol.md 1). */
export interface SigningKeyRow {
  readonly certificateSha256: Sha256;
  readonly person: PersonId;
  readonly certificate: Buffer;
  readonly p12: Buffer;
  readonly addedAt: Instant;
}

export type VaultKeyKind = 'encryption' | 'receipt';

/** A key that works unattended: the vault's decryption key or its receipt key. */
export interface VaultKeyRow {
  readonly certificateSha256: Sha256;
  readonly kind: VaultKeyKind;
  /** DER. */
  readonly certificate: Buffer;
  /** PKCS#8 DER. The reader zeroes it after use. */
  readonly key: Buffer;
  readonly status: 'active' | 'retired';
  readonly addedAt: Instant;
}

const INSERT_SIGNING_KEY = insertSql('signing_keys', ['certificateSha256', 'person', 'certificate', 'p12', 'addedAt']);
const INSERT_VAULT_KEY = insertSql('vault_keys', [
  'certificateSha256',
  'kind',
  'certificate',
  'key',
  'status',
  'addedAt',
]);

export function insertSigningKey(db: WritableDb, row: SigningKeyRow): void {
  db.runOne(INSERT_SIGNING_KEY, { ...row });
}

export function findSigningKey(db: ReadableDb, certificate: Sha256): SigningKeyRow | null {
  return db.get<SigningKeyRow>('SELECT * FROM signing_keys WHERE certificate_sha256 = ?', [certificate]);
}

export function listSigningKeys(db: ReadableDb, person: PersonId): SigningKeyRow[] {
  return db.all<SigningKeyRow>('SELECT * FROM signing_keys WHERE person = ? ORDER BY added_at', [person]);
}

export function removeSigningKey(db: WritableDb, certificate: Sha256): void {
  db.runOne('DELETE FROM signing_keys WHERE certificate_sha256 = ?', [certificate]);
}

/** Adds the key as the active one of its kind; the earlier one is retired and keeps opening what was sealed for it. */
export function insertVaultKey(db: WritableDb, row: Omit<VaultKeyRow, 'status'>): void {
  db.run("UPDATE vault_keys SET status = 'retired' WHERE kind = ? AND status = 'active'", [row.kind]);
  db.runOne(INSERT_VAULT_KEY, { ...row, status: 'active' });
}

export function findActiveVaultKey(db: ReadableDb, kind: VaultKeyKind): VaultKeyRow | null {
  return db.get<VaultKeyRow>("SELECT * FROM vault_keys WHERE kind = ? AND status = 'active'", [kind]);
}

/** All keys of a kind, the newest first. */
export function listVaultKeys(db: ReadableDb, kind: VaultKeyKind): VaultKeyRow[] {
  return db.all<VaultKeyRow>('SELECT * FROM vault_keys WHERE kind = ? ORDER BY added_at DESC, certificate_sha256', [
    kind,
  ]);
}
