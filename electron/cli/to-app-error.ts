import { AppError, isAppError } from '../../shared/errors.ts';
import { toFileError } from '../files/file-error.ts';

const READING = new Set(['open', 'read', 'stat', 'lstat', 'scandir']);

/** Gives whatever was thrown a stable code: ours keep theirs, the system's get one by errno, the rest is INTERNAL. */
export function toAppError(error: unknown, signal?: AbortSignal): AppError {
  if (isAppError(error)) return error;
  if (
    error instanceof Error &&
    (error.name === 'AbortError' || (signal?.aborted === true && error === signal.reason))
  ) {
    return new AppError('CANCELLED', {}, error);
  }
  const known = toFileError(error);
  return isAppError(known) ? known : new AppError('INTERNAL', {}, error);
}

/** The same for reading one of the person's own files, with its path: it may be named to its owner. */
export function toReadError(error: unknown, path: string): AppError {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === 'EISDIR' || ((code === 'EACCES' || code === 'EPERM') && READING.has(syscall ?? ''))) {
    return new AppError('FILE_NOT_READABLE', { path, errno: code }, error);
  }
  return withPath(toAppError(error), path);
}

/** Adds the path of the person's own file to an error of the file system that lacks it. */
export function withPath(error: AppError, path: string): AppError {
  if (error.params['path'] !== undefined || error.params['errno'] === undefined) return error;
  return new AppError(error.code, { path, ...error.params }, error.cause);
}
