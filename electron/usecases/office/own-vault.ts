import { createPrivateKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../../shared/errors.ts';
import type { Address, Sha256, VaultId } from '../../../shared/model/brand.ts';
import type { Office } from '../../../shared/model/office-card.ts';
import { address } from '../../../shared/model/schemas.ts';
import type { LocalRecipientKey } from '../../packages/cms/unwrap-content-key.ts';
import type { Signer } from '../../packages/write-container.ts';
import { parseCertificate } from '../../pki/certificate.ts';
import type { ReadableDb, WritableDb } from '../../vault/db/handle.ts';
import { listVaultKeys, type VaultKeyRow } from '../../vault/repositories/keys.ts';
import { findMeta, putMeta } from '../../vault/repositories/meta.ts';
import { findOwnOffice } from '../../vault/repositories/offices.ts';
import { getVaultState } from '../../vault/vault-state.ts';

/** This vault among the vaults of its office. */
export interface OwnVault {
  readonly office: Office;
  readonly vault: VaultId;
  readonly epoch: number;
  readonly address: Address;
  /** Its name for claims in mailboxes: random, so that a claim tells nobody whose it is. */
  readonly holder: Address;
}

export const OWN_ADDRESS = 'exchange.own';
const stored = z.strictObject({ address, holder: address });

export function putOwnAddress(db: WritableDb, value: z.infer<typeof stored>): void {
  putMeta(db, OWN_ADDRESS, JSON.stringify(value));
}

/** Whether the vault has keys and a mailbox; a bare one has not. */
export const isSetUp = (db: ReadableDb): boolean => findMeta(db, OWN_ADDRESS) !== null;

/** @throws AppError VAULT_CORRUPT where the vault was never set up for an office */
export function getOwnVault(db: ReadableDb): OwnVault {
  const office = findOwnOffice(db);
  const meta = findMeta(db, OWN_ADDRESS);
  if (office === null || meta === null) throw new AppError('VAULT_CORRUPT', { part: 'own office' });
  const { vault, epoch } = getVaultState(db);
  const { id, name, type, region } = office;
  return { office: { id, name, type, region }, vault, epoch, ...stored.parse(JSON.parse(meta)) };
}

/** Every key of the vault itself that packages may have been sealed for, retired ones too. */
export function listRecipientKeys(db: ReadableDb): LocalRecipientKey[] {
  return listVaultKeys(db, 'encryption')
    .filter(({ key }) => key !== null)
    .map((row) => ({ certificate: parseCertificate(row.certificate), key: takeKey(row) }));
}

/**
 * What signs receipts and sync messages unattended.
 *
 * @param certificate of a message that was written before the key was renewed; the active one where absent
 */
export function getReceiptSigner(db: ReadableDb, certificate?: Sha256): Signer {
  const rows = listVaultKeys(db, 'receipt');
  const row = rows.find(({ certificateSha256, status }) =>
    certificate === undefined ? status === 'active' : certificateSha256 === certificate,
  );
  if (row === undefined) throw new AppError('KEY_MISSING', { usage: 'receipt' });
  const key = takeKey(row);
  for (const other of rows) other.key?.fill(0);
  return { certificate: parseCertificate(row.certificate), key, chain: [] };
}

function takeKey({ key }: VaultKeyRow): KeyObject {
  if (key === null) throw new AppError('KEY_MISSING', { usage: 'vault' });
  try {
    return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
  } finally {
    key.fill(0);
  }
}
