import { AppError } from '../../shared/errors.ts';
import { Asn1Error, children, cursor, readElement, readOid, readOnly } from './asn1/der-reader.ts';
import { type Certificate, parseCertificate } from './certificate.ts';
import { OID } from './oids.ts';
import { looksLikePem, readPem } from './pem.ts';

const CERTIFICATE_LABELS = new Set(['CERTIFICATE', 'X509 CERTIFICATE', 'TRUSTED CERTIFICATE']);
const PKCS7_LABELS = new Set(['PKCS7', 'CMS']);

/**
 * The certificates of a file in its order: PEM with any number of blocks (keys and CRLs among them are passed over), one DER certificate,
 * or certificates-only SignedData ("p7b", RFC 5652 and RFC 2797). Never empty.
 * @throws AppError CERTIFICATE_MALFORMED
 */
export function readCertificates(bytes: Buffer): Certificate[] {
  const found = looksLikePem(bytes) ? readPemCertificates(bytes) : readDerCertificates(bytes);
  if (found.length === 0) throw new AppError('CERTIFICATE_MALFORMED', { reason: 'no certificate' });
  return found;
}

function readPemCertificates(bytes: Buffer): Certificate[] {
  const blocks = readPem(bytes);
  if (blocks === null) throw new AppError('CERTIFICATE_MALFORMED', { reason: 'bad PEM' });
  return blocks.flatMap(({ label, der }) => {
    if (PKCS7_LABELS.has(label)) return readDerCertificates(der);
    if (!CERTIFICATE_LABELS.has(label)) return [];
    return [parseCertificate(label === 'TRUSTED CERTIFICATE' ? firstElement(der) : der)];
  });
}

/** OpenSSL appends its own trust settings to a `TRUSTED CERTIFICATE`; they are not ours to obey. */
function firstElement(der: Buffer): Buffer {
  return asMalformed(() => readElement(der).raw);
}

function readDerCertificates(der: Buffer): Certificate[] {
  const isSignedData = asMalformed(() => readElement(readOnly(der, 0x30).value).tag === 0x06);
  return isSignedData ? readCertsOnly(der) : [parseCertificate(der)];
}

function readCertsOnly(der: Buffer): Certificate[] {
  const certificates = asMalformed(() => {
    const contentInfo = cursor(readOnly(der, 0x30));
    if (readOid(contentInfo.next()) !== OID.signedData) throw new Asn1Error('not SignedData');
    const signedData = cursor(readOnly(contentInfo.next(0xa0).value, 0x30));
    signedData.next(0x02);
    signedData.next(0x31);
    signedData.next(0x30);
    const set = signedData.optional(0xa0);
    return set === null ? [] : children(set);
  });
  // CertificateChoices other than a certificate are tagged, and of no use here
  return certificates.filter(({ tag }) => tag === 0x30).map(({ raw }) => parseCertificate(raw));
}

function asMalformed<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Asn1Error)) throw error;
    throw new AppError('CERTIFICATE_MALFORMED', { reason: error.message }, error);
  }
}
