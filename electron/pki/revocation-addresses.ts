import { Asn1Error, children, cursor, readOid, readOnly } from './asn1/der-reader.ts';
import type { Certificate } from './certificate.ts';
import type { Crl } from './crl.ts';
import { type DistributionPoint, parseDistributionPoints } from './distribution-point.ts';
import { type Extensions, readExtension } from './extensions.ts';
import { parseGeneralName } from './general-name.ts';
import { OID } from './oids.ts';

const OCSP_METHOD = '1.3.6.1.5.5.7.48.1';
const CA_ISSUERS_METHOD = '1.3.6.1.5.5.7.48.2';
/** Of each kind; a certificate that names more is read no further. */
const MAX_ADDRESSES = 8;

export interface RevocationAddresses {
  /** Of responders (RFC 5280, 4.2.2.1). */
  readonly ocsp: readonly string[];
  /** Of full lists (4.2.1.13). */
  readonly crl: readonly string[];
  /** Of deltas (4.2.1.15). */
  readonly delta: readonly string[];
}

/**
 * Where a certificate says that its status can be asked for, by HTTP. It is the issuer's word alone: believe it only below a trusted anchor, and ask only whom the
 * office allows. What is malformed names nobody.
 */
export function revocationAddresses({ extensions }: Pick<Certificate, 'extensions'>): RevocationAddresses {
  return {
    ocsp: listed(readTolerantly(extensions, OID.authorityInfoAccess, readLocations(OCSP_METHOD))),
    crl: listed(readTolerantly(extensions, OID.cRLDistributionPoints, parseDistributionPoints).flatMap(pointAddresses)),
    delta: listed(readTolerantly(extensions, OID.freshestCRL, parseDistributionPoints).flatMap(pointAddresses)),
  };
}

/** Where a certificate says that its issuer's certificate can be had (4.2.2.1). */
export function issuerAddresses({ extensions }: Pick<Certificate, 'extensions'>): string[] {
  return listed(readTolerantly(extensions, OID.authorityInfoAccess, readLocations(CA_ISSUERS_METHOD)));
}

function readTolerantly<T>(extensions: Extensions, id: string, parse: (value: Buffer) => T[]): T[] {
  try {
    return readExtension(extensions, id, parse) ?? [];
  } catch (error) {
    if (error instanceof Asn1Error) return [];
    throw error;
  }
}

/** Where a list says that deltas over it can be had (5.2.6). */
export function deltaAddresses({ freshest }: Pick<Crl, 'freshest'>): string[] {
  return listed(freshest.flatMap(pointAddresses));
}

function listed(addresses: readonly string[]): string[] {
  return [...new Set(addresses.filter((address) => /^https?:\/\//i.test(address)))].slice(0, MAX_ADDRESSES);
}

function pointAddresses({ name }: DistributionPoint): string[] {
  if (name?.kind !== 'full') return [];
  return name.names.flatMap((one) => (one.kind === 'uri' ? [one.text] : []));
}

/** AuthorityInfoAccessSyntax. */
const readLocations =
  (wanted: string) =>
  (value: Buffer): string[] =>
    children(readOnly(value, 0x30)).flatMap((element) => {
      const fields = cursor(element, 0x30);
      const method = readOid(fields.next());
      const location = parseGeneralName(fields.next());
      return method === wanted && location.kind === 'uri' ? [location.text] : [];
    });
