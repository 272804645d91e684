import { AppError, type ErrorCode } from '../../../shared/errors.ts';
import { Asn1Error } from '../../pki/asn1/der-reader.ts';

/** Runs a parser and turns what its bytes did wrong into `code`; anything else passes. */
export function guardAsn1<T>(code: ErrorCode, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof Asn1Error) throw new AppError(code, { reason: error.message }, error);
    throw error;
  }
}
