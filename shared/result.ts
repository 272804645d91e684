import { AppError, type ErrorCode, type ErrorParams } from './errors.ts';

/** What crosses a process: a value, or a code with the parameters of its text; never a stack or a path. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: { readonly code: ErrorCode; readonly params: ErrorParams } };

export function succeed<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function failed(error: unknown): Result<never> {
  return error instanceof AppError
    ? { ok: false, error: { code: error.code, params: error.params } }
    : { ok: false, error: { code: 'INTERNAL', params: {} } };
}
