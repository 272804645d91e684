import pkcs11 from 'pkcs11js';
import { AppError, isAppError } from '../../../shared/errors.ts';
import type { TokenCode } from './token-calls.ts';

/** CKR_… of PKCS#11 2.40, 3.1, in the words of this office. What is not here is the module's own failure. */
const CODES: ReadonlyMap<number, TokenCode> = new Map<number, TokenCode>([
  [pkcs11.CKR_PIN_INCORRECT, 'TOKEN_PIN_WRONG'],
  [pkcs11.CKR_PIN_INVALID, 'TOKEN_PIN_WRONG'],
  [pkcs11.CKR_PIN_LEN_RANGE, 'TOKEN_PIN_WRONG'],
  [pkcs11.CKR_PIN_LOCKED, 'TOKEN_PIN_LOCKED'],
  [pkcs11.CKR_PIN_EXPIRED, 'TOKEN_PIN_LOCKED'],
  [pkcs11.CKR_USER_PIN_NOT_INITIALIZED, 'TOKEN_UNINITIALISED'],
  [pkcs11.CKR_TOKEN_NOT_RECOGNIZED, 'TOKEN_UNINITIALISED'],
  [pkcs11.CKR_TOKEN_NOT_PRESENT, 'TOKEN_REMOVED'],
  [pkcs11.CKR_DEVICE_REMOVED, 'TOKEN_REMOVED'],
  [pkcs11.CKR_SLOT_ID_INVALID, 'TOKEN_REMOVED'],
  // What a module says of handles from before the token was pulled out and put back
  [pkcs11.CKR_SESSION_CLOSED, 'TOKEN_REMOVED'],
  [pkcs11.CKR_SESSION_HANDLE_INVALID, 'TOKEN_REMOVED'],
  [pkcs11.CKR_OBJECT_HANDLE_INVALID, 'TOKEN_REMOVED'],
  [pkcs11.CKR_KEY_HANDLE_INVALID, 'TOKEN_REMOVED'],
  [pkcs11.CKR_USER_ALREADY_LOGGED_IN, 'TOKEN_IN_USE'],
  [pkcs11.CKR_USER_ANOTHER_ALREADY_LOGGED_IN, 'TOKEN_IN_USE'],
  [pkcs11.CKR_USER_TOO_MANY_TYPES, 'TOKEN_IN_USE'],
  [pkcs11.CKR_SESSION_COUNT, 'TOKEN_IN_USE'],
  [pkcs11.CKR_USER_NOT_LOGGED_IN, 'TOKEN_PIN_NEEDED'],
  [pkcs11.CKR_MECHANISM_INVALID, 'TOKEN_CANNOT'],
  [pkcs11.CKR_MECHANISM_PARAM_INVALID, 'TOKEN_CANNOT'],
  [pkcs11.CKR_KEY_FUNCTION_NOT_PERMITTED, 'TOKEN_CANNOT'],
  [pkcs11.CKR_KEY_TYPE_INCONSISTENT, 'TOKEN_CANNOT'],
  [pkcs11.CKR_FUNCTION_NOT_SUPPORTED, 'TOKEN_CANNOT'],
  [pkcs11.CKR_TOKEN_WRITE_PROTECTED, 'TOKEN_WRITE_PROTECTED'],
  [pkcs11.CKR_SESSION_READ_ONLY, 'TOKEN_WRITE_PROTECTED'],
]);

/** What a call of the module threw, as this office's error. Of its words only the name of the CKR code is kept: the rest may show paths or worse. */
export function toTokenError(error: unknown): AppError {
  if (isAppError(error)) return error;
  if (!(error instanceof pkcs11.Pkcs11Error)) return new AppError('TOKEN_MODULE_FAILED', { reason: 'binding' }, error);
  const code = CODES.get(error.code) ?? 'TOKEN_MODULE_FAILED';
  const reason = /^CKR_[A-Z0-9_]+$/.test(error.message) ? error.message : `0x${error.code.toString(16)}`;
  return new AppError(code, { reason }, error);
}

export function isCkr(error: unknown, ...values: readonly number[]): boolean {
  return error instanceof pkcs11.Pkcs11Error && values.includes(error.code);
}
