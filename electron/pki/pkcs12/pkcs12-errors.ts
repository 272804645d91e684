import { AppError, type ErrorCode } from '../../../shared/errors.ts';
import { Asn1Error } from '../asn1/der-reader.ts';

/** What the parts of pki say of a thing, as it is said of the file that holds it. */
const CODES: Partial<Record<ErrorCode, ErrorCode>> = {
  CERTIFICATE_MALFORMED: 'P12_MALFORMED',
  KEY_MALFORMED: 'P12_MALFORMED',
  KEY_ALGORITHM_REFUSED: 'P12_ALGORITHM_REFUSED',
};

/** Runs `read`; what it throws leaves with a code of PKCS#12. */
export function asPkcs12Errors<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Asn1Error) throw new AppError('P12_MALFORMED', { reason: error.message }, error);
    const code = error instanceof AppError ? CODES[error.code] : undefined;
    if (error instanceof AppError && code !== undefined) throw new AppError(code, error.params, error);
    throw error;
  }
}
