import { AppError, type ErrorCode, isAppError } from '../../shared/errors.ts';

const CODES: Readonly<Record<string, ErrorCode>> = {
  ENOENT: 'FILE_NOT_FOUND',
  ENOTDIR: 'FILE_NOT_FOUND',
  EEXIST: 'FILE_EXISTS',
  ENOTEMPTY: 'FILE_EXISTS',
  EACCES: 'FOLDER_NOT_WRITABLE',
  EPERM: 'FOLDER_NOT_WRITABLE',
  EROFS: 'FOLDER_NOT_WRITABLE',
  ENOSPC: 'DISK_FULL',
  EDQUOT: 'DISK_FULL',
  EFBIG: 'DISK_FULL',
};

/** The AppError for what a write to the file system threw: the errno alone, never a path. Other errors pass unchanged. */
export function toFileError(error: unknown): unknown {
  if (isAppError(error) || !isErrno(error)) return error;
  return new AppError(CODES[error.code] ?? 'IO_ERROR', { errno: error.code }, error);
}

/** Awaits `task` with its errors of the file system turned into AppErrors. */
export async function onFiles<T>(task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    throw toFileError(error);
  }
}

/** Whether the file system answered that there is no such file or folder. */
export function isMissing(error: unknown): boolean {
  return isErrno(error) && error.code === 'ENOENT';
}

function isErrno(error: unknown): error is NodeJS.ErrnoException & { readonly code: string } {
  return error instanceof Error && 'errno' in error && 'code' in error && typeof error.code === 'string';
}
