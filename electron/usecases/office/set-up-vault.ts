import type { VaultId } from '../../../shared/model/brand.ts';
import type { Office } from '../../../shared/model/office-card.ts';
import { randomMailboxName } from '../../exchange/mailbox-name.ts';
import type { KeyPairCertificate } from '../../pki/identity.ts';
import { createReceiptKey, officeName } from '../../pki/issue/create-identity.ts';
import { createPair } from '../../pki/issue/create-pair.ts';
import type { KeyAlgorithm } from '../../pki/keys.ts';
import type { WritableDb } from '../../vault/db/handle.ts';
import { appendAudit } from '../../vault/repositories/audit.ts';
import { findActiveVaultKey, insertVaultKey, type VaultKeyKind } from '../../vault/repositories/keys.ts';
import { findMeta } from '../../vault/repositories/meta.ts';
import { findOwnOffice } from '../../vault/repositories/offices.ts';
import type { Vault } from '../../vault/vault.ts';
import { instantOf } from '../uuid-v7.ts';
import { OWN_ADDRESS, putOwnAddress } from './own-vault.ts';

export type VaultKeyAlgorithm = Exclude<KeyAlgorithm, 'ed25519'>;

/**
 * Gives a vault its own keys and its mailbox: one encryption pair and one receipt pair, self-signed and pinned by the office's card. Does nothing
 * where they are there, so that it also finishes what a crash interrupted.
 */
export function setUpVault(vault: Vault, now: Date, algorithm: VaultKeyAlgorithm): void {
  const office = findOwnOffice(vault.read);
  if (office === null || findMeta(vault.read, OWN_ADDRESS) !== null) return;
  const missing = (['encryption', 'receipt'] as const).filter((kind) => {
    const known = findActiveVaultKey(vault.read, kind);
    known?.key?.fill(0);
    return known === null;
  });
  const keys = missing.map((kind) => ({ kind, pair: makeVaultKey(kind, office, vault.id, algorithm, now) }));
  vault.write((db) => {
    for (const { kind, pair } of keys) addVaultKey(db, kind, pair, now);
    putOwnAddress(db, { address: randomMailboxName(), holder: randomMailboxName() });
    appendAudit(db, { at: instantOf(now), actor: 'vault', action: 'vault-keys-made', subject: vault.id });
  });
}

/** A fresh pair for one purpose of a vault. */
export function makeVaultKey(
  kind: VaultKeyKind,
  office: Office,
  vault: VaultId,
  algorithm: VaultKeyAlgorithm,
  now: Date,
): KeyPairCertificate {
  const subject = { name: office.name, officeType: office.type, uscc: office.id, region: office.region };
  if (kind === 'receipt') return createReceiptKey({ ...subject, algorithm, now, label: `receipts ${vault}` });
  return createPair({
    purpose: 'encrypt',
    subject: { ...officeName(subject), commonName: `encryption ${vault}` },
    algorithm,
    now,
  });
}

/** Makes it the active key of its kind. */
export function addVaultKey(
  db: WritableDb,
  kind: VaultKeyKind,
  { certificate, key }: KeyPairCertificate,
  now: Date,
): void {
  const pkcs8 = key.export({ format: 'der', type: 'pkcs8' });
  const row = { certificateSha256: certificate.sha256, certificate: certificate.der, key: pkcs8, token: null };
  insertVaultKey(db, { ...row, kind, addedAt: instantOf(now) });
  pkcs8.fill(0);
}
