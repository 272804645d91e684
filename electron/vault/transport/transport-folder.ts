import { AppError } from '../../../shared/errors.ts';
import { resolveWithin, type SafePath } from '../../files/safe-path.ts';
import type { VaultPaths } from '../vault-paths.ts';

/** Where ciphertext waits outside the database: on its way in, on its way out, or turned away. */
export type TransportFolder = 'incoming' | 'outgoing' | 'quarantine';

export const TRANSPORT_NAME = /^[0-9a-f]{32}\.p7m$/;

/** @throws AppError PATH_REFUSED where the name is none of ours */
export function transportPath(paths: VaultPaths, folder: TransportFolder, name: string): SafePath {
  if (!TRANSPORT_NAME.test(name)) throw new AppError('PATH_REFUSED');
  return resolveWithin(paths[folder], name);
}
