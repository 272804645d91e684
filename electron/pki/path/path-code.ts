import type { ErrorCode } from '../../../shared/errors.ts';
import type { PathVerdict } from './path-types.ts';

/** Code of a path that did not pass; `otherwise` where nothing nearer is known. */
export function pathCode({ subIndication, checks }: PathVerdict, otherwise: ErrorCode): ErrorCode {
  if (checks.some(({ id, ok }) => id === 'path-search' && ok === false)) return 'CERTIFICATE_LIMIT_EXCEEDED';
  return subIndication === 'TRY_LATER' ? 'VERDICT_INDETERMINATE' : otherwise;
}
