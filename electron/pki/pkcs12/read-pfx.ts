import { AppError } from '../../../shared/errors.ts';
import { LIMITS } from '../../../shared/limits.ts';
import { normalizeBer } from '../asn1/ber.ts';
import { cursor, type Element, readOid, readOnly, readSmallInteger } from '../asn1/der-reader.ts';
import { OID } from '../oids.ts';
import { looksLikePem, readPem } from '../pem.ts';
import { refuseAlgorithm } from './algorithm-identifier.ts';
import { type EncryptionScheme, readEncryptionScheme } from './encryption-scheme.ts';
import { type MacScheme, readMacScheme } from './mac-scheme.ts';
import { P12_OID } from './oids.ts';

/** PFX (RFC 7292, 4): the outermost structure. */
export interface Pfx {
  /** The AuthenticatedSafe as the MAC covers it. */
  readonly authSafe: Buffer;
  readonly mac: MacScheme | null;
}

/** One ContentInfo of the AuthenticatedSafe (RFC 7292, 4.1): SafeContents, plain or encrypted. */
export type SafeContentInfo =
  | { readonly encryption: null; readonly content: Buffer }
  | { readonly encryption: EncryptionScheme; readonly ciphertext: Buffer };

const PKCS7_PREFIX = Buffer.from('06092a864886f70d0107', 'hex');
/** 1.2.156.10197, the arc of the Chinese ciphers. CFCA keeps SM2 keys in a structure of its own, also as `.pfx`. */
const SM_PREFIX = Buffer.from('2a811ccf55', 'hex');

/** Of one structure: a trust store of a thousand certificates has half as many. */
const MAX_ELEMENTS = 20_000;

/**
 * DER, BER, PEM or bare base64.
 * @returns null where `bytes` are not a PKCS#12 at all.
 * @throws P12_MALFORMED, P12_ALGORITHM_REFUSED (for SM2 key files too), Asn1Error.
 */
export function readPfx(bytes: Buffer): Pfx | null {
  const binary = removeArmour(bytes);
  const contentType = sniffContentType(binary);
  if (contentType === null) return null;
  if (bytes.length > LIMITS.pkcs12) throw new AppError('P12_MALFORMED', { reason: 'too large' });
  if (contentType === 'sm2') throw new AppError('P12_ALGORITHM_REFUSED', { algorithm: 'SM2' });
  const members = cursor(readBer(binary), 0x30);
  if (readSmallInteger(members.next()) !== 3) throw new AppError('P12_MALFORMED', { reason: 'version' });
  const authSafe = readData(members.next(0x30));
  const mac = members.done ? null : readMacScheme(members.next());
  members.end();
  return { authSafe, mac };
}

/** AuthenticatedSafe (RFC 7292, 4.1). To be trusted no more than the MAC over it. */
export function readAuthenticatedSafe(authSafe: Buffer): SafeContentInfo[] {
  const contents = cursor(readBer(authSafe), 0x30);
  const found: SafeContentInfo[] = [];
  while (!contents.done) found.push(readSafeContentInfo(contents.next(0x30)));
  return found;
}

/** The one element that `bytes` are, in DER. */
export function readBer(bytes: Buffer): Element {
  return readOnly(normalizeBer(bytes, { maxDepth: LIMITS.nesting, maxNodes: MAX_ELEMENTS }));
}

function readSafeContentInfo(contentInfo: Element): SafeContentInfo {
  const members = cursor(contentInfo);
  const contentType = readOid(members.next());
  if (contentType === OID.data) return { encryption: null, content: readData(contentInfo) };
  if (contentType !== P12_OID.encryptedData) throw refuseAlgorithm(contentType);
  const explicit = cursor(members.next(0xa0));
  members.end();
  const encryptedData = cursor(explicit.next(0x30));
  explicit.end();
  readSmallInteger(encryptedData.next());
  return readEncryptedContentInfo(encryptedData.next(0x30));
}

/** EncryptedContentInfo (RFC 2315, 10.1); unprotected attributes after it mean nothing here. */
function readEncryptedContentInfo(element: Element): SafeContentInfo {
  const members = cursor(element);
  const contentType = readOid(members.next());
  if (contentType !== OID.data) throw refuseAlgorithm(contentType);
  const encryption = readEncryptionScheme(members.next());
  const content = members.next();
  members.end();
  return { encryption, ciphertext: readImplicitOctets(content) };
}

/** `[0] IMPLICIT OCTET STRING`, which BER may cut into segments. */
function readImplicitOctets(element: Element): Buffer {
  if (element.tag === 0x80) return element.value;
  const segments = cursor(element, 0xa0);
  const found: Buffer[] = [];
  while (!segments.done) found.push(segments.next(0x04).value);
  return Buffer.concat(found);
}

/** The octets of a ContentInfo of type data. */
function readData(contentInfo: Element): Buffer {
  const members = cursor(contentInfo);
  const contentType = readOid(members.next());
  if (contentType !== OID.data) throw refuseAlgorithm(contentType);
  const explicit = cursor(members.next(0xa0));
  const { value } = explicit.next(0x04);
  explicit.end();
  members.end();
  return value;
}

function removeArmour(bytes: Buffer): Buffer {
  if (bytes[0] === 0x30 || bytes.length > 2 * LIMITS.pkcs12) return bytes;
  if (looksLikePem(bytes)) return firstPemBlock(bytes) ?? bytes;
  const text = bytes.toString('latin1').trim();
  // Base64 that begins with the tag of a SEQUENCE and a length
  return /^M[A-I][A-Za-z0-9+/\s]*={0,2}$/.test(text) ? Buffer.from(text, 'base64') : bytes;
}

/** Cut out before it is matched, so that a file of a hundred thousand BEGIN lines is read once. */
function firstPemBlock(bytes: Buffer): Buffer | null {
  const end = bytes.indexOf('-----END ');
  const begin = bytes.lastIndexOf('-----BEGIN ', end);
  if (begin === -1 || end === -1) return null;
  const [block] = readPem(bytes.subarray(begin, end + 100)) ?? [];
  return block?.der ?? null;
}

/** What a file claims to be by its first bytes: SEQUENCE, version, ContentInfo with a type of PKCS#7. */
function sniffContentType(bytes: Buffer): 'pkcs7' | 'sm2' | null {
  const sequence = skipHeader(bytes, 0, 0x30);
  const version = sequence === null ? null : skipHeader(bytes, sequence, 0x02);
  if (version === null) return null;
  const contentInfo = skipHeader(bytes, version + (bytes[version - 1] ?? 0), 0x30);
  if (contentInfo === null) return null;
  const start = bytes.subarray(contentInfo, contentInfo + PKCS7_PREFIX.length);
  if (start.equals(PKCS7_PREFIX)) return 'pkcs7';
  return start.subarray(2, 2 + SM_PREFIX.length).equals(SM_PREFIX) ? 'sm2' : null;
}

/** The offset of the content of an element with `tag`, without judging its length. */
function skipHeader(bytes: Buffer, offset: number, tag: number): number | null {
  const first = bytes[offset + 1];
  if (bytes[offset] !== tag || first === undefined) return null;
  return first <= 0x80 ? offset + 2 : offset + 2 + (first & 0x7f);
}
