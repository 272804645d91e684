import { AppError } from '../../../shared/errors.ts';
import { looksLikePem, readPem } from '../pem.ts';
import { type OcspResponse, parseOcspResponse } from './parse-ocsp-response.ts';

const PEM_LABEL = 'OCSP RESPONSE';
const BASE64 = /^[A-Za-z0-9+/\s]+={0,2}\s*$/;

/** The OCSP responses of a file: one in DER or bare base64, or any number in PEM. Never empty. @throws AppError OCSP_MALFORMED */
export function readOcspResponses(bytes: Buffer): OcspResponse[] {
  if (looksLikePem(bytes)) {
    const blocks = readPem(bytes)?.filter(({ label }) => label === PEM_LABEL) ?? [];
    if (blocks.length === 0) throw new AppError('OCSP_MALFORMED', { reason: 'no OCSP response' });
    return blocks.map(({ der }) => parseOcspResponse(der));
  }
  // DER of a SEQUENCE begins with '0' and a length octet, which text has only for lengths that no response has
  const text = bytes.toString('latin1');
  return [parseOcspResponse(BASE64.test(text) ? Buffer.from(text, 'base64') : bytes)];
}
