import { AppError, type ErrorCode, isAppError } from '../../shared/errors.ts';

const ROUTE_CODES: ReadonlySet<ErrorCode> = new Set([
  'ROUTE_UNAVAILABLE',
  'ROUTE_LOGIN_REFUSED',
  'ROUTE_SERVER_NOT_TRUSTED',
  'ROUTE_FULL',
  'ROUTE_READ_ONLY',
  'ROUTE_TOO_LARGE',
  'ROUTE_MISBEHAVES',
]);

/** Whether a route failed, and not this machine or a package: others may work, and this one later. */
export function isRouteError(error: unknown): error is AppError {
  return isAppError(error) && ROUTE_CODES.has(error.code);
}

/** What Node and OpenSSL say of a certificate that they refuse: `tls.TLSSocket` errors carry these codes. */
const TLS_REASONS: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'certificate-expired',
  CERT_NOT_YET_VALID: 'certificate-not-yet-valid',
  CERT_REVOKED: 'certificate-revoked',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate-name',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate-issuer',
  UNABLE_TO_GET_ISSUER_CERT: 'certificate-issuer',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate-issuer',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate-issuer',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate-issuer',
  CERT_SIGNATURE_FAILURE: 'certificate-signature',
  INVALID_PURPOSE: 'certificate-purpose',
  CERT_UNTRUSTED: 'certificate-issuer',
};

/**
 * The ROUTE_ code for what a connection died of. Nothing of the server's own words is kept: they are untrusted, and may hold names.
 *
 * @param error what a socket, TLS or a client library threw, perhaps wrapped
 */
export function toRouteError(error: unknown): AppError {
  if (isAppError(error)) return error;
  for (const one of withCauses(error)) {
    const code = String((one as { code?: unknown }).code ?? '');
    const reason = TLS_REASONS[code];
    if (reason !== undefined) return new AppError('ROUTE_SERVER_NOT_TRUSTED', { reason }, error);
    if (code.startsWith('ERR_SSL') || code === 'EPROTO') {
      return new AppError('ROUTE_SERVER_NOT_TRUSTED', { reason: 'tls' }, error);
    }
  }
  const [first] = withCauses(error);
  const code = String((first as { code?: unknown } | undefined)?.code ?? 'error');
  return new AppError('ROUTE_UNAVAILABLE', { reason: /^[A-Z0-9_]{1,40}$/.test(code) ? code : 'error' }, error);
}

function* withCauses(error: unknown): Generator<object> {
  let one = error;
  for (let depth = 0; depth < 8 && typeof one === 'object' && one !== null; depth++) {
    yield one;
    one = (one as { cause?: unknown }).cause;
  }
}
