import { createPublicKey, hash, type KeyObject } from 'node:crypto';
import { AppError } from '../../shared/errors.ts';
import { LIMITS } from '../../shared/limits.ts';
import type { Sha256 } from '../../shared/model/brand.ts';
import {
  Asn1Error,
  type Cursor,
  cursor,
  type Element,
  readBitString,
  readIntegerBytes,
  readOid,
  readOnly,
  readSmallInteger,
  readTime,
} from './asn1/der-reader.ts';
import {
  type BasicConstraints,
  type Extensions,
  type KeyUsage,
  parseAuthorityKeyIdentifier,
  parseBasicConstraints,
  parseExtendedKeyUsage,
  parseExtensions,
  parseKeyUsage,
  parseSubjectKeyIdentifier,
  readExtension,
} from './extensions.ts';
import { attributeTexts, type Name, nameText, parseName } from './name.ts';
import { OID, oidName } from './oids.ts';
import { writePem } from './pem.ts';

export type { BasicConstraints, Extensions, KeyUsage } from './extensions.ts';

/** An X.509 certificate (RFC 5280, 4.1). Its buffers share one private copy of the DER: never write into them. */
export interface Certificate {
  readonly der: Buffer;
  /** Of `der`. */
  readonly sha256: Sha256;
  readonly version: 1 | 2 | 3;
  /** Content octets of the INTEGER: big-endian, two's complement. */
  readonly serial: Buffer;
  /** Raw DER Names. */
  readonly issuer: Buffer;
  readonly subject: Buffer;
  /** RFC 4514, most specific first. */
  readonly issuerText: string;
  readonly subjectText: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Raw DER SubjectPublicKeyInfo. */
  readonly spki: Buffer;
  /** OID of the key's algorithm. */
  readonly keyAlgorithm: string;
  /** Made on first use. @throws AppError KEY_ALGORITHM_REFUSED where this runtime knows no such key. */
  readonly publicKey: KeyObject;
  /** The extension, else SHA-1 of the key's bits (RFC 5280, 4.2.1.2 (1)). */
  readonly subjectKeyId: Buffer;
  readonly authorityKeyId: Buffer | null;
  readonly keyUsage: ReadonlySet<KeyUsage> | null;
  readonly extendedKeyUsage: readonly string[] | null;
  readonly basicConstraints: BasicConstraints | null;
  /**
   * 统一社会信用代码 of attribute 2.5.4.97, without the prefix `NTRCN-`. What is no such code stands as it is, and several are joined by a
   * comma: neither equals the code of any office, whereas null would read as "says nothing".
   */
  readonly organizationIdentifier: string | null;
  /** The most specific one. */
  readonly commonName: string | null;
  readonly extensions: Extensions;
  readonly tbs: Buffer;
  /** Raw DER AlgorithmIdentifier, the same inside and outside the signed part. */
  readonly signatureAlgorithm: Buffer;
  readonly signature: Buffer;
}

/**
 * Reads one certificate, at most 64 KiB. Does not judge its algorithms: that is for who uses the key or the signature.
 * @throws AppError CERTIFICATE_MALFORMED
 */
export function parseCertificate(der: Buffer): Certificate {
  if (der.length > LIMITS.certificate) throw new AppError('CERTIFICATE_MALFORMED', { reason: 'too large' });
  try {
    return readCertificate(Buffer.from(der));
  } catch (error) {
    if (!(error instanceof Asn1Error)) throw error;
    throw new AppError('CERTIFICATE_MALFORMED', { reason: error.message }, error);
  }
}

function readCertificate(der: Buffer): Certificate {
  const outer = cursor(readOnly(der, 0x30));
  const tbs = outer.next(0x30);
  const signatureAlgorithm = outer.next(0x30).raw;
  const signature = readOctets(outer.next(0x03));
  outer.end();
  const body = readBody(tbs);
  if (!body.signatureAlgorithm.equals(signatureAlgorithm)) throw new Asn1Error('signature algorithms differ');
  const subjectName = parseName(body.subject);
  const key = readKey(body.spki);
  let publicKey: KeyObject | null = null;
  return {
    ...body,
    der,
    sha256: hash('sha256', der) as Sha256,
    issuerText: nameText(parseName(body.issuer)),
    subjectText: nameText(subjectName),
    organizationIdentifier: organizationIdentifier(subjectName),
    commonName: attributeTexts(subjectName, OID.commonName).at(-1) ?? null,
    keyAlgorithm: key.algorithm,
    get publicKey() {
      publicKey ??= makePublicKey(body.spki, key);
      return publicKey;
    },
    ...readKnownExtensions(body.extensions, key.bits),
    tbs: tbs.raw,
    signature,
  };
}

