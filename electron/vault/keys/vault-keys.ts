import { deriveSubkey } from './kdf.ts';

/** What the master key of an open vault becomes: one key for each purpose. */
export interface VaultKeys {
  /** Raw key of SQLCipher. */
  readonly database: Buffer;
  /** Makes blob names from content. */
  readonly blobName: Buffer;
  /** Wraps the key of every blob. */
  readonly blobWrap: Buffer;
  /** MAC of the audit chain's head outside the database. */
  readonly auditHead: Buffer;
  /** MAC of the vault's public header. */
  readonly header: Buffer;
  /** MAC of a backup's manifest. */
  readonly backup: Buffer;
}

/** @param vault the vault's id: two vaults share no key, even under one master key */
export function deriveVaultKeys(master: Buffer, vault: string): VaultKeys {
  const derive = (label: string): Buffer => deriveSubkey(master, Buffer.from(vault, 'ascii'), label);
  return {
    database: derive('database'),
    blobName: derive('blob-name'),
    blobWrap: derive('blob-wrap'),
    auditHead: derive('audit-head'),
    header: derive('header'),
    backup: derive('backup'),
  };
}

export function zeroVaultKeys(keys: VaultKeys): void {
  for (const key of Object.values(keys) as Buffer[]) key.fill(0);
}
