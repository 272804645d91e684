import { LIMITS } from '../../../shared/limits.ts';
import type { PathRequest, PathVerdict } from '../../pki/path/path-types.ts';
import { validatePath } from '../../pki/path/validate-path.ts';

/** Earliest proof of existence: a valid timestamp, else the validation time (protocol.md 4). */
export function trustTimeOf(provenAt: Date | null, at: Date): Date {
  return provenAt !== null && provenAt < at ? provenAt : at;
}

/**
 * The path of a signer at the validation time, and where that does not do, at the time at which the signature is proven to have existed: what expired
 * or was revoked since does not touch it (EN 319 102-1, 5.5.4).
 */
export function validateSigner(request: Omit<PathRequest, 'usage'>, provenAt: Date | null): PathVerdict {
  const { at, leaf } = request;
  const trustTime = trustTimeOf(provenAt, at);
  const isTooEarly = leaf.notBefore.getTime() > trustTime.getTime() + LIMITS.clockSkew;
  const now = validatePath({ ...request, usage: 'sign' });
  // A day later the certificate would be valid: what could never become so must not pass by waiting
  if (now.indication === 'TOTAL_PASSED' && !isTooEarly) return now;
  const then = trustTime >= at ? now : validatePath({ ...request, usage: 'sign', at: trustTime });
  return isTooEarly && then.subIndication === 'OUT_OF_BOUNDS_NO_POE' ? notYetValid(then) : then;
}

/**
 * A signature that was there before its certificate can never become valid (EN 319 102-1, 5.5.4). Within the skew of clocks the question stays open:
 * a certificate may be younger than the clock that judges it.
 */
function notYetValid(verdict: PathVerdict): PathVerdict {
  return { ...verdict, indication: 'TOTAL_FAILED', subIndication: 'NOT_YET_VALID' };
}
