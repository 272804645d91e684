import type { Revocation } from './path-types.ts';

/**
 * What two sources say together. Who knows something beats who does not; of two who agree the newer counts; and "revoked" beats "good", since
 * nothing but a hold is ever lifted (RFC 5280, 5.3.1): a newer "good" against another reason is a contradiction, and the safe side of it is taken.
 */
export function mergeRevocations(a: Revocation, b: Revocation): Revocation {
  if (a.status === b.status) return isNewer(b, a) ? b : a;
  const [revoked, other] = a.status === 'revoked' ? [a, b] : [b, a];
  if (revoked.status === 'revoked') {
    const isLifted = other.status === 'good' && revoked.reason === 'certificateHold' && isNewer(other, revoked);
    return isLifted ? other : revoked;
  }
  return a.status === 'good' ? a : b;
}

/** What has no date was said by nobody. */
function isNewer(a: Revocation, b: Revocation): boolean {
  return (a.asOf?.getTime() ?? Number.NEGATIVE_INFINITY) > (b.asOf?.getTime() ?? Number.NEGATIVE_INFINITY);
}
