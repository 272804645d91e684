import { join } from 'node:path';

/** The folder of a vault. */
export interface VaultPaths {
  readonly dir: string;
  /** Public header: the wrapped master key and what unwraps it. */
  readonly header: string;
  readonly database: string;
  readonly blobs: string;
  /** Packages on their way in; ciphertext as it came. */
  readonly incoming: string;
  /** Sealed packages on their way out. */
  readonly outgoing: string;
  /** Ciphertext that was turned away. */
  readonly quarantine: string;
  /** Says in words who holds the vault. */
  readonly lock: string;
  /** Held by the operating system for as long as the holder lives. */
  readonly guard: string;
  readonly auditHead: string;
}

export function vaultPaths(dir: string): VaultPaths {
  return {
    dir,
    header: join(dir, 'vault.json'),
    database: join(dir, 'lexpost.db'),
    blobs: join(dir, 'blobs'),
    incoming: join(dir, 'incoming'),
    outgoing: join(dir, 'outgoing'),
    quarantine: join(dir, 'quarantine'),
    lock: join(dir, 'lock'),
    guard: join(dir, 'lock.guard'),
    auditHead: join(dir, 'audit-head.json'),
  };
}
