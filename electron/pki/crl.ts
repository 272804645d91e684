import { hash } from 'node:crypto';
import { AppError } from '../../shared/errors.ts';
import { LIMITS } from '../../shared/limits.ts';
import type { Sha256 } from '../../shared/model/brand.ts';
import {
  Asn1Error,
  type Cursor,
  cursor,
  readBitString,
  readIntegerBytes,
  readOnly,
  readSmallInteger,
  readTime,
} from './asn1/der-reader.ts';
import { type CrlEntry, readEntries } from './crl-entries.ts';
import {
  type DistributionPoint,
  type IssuingDistributionPoint,
  parseDistributionPoints,
  parseIssuingDistributionPoint,
} from './distribution-point.ts';
import { type Extensions, parseAuthorityKeyIdentifier, parseExtensions, readExtension } from './extensions.ts';
import { nameKey } from './name-key.ts';
import { OID, oidName } from './oids.ts';
import { looksLikePem, readPem } from './pem.ts';

/** A certificate revocation list (RFC 5280, 5). */
export interface Crl {
  readonly der: Buffer;
  readonly sha256: Sha256;
  /** Raw DER Name. */
  readonly issuer: Buffer;
  readonly thisUpdate: Date;
  /** RFC 5280 demands it; null where it is absent, and then nobody knows how long the list holds. */
  readonly nextUpdate: Date | null;
  readonly authorityKeyId: Buffer | null;
  /** Content octets of cRLNumber. */
  readonly number: Buffer | null;
  /** BaseCRLNumber where this is a delta. */
  readonly baseNumber: Buffer | null;
  readonly scope: IssuingDistributionPoint | null;
  /** Where the list says that deltas over it are (5.2.6). */
  readonly freshest: readonly DistributionPoint[];
  /** Why the list must not be used: a critical extension, of the list or of an entry, that is not understood (5.2, 5.3). */
  readonly unusable: string | null;
  readonly size: number;
  /** What the list says of a certificate, whose issuer is a raw DER Name. */
  find(issuer: Buffer, serial: Buffer): CrlEntry | null;
  readonly tbs: Buffer;
  readonly signatureAlgorithm: Buffer;
  readonly signature: Buffer;
}

/** Reads one DER CRL, at most 20 MiB. @throws AppError CRL_MALFORMED */
export function parseCrl(der: Buffer): Crl {
  if (der.length > LIMITS.crl) throw new AppError('CRL_MALFORMED', { reason: 'too large' });
  try {
    return readCrl(Buffer.from(der));
  } catch (error) {
    if (!(error instanceof Asn1Error)) throw error;
    throw new AppError('CRL_MALFORMED', { reason: error.message }, error);
  }
}

/** The CRLs of a PEM file (other blocks are passed over) or the one of a DER file. Never empty. @throws AppError CRL_MALFORMED */
export function readCrls(bytes: Buffer): Crl[] {
  if (!looksLikePem(bytes)) return [parseCrl(bytes)];
  const blocks = readPem(bytes)?.filter(({ label }) => label === 'X509 CRL') ?? [];
  if (blocks.length === 0) throw new AppError('CRL_MALFORMED', { reason: 'no CRL' });
  return blocks.map(({ der }) => parseCrl(der));
}

const KNOWN: ReadonlySet<string> = new Set([
  OID.authorityKeyIdentifier,
  OID.cRLNumber,
  OID.deltaCRLIndicator,
  OID.issuingDistributionPoint,
  OID.issuerAltName,
  OID.freshestCRL,
]);

function readCrl(der: Buffer): Crl {
  const outer = cursor(readOnly(der, 0x30));
  const tbs = outer.next(0x30);
  const signatureAlgorithm = outer.next(0x30).raw;
  const signature = readBitString(outer.next(0x03));
  outer.end();
  if (signature.unusedBits !== 0) throw new Asn1Error('signature is not octets');

  const fields = cursor(tbs);
  const version = fields.optional(0x02);
  if (version !== null && readSmallInteger(version) !== 1) throw new Asn1Error('unknown version');
  if (!fields.next(0x30).raw.equals(signatureAlgorithm)) throw new Asn1Error('signature algorithms differ');
  const issuer = fields.next(0x30).raw;
  const thisUpdate = readTime(fields.next());
  const nextUpdate = readOptionalTime(fields);
  const list = fields.optional(0x30);
  const extensions = readListExtensions(fields, version !== null);
  fields.end();

  const entries = readEntries(list, nameKey(issuer));
  const unknown = [...extensions].find(([id, { critical }]) => critical && !KNOWN.has(id))?.[0];
  return {
    der,
    sha256: hash('sha256', der) as Sha256,
    issuer,
    thisUpdate,
    nextUpdate,
    ...readKnownExtensions(extensions),
    unusable: unknown === undefined ? entries.unusable : `critical extension ${oidName(unknown)}`,
    size: entries.size,
    find: (certificateIssuer, serial) => entries.find(nameKey(certificateIssuer), serial),
    tbs: tbs.raw,
    signatureAlgorithm,
    signature: signature.bytes,
  };
}

function readOptionalTime(fields: Cursor): Date | null {
  const element = fields.optional(0x17) ?? fields.optional(0x18);
  return element === null ? null : readTime(element);
}

function readListExtensions(fields: Cursor, isVersion2: boolean): Extensions {
  const wrapper = fields.optional(0xa0);
  if (wrapper === null) return new Map();
  if (!isVersion2) throw new Asn1Error('extensions need version 2');
  return parseExtensions(readOnly(wrapper.value));
}

function readKnownExtensions(extensions: Extensions) {
  const authority = readExtension(extensions, OID.authorityKeyIdentifier, parseAuthorityKeyIdentifier);
  return {
    authorityKeyId: authority?.keyIdentifier ?? null,
    number: readExtension(extensions, OID.cRLNumber, readNumber),
    baseNumber: readExtension(extensions, OID.deltaCRLIndicator, readNumber),
    scope: readExtension(extensions, OID.issuingDistributionPoint, parseIssuingDistributionPoint),
    freshest: readExtension(extensions, OID.freshestCRL, parseDistributionPoints) ?? [],
  };
}

/** CRLNumber: non-negative, up to 20 octets (5.2.3). */
function readNumber(value: Buffer): Buffer {
  const bytes = readIntegerBytes(readOnly(value));
  if (((bytes[0] ?? 0) & 0x80) !== 0 || bytes.length > 21) throw new Asn1Error('CRL number out of range');
  return bytes;
}
