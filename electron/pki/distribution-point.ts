import { Asn1Error, children, cursor, type Element, readBitString, readBoolean, readOnly } from './asn1/der-reader.ts';
import { sequence, tlv } from './asn1/der-writer.ts';
import { type GeneralName, parseGeneralNames } from './general-name.ts';
import { parseName } from './name.ts';

/** Reasons that a CRL can be split by, in the order of their bits (RFC 5280, 4.2.1.13). Bit 0 is unused. */
const REASON_BITS = 9;
/** Every reason, as a bit mask with bit 1 (keyCompromise) to bit 8 (aACompromise). */
export const ALL_REASONS = 0b1_1111_1110;

/** DistributionPointName, made absolute: names of the point, in either form. */
export type PointName =
  | { readonly kind: 'full'; readonly names: readonly GeneralName[] }
  /** A RelativeDistinguishedName (DER SET) below the CRL issuer's name. */
  | { readonly kind: 'relative'; readonly relative: Buffer };

/** CRL distribution point of a certificate (4.2.1.13). */
export interface DistributionPoint {
  readonly name: PointName | null;
  readonly reasons: number;
  /** Raw DER Names; empty: the certificate's issuer issues the CRL. */
  readonly crlIssuers: readonly Buffer[];
}

/** @throws Asn1Error */
export function parseDistributionPoints(value: Buffer): DistributionPoint[] {
  const points = children(readOnly(value, 0x30)).map(parsePoint);
  if (points.length === 0) throw new Asn1Error('no distribution point');
  return points;
}

function parsePoint(element: Element): DistributionPoint {
  const fields = cursor(element, 0x30);
  const name = fields.optional(0xa0);
  const reasons = fields.optional(0x81);
  const issuers = fields.optional(0xa2);
  fields.end();
  if (name === null && issuers === null) throw new Asn1Error('distribution point without a name');
  return {
    name: name === null ? null : parsePointName(name),
    reasons: reasons === null ? ALL_REASONS : parseReasons(reasons),
    crlIssuers: issuers === null ? [] : directoryNames(parseGeneralNames(issuers)),
  };
}

function directoryNames(names: readonly GeneralName[]): Buffer[] {
  return names.flatMap((name) => (name.kind === 'directory' ? [name.name] : []));
}

/** Scope of a CRL (5.2.5). */
export interface IssuingDistributionPoint {
  readonly name: PointName | null;
  readonly onlyUserCerts: boolean;
  readonly onlyCaCerts: boolean;
  readonly onlyAttributeCerts: boolean;
  readonly reasons: number;
  readonly indirect: boolean;
}

/** @throws Asn1Error */
export function parseIssuingDistributionPoint(value: Buffer): IssuingDistributionPoint {
  const fields = cursor(readOnly(value, 0x30));
  const flag = (tag: number): boolean => {
    const element = fields.optional(tag);
    return element !== null && readBoolean({ ...element, tag: 0x01 });
  };
  const name = fields.optional(0xa0);
  const onlyUserCerts = flag(0x81);
  const onlyCaCerts = flag(0x82);
  const reasons = fields.optional(0x83);
  const indirect = flag(0x84);
  const onlyAttributeCerts = flag(0x85);
  fields.end();
  return {
    name: name === null ? null : parsePointName(name),
    onlyUserCerts,
    onlyCaCerts,
    onlyAttributeCerts,
    reasons: reasons === null ? ALL_REASONS : parseReasons(reasons),
    indirect,
  };
}

function parsePointName(wrapper: Element): PointName {
  const choice = readOnly(wrapper.value);
  if (choice.tag === 0xa0) return { kind: 'full', names: parseGeneralNames(choice) };
  if (choice.tag === 0xa1) {
    const relative = tlv(0x31, choice.value);
    parseName(sequence(relative));
    return { kind: 'relative', relative };
  }
  throw new Asn1Error('unknown distribution point name');
}

function parseReasons(element: Element): number {
  const { bytes } = readBitString(element, element.tag);
  let mask = 0;
  for (let bit = 1; bit < REASON_BITS; bit++) {
    if (((bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0) mask |= 1 << bit;
  }
  return mask;
}

/** Keys by which two point names are compared; a relative name is put below `issuer` (raw DER Name). */
export function pointNames(name: PointName, issuer: Buffer): GeneralName[] {
  if (name.kind === 'full') return [...name.names];
  return [{ kind: 'directory', name: sequence(readOnly(issuer, 0x30).value, name.relative) }];
}