type Body = Pick<
  Certificate,
  'version' | 'serial' | 'issuer' | 'subject' | 'notBefore' | 'notAfter' | 'spki' | 'extensions' | 'signatureAlgorithm'
>;

/** TBSCertificate. */
function readBody(tbs: Element): Body {
  const fields = cursor(tbs);
  const version = readVersion(fields.optional(0xa0));
  const serial = readIntegerBytes(fields.next());
  const signatureAlgorithm = fields.next(0x30).raw;
  const issuer = fields.next(0x30).raw;
  const validity = cursor(fields.next(0x30));
  const notBefore = readTime(validity.next());
  const notAfter = readTime(validity.next());
  validity.end();
  const subject = fields.next(0x30).raw;
  const spki = fields.next(0x30).raw;
  const extensions = readTail(fields, version);
  fields.end();
  return { version, serial, issuer, subject, notBefore, notAfter, spki, extensions, signatureAlgorithm };
}

function readVersion(element: Element | null): 1 | 2 | 3 {
  if (element === null) return 1;
  const version = readSmallInteger(readOnly(element.value));
  if (version === 1 || version === 2) return version === 1 ? 2 : 3;
  throw new Asn1Error('unknown version');
}

/** The unique identifiers, which nobody uses, and the extensions. */
function readTail(fields: Cursor, version: 1 | 2 | 3): Extensions {
  for (const tag of [0x81, 0x82]) {
    const identifier = fields.optional(tag);
    if (identifier === null) continue;
    if (version === 1) throw new Asn1Error('unique identifier in version 1');
    readBitString(identifier, tag);
  }
  const wrapper = fields.optional(0xa3);
  if (wrapper === null) return new Map();
  if (version !== 3) throw new Asn1Error('extensions need version 3');
  return parseExtensions(readOnly(wrapper.value));
}

function readOctets(element: Element): Buffer {
  const { unusedBits, bytes } = readBitString(element);
  if (unusedBits !== 0) throw new Asn1Error('BIT STRING is not octets');
  return bytes;
}

interface Key {
  readonly algorithm: string;
  readonly hasExplicitCurve: boolean;
  readonly bits: Buffer;
}

function readKey(spki: Buffer): Key {
  const fields = cursor(readOnly(spki, 0x30));
  const identifier = cursor(fields.next(0x30));
  const algorithm = readOid(identifier.next());
  const hasExplicitCurve = algorithm === OID.ecPublicKey && identifier.optional(0x06) === null;
  const bits = readOctets(fields.next());
  fields.end();
  return { algorithm, hasExplicitCurve, bits };
}

function makePublicKey(spki: Buffer, { algorithm, hasExplicitCurve }: Key): KeyObject {
  // RFC 5480, 2.1.1: a curve given by its parameters can be another one than it seems (CVE-2020-0601)
  if (hasExplicitCurve) throw new AppError('KEY_ALGORITHM_REFUSED', { algorithm: 'EC with explicit parameters' });
  try {
    // given as an object, Node first takes it for a key and throws inside: half of the time
    return createPublicKey(writePem('PUBLIC KEY', spki));
  } catch (error) {
    throw new AppError('KEY_ALGORITHM_REFUSED', { algorithm: oidName(algorithm) }, error);
  }
}

function readKnownExtensions(extensions: Extensions, keyBits: Buffer) {
  const subjectKeyId = readExtension(extensions, OID.subjectKeyIdentifier, parseSubjectKeyIdentifier);
  const authority = readExtension(extensions, OID.authorityKeyIdentifier, parseAuthorityKeyIdentifier);
  return {
    subjectKeyId: subjectKeyId ?? Buffer.from(hash('sha1', keyBits, 'buffer')),
    authorityKeyId: authority?.keyIdentifier ?? null,
    keyUsage: readExtension(extensions, OID.keyUsage, parseKeyUsage),
    extendedKeyUsage: readExtension(extensions, OID.extKeyUsage, parseExtendedKeyUsage),
    basicConstraints: readExtension(extensions, OID.basicConstraints, parseBasicConstraints),
  };
}

/** ETSI EN 319 412-1, 5.1.4: three letters of the kind, two of the country, a hyphen, the number. */
function organizationIdentifier(subject: Name): string | null {
  const values = attributeTexts(subject, OID.organizationIdentifier).map((text) => text.replace(/^NTRCN-/, ''));
  return values.length === 0 ? null : values.join(',');
}
