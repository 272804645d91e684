import type { Certificate } from '../pki/certificate.ts';
import { writePem } from '../pki/pem.ts';

/** Certificates in one PEM file, in their order. */
export function certificatesPem(certificates: readonly Certificate[]): string {
  return certificates.map(({ der }) => writePem('CERTIFICATE', der)).join('');
}
