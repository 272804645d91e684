import { hash } from 'node:crypto';
import { cursor, readBitString, readOnly } from '../asn1/der-reader.ts';
import { context, nullValue, objectIdentifier, octetString, sequence, tlv } from '../asn1/der-writer.ts';
import type { Certificate } from '../certificate.ts';
import { OID } from '../oids.ts';

const NONCE = '1.3.6.1.5.5.7.48.1.2';

/**
 * OCSPRequest for one certificate (RFC 6960, 4.1.1), unsigned. The CertID uses SHA-1: responders in the field know no other, and it names a
 * certificate, it protects nothing. `nonce` is 32 random bytes (RFC 9654, 2.1).
 */
export function buildOcspRequest(certificate: Pick<Certificate, 'serial'>, issuer: Certificate, nonce: Buffer): Buffer {
  const fields = cursor(readOnly(issuer.spki, 0x30));
  fields.next(0x30);
  const key = readBitString(fields.next()).bytes;
  const certId = sequence(
    sequence(objectIdentifier(OID.sha1), nullValue()),
    octetString(hash('sha1', issuer.subject, 'buffer')),
    octetString(hash('sha1', key, 'buffer')),
    tlv(0x02, certificate.serial),
  );
  const nonceExtension = sequence(objectIdentifier(NONCE), octetString(octetString(nonce)));
  const tbs = sequence(sequence(sequence(certId)), context(2, sequence(nonceExtension)));
  return sequence(tbs);
}
