import { children, type Element, expectTag, readOnly } from '../../pki/asn1/der-reader.ts';
import { context, objectIdentifier, sequence, setOf, tlv } from '../../pki/asn1/der-writer.ts';
import { guardAsn1 } from '../cms/guard-asn1.ts';
import { OID } from '../cms/oids.ts';

const UNSIGNED_ATTRIBUTES = 0xa1;

/**
 * CAdES-T out of CAdES-B (EN 319 122-1, 5.3): the signature of our own writer, DER with one SignerInfo, with a token over SignerInfo.signature among
 * its unsigned attributes. What was signed stays as it was, octet for octet.
 * @throws AppError SIGNATURE_MALFORMED
 */
export function addSignatureTimestamp(der: Buffer, token: Buffer): Buffer {
  return guardAsn1('SIGNATURE_MALFORMED', () => {
    const [contentType, wrapper] = children(readOnly(der, 0x30));
    const signedData = children(readOnly(expectTag(wrapper, 0xa0).value, 0x30));
    const signerInfos = expectTag(signedData.at(-1), 0x31);
    const signerInfo = addAttribute(readOnly(signerInfos.value, 0x30), token);
    const members = signedData.slice(0, -1).map(({ raw }) => raw);
    return sequence(expectTag(contentType, 0x06).raw, context(0, sequence(...members, setOf(signerInfo))));
  });
}

function addAttribute(signerInfo: Element, token: Buffer): Buffer {
  const attribute = sequence(objectIdentifier(OID.signatureTimeStampToken), setOf(token));
  const members = children(signerInfo);
  const last = members.at(-1);
  const before = last?.tag === UNSIGNED_ATTRIBUTES ? children(last).map(({ raw }) => raw) : [];
  const kept = before.length === 0 ? members : members.slice(0, -1);
  const attributes = readOnly(setOf(...before, attribute)).value;
  return sequence(...kept.map(({ raw }) => raw), tlv(UNSIGNED_ATTRIBUTES, attributes));
}
