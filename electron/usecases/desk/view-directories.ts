import type { ResponseOf } from '../../../shared/ipc/contract.ts';
import { listDirectories } from '../../vault/repositories/directories.ts';
import type { OfficeContext } from '../context.ts';
import type { ImportedDirectory } from '../directory/import-directory.ts';
import { nameOffice } from './names.ts';

/** The signed directories that are relied on here, with what they may speak of and until when. */
export function viewDirectories({ vault, now }: OfficeContext): ResponseOf<'directory:list-signed'> {
  return {
    items: listDirectories(vault.read).map(({ issuer, version, body, importedAt }) => ({
      issuer: nameOffice(vault.read, issuer),
      version,
      importedAt,
      expiresAt: body.expiresAt,
      expired: now().getTime() > Date.parse(body.expiresAt),
      scope: { regions: [...body.scope.regions], types: [...body.scope.types] },
      offices: body.entries.length,
    })),
  };
}

export function viewImported(
  { vault }: OfficeContext,
  { issuer, directory, results }: ImportedDirectory,
): ResponseOf<'directory:import-signed'> {
  return {
    issuer: nameOffice(vault.read, issuer),
    version: directory.version,
    expiresAt: directory.expiresAt,
    results: results.map(({ office, outcome, code }) => ({ office: nameOffice(vault.read, office), outcome, code })),
  };
}
