import type { z } from 'zod';
import { AppError } from '../../errors.ts';

/** FORM_INVALID with the dotted path of the first field that is wrong and a stable word for what is. */
export function toFormError(error: z.ZodError): AppError {
  const issue = error.issues[0];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const path = [...(issue?.path ?? []), ...(unknown === undefined ? [] : [unknown])];
  const custom = issue?.code === 'custom' || issue?.code === 'invalid_format';
  const reason = custom ? issue.message : (issue?.code ?? 'invalid');
  return new AppError('FORM_INVALID', { field: path.map(String).join('.').slice(0, 200), reason: reason.slice(0, 80) });
}
