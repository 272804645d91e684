import { isAppError } from '../../../shared/errors.ts';
import { parseCrl } from '../../pki/crl.ts';
import { parseOcspResponse } from '../../pki/ocsp/parse-ocsp-response.ts';
import type { PathRequest } from '../../pki/path/path-types.ts';
import { parseSignedData, type SignedData } from '../cms/parse-signed-data.ts';

type Trust = Pick<PathRequest, 'crls' | 'ocsps'> & Partial<Pick<PathRequest, 'untrusted'>>;

/**
 * Certificates and revocation data that came with a signature or token (level LT), beside those at hand. They are as good as their own signatures: an old "good" among them
 * never hides a newer "revoked". What does not parse is passed over.
 */
export function withEmbedded<T extends Trust>(trust: T, { certificates, crls, ocsps }: SignedData): T {
  if (certificates.length + crls.length + ocsps.length === 0) return trust;
  return {
    ...trust,
    untrusted: [...certificates, ...(trust.untrusted ?? [])],
    crls: [...trust.crls, ...crls.flatMap((der) => parsed(() => parseCrl(der)))],
    ocsps: [...(trust.ocsps ?? []), ...ocsps.flatMap((der) => parsed(() => parseOcspResponse(der)))],
  };
}

/** The same from a signature that was not read yet. */
export function withEmbeddedIn<T extends Trust>(trust: T, signature: Buffer): T {
  return parsed(() => withEmbedded(trust, parseSignedData(signature)))[0] ?? trust;
}

function parsed<T>(parse: () => T): T[] {
  try {
    return [parse()];
  } catch (error) {
    if (isAppError(error)) return [];
    throw error;
  }
}
