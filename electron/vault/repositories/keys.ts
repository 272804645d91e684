import type { Instant, PersonId, Sha256 } from '../../../shared/model/brand.ts';
import type { ReadableDb, WritableDb } from '../db/handle.ts';
import { insertSql } from '../db/sql.ts';

/** Where a key lies that is not in the vault. */
export interface TokenPlace {
  readonly serial: string;
  /** As the token calls itself: shown, never searched by. */
  readonly label: string;
  /** CKA_ID of the key, hex. */
  readonly key: string;
}

/** A person's signing key: a PKCS#12 under that person's own passphrase, which no key of the vault opens (protocol.md 1), or on a token. */
export interface SigningKeyRow {
  readonly certificateSha256: Sha256;
  readonly person: PersonId;
  readonly certificate: Buffer;
  /** Null where it lies on a token. */
  readonly p12: Buffer | null;
  readonly token: TokenPlace | null;
  readonly addedAt: Instant;
}

export type VaultKeyKind = 'encryption' | 'receipt';

/** A key that works unattended: the vault's decryption key or its receipt key. */
export interface VaultKeyRow {
  readonly certificateSha256: Sha256;
  readonly kind: VaultKeyKind;
  /** DER. */
  readonly certificate: Buffer;
  /** PKCS#8 DER; the reader zeroes it after use. Null where it lies on a token, as only a decryption key may. */
  readonly key: Buffer | null;
  readonly token: TokenPlace | null;
  readonly status: 'active' | 'retired';
  readonly addedAt: Instant;
}

interface TokenColumns {
  readonly tokenSerial: string | null;
  readonly tokenLabel: string | null;
  readonly tokenKey: string | null;
}

type Raw<Row> = Omit<Row, 'token'> & TokenColumns;

const TOKEN_FIELDS = ['tokenSerial', 'tokenLabel', 'tokenKey'];
const INSERT_SIGNING_KEY = insertSql('signing_keys', [
  'certificateSha256',
  'person',
  'certificate',
  'p12',
  ...TOKEN_FIELDS,
  'addedAt',
]);
const INSERT_VAULT_KEY = insertSql('vault_keys', [
  'certificateSha256',
  'kind',
  'certificate',
  'key',
  ...TOKEN_FIELDS,
  'status',
  'addedAt',
]);

function toColumns(token: TokenPlace | null): TokenColumns & Record<string, string | null> {
  return { tokenSerial: token?.serial ?? null, tokenLabel: token?.label ?? null, tokenKey: token?.key ?? null };
}

function fromColumns<Row extends { readonly token: TokenPlace | null }>(raw: Raw<Row>): Row {
  const { tokenSerial, tokenLabel, tokenKey, ...rest } = raw;
  const token = tokenSerial === null ? null : { serial: tokenSerial, label: tokenLabel ?? '', key: tokenKey ?? '' };
  return { ...rest, token } as unknown as Row;
}

export function insertSigningKey(db: WritableDb, { token, ...row }: SigningKeyRow): void {
  db.runOne(INSERT_SIGNING_KEY, { ...row, ...toColumns(token) });
}

export function findSigningKey(db: ReadableDb, certificate: Sha256): SigningKeyRow | null {
  const raw = db.get<Raw<SigningKeyRow>>('SELECT * FROM signing_keys WHERE certificate_sha256 = ?', [certificate]);
  return raw === null ? null : fromColumns<SigningKeyRow>(raw);
}

export function listSigningKeys(db: ReadableDb, person: PersonId): SigningKeyRow[] {
  return db
    .all<Raw<SigningKeyRow>>('SELECT * FROM signing_keys WHERE person = ? ORDER BY added_at', [person])
    .map((raw) => fromColumns<SigningKeyRow>(raw));
}

export function removeSigningKey(db: WritableDb, certificate: Sha256): void {
  db.runOne('DELETE FROM signing_keys WHERE certificate_sha256 = ?', [certificate]);
}

/** Adds the key as the active one of its kind; the earlier one is retired and keeps opening what was sealed for it. */
export function insertVaultKey(db: WritableDb, { token, ...row }: Omit<VaultKeyRow, 'status'>): void {
  db.run("UPDATE vault_keys SET status = 'retired' WHERE kind = ? AND status = 'active'", [row.kind]);
  db.runOne(INSERT_VAULT_KEY, { ...row, ...toColumns(token), status: 'active' });
}

export function findActiveVaultKey(db: ReadableDb, kind: VaultKeyKind): VaultKeyRow | null {
  const raw = db.get<Raw<VaultKeyRow>>("SELECT * FROM vault_keys WHERE kind = ? AND status = 'active'", [kind]);
  return raw === null ? null : fromColumns<VaultKeyRow>(raw);
}

/** Keys of a kind that lie on tokens, the newest first. */
export function listVaultKeysOnTokens(db: ReadableDb, kind: VaultKeyKind): VaultKeyRow[] {
  return db
    .all<Raw<VaultKeyRow>>(
      'SELECT * FROM vault_keys WHERE kind = ? AND token_serial IS NOT NULL ORDER BY added_at DESC, certificate_sha256',
      [kind],
    )
    .map((raw) => fromColumns<VaultKeyRow>(raw));
}

/** All keys of a kind, the newest first. */
export function listVaultKeys(db: ReadableDb, kind: VaultKeyKind): VaultKeyRow[] {
  return db
    .all<Raw<VaultKeyRow>>('SELECT * FROM vault_keys WHERE kind = ? ORDER BY added_at DESC, certificate_sha256', [kind])
    .map((raw) => fromColumns<VaultKeyRow>(raw));
}
