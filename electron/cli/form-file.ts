import { AppError, isAppError } from '../../shared/errors.ts';
import { LIMITS } from '../../shared/limits.ts';
import { type Json, parseIJson } from '../../shared/model/i-json.ts';
import { readInput } from './input-file.ts';

export type Form = Readonly<Record<string, Json>>;

/**
 * Reads a form: one I-JSON object of at most 1 MiB. What its fields must be is for its procedure.
 *
 * @throws AppError FORM_INVALID, FILE_TOO_LARGE and others of reading
 */
export async function readForm(path: string): Promise<Form> {
  const text = await readInput(path, LIMITS.form);
  try {
    const value = parseIJson(decode(text), 'FORM_INVALID');
    if (isObject(value)) return value;
  } catch (error) {
    // The text of the code speaks of a field: which file it is and that it cannot be read at all, the details say
    const reason = isAppError(error) ? error.params['reason'] : undefined;
    throw new AppError('FORM_INVALID', { file: path, reason: `no JSON object: ${reason ?? 'unreadable'}` }, error);
  }
  throw new AppError('FORM_INVALID', { file: path, reason: 'no JSON object' });
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new AppError('FORM_INVALID', { reason: 'not UTF-8' }, error);
  }
}

function isObject(value: Json): value is Form {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
