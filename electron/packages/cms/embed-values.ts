import { children, cursor, type Element, readOid, readOnly, readSmallInteger } from '../../pki/asn1/der-reader.ts';
import { context, integer, objectIdentifier, sequence, tlv } from '../../pki/asn1/der-writer.ts';
import { guardAsn1 } from './guard-asn1.ts';
import { OID } from './oids.ts';

/** Validation material, DER: certificates, CertificateLists and whole OCSPResponses. */
export interface ValidationValues {
  readonly certificates: readonly Buffer[];
  readonly crls: readonly Buffer[];
  readonly ocsps: readonly Buffer[];
}

/** RFC 5652, 5.1: other certificate or revocation formats make SignedData version 5. */
const VERSION_5 = integer(5);
const OTHER_REVOCATION = 0xa1;

/**
 * Puts validation material into SignedData.certificates and SignedData.crls (EN 319 122-1, 6.3 for level LT; OCSP by RFC 5940, 2). Neither is signed, and what is there
 * stays: signatures and attributes keep their octets. Works on signatures and on timestamp tokens alike, DER.
 * @throws AppError SIGNATURE_MALFORMED
 */
export function embedValues(der: Buffer, { certificates, crls, ocsps }: ValidationValues): Buffer {
  return guardAsn1('SIGNATURE_MALFORMED', () => {
    const contentInfo = cursor(readOnly(der, 0x30));
    const contentType = contentInfo.next(0x06).raw;
    const fields = cursor(readOnly(contentInfo.next(0xa0).value, 0x30));
    const version = fields.next();
    const digests = fields.next(0x31).raw;
    const content = fields.next(0x30).raw;
    const known = fields.optional(0xa0);
    const revocations = fields.optional(0xa1);
    const signerInfos = fields.next(0x31).raw;
    const others = ocsps.map((ocsp) => context(1, objectIdentifier(OID.ocspResponseFormat), ocsp));
    const hasOthers = others.length > 0 || members(revocations).some(([first]) => first === OTHER_REVOCATION);
    const signedData = sequence(
      hasOthers && readSmallInteger(version) < 5 ? VERSION_5 : version.raw,
      digests,
      content,
      ...implicitSet(0xa0, [...members(known), ...certificates]),
      ...implicitSet(0xa1, [...members(revocations), ...crls, ...others]),
      signerInfos,
    );
    return sequence(contentType, context(0, signedData));
  });
}

function members(set: Element | null): Buffer[] {
  return set === null ? [] : children(set).map(({ raw }) => raw);
}

/** DER of a SET OF, each member once; left out where it is empty. */
function implicitSet(tag: number, all: readonly Buffer[]): Buffer[] {
  const distinct = [...new Map(all.map((one) => [one.toString('latin1'), one])).values()];
  return distinct.length === 0 ? [] : [tlv(tag, ...distinct.sort(Buffer.compare))];
}

/** The OCSPResponse of an OtherRevocationInfoFormat; null where it is of another format. Throws Asn1Error. */
export function readOtherRevocation(element: Element): Buffer | null {
  const fields = cursor({ ...element, tag: 0x30 });
  const format = readOid(fields.next());
  const value = fields.next();
  fields.end();
  return format === OID.ocspResponseFormat ? value.raw : null;
}
