import { isAppError } from '../../../shared/errors.ts';

/** What a server sends is no failure of ours: malformed is nothing. */
export function tolerateMalformed<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
}
