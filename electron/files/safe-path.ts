import { join, resolve, sep } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import type { Brand } from '../../shared/model/brand.ts';

/** A path that a check has tied to a folder of ours. */
export type SafePath = Brand<string, 'SafePath'>;

const RESERVED = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;

/** Whether a name is one component on every system: no separator, drive, stream, control character or device, not `.` or `..`. */
export function isPathComponent(name: string): boolean {
  return (
    name.length > 0 &&
    name.length <= 255 &&
    name.isWellFormed() &&
    !/[\u0000-\u001f\u007f/\\:*?"<>|]/.test(name) &&
    !/[. ]$/.test(name) &&
    !RESERVED.test(name)
  );
}

/**
 * The path of `names` under `root`.
 *
 * @throws AppError PATH_REFUSED where a name is not a plain component
 */
export function resolveWithin(root: string, ...names: readonly string[]): SafePath {
  for (const name of names) if (!isPathComponent(name)) throw new AppError('PATH_REFUSED');
  const base = resolve(root);
  const path = join(base, ...names);
  if (path !== base && !path.startsWith(base.endsWith(sep) ? base : base + sep)) throw new AppError('PATH_REFUSED');
  return path as SafePath;
}
