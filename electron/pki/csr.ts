import { createPublicKey, type KeyObject } from 'node:crypto';
import { AppError } from '../../shared/errors.ts';
import { LIMITS } from '../../shared/limits.ts';
import {
  Asn1Error,
  children,
  cursor,
  type Element,
  expectTag,
  readBitString,
  readOid,
  readOnly,
  readSmallInteger,
} from './asn1/der-reader.ts';
import { type Extensions, parseExtensions } from './extensions.ts';
import { requireKeyAllowed } from './key-policy.ts';
import { nameText, parseName } from './name.ts';
import { OID } from './oids.ts';
import { looksLikePem, readPem } from './pem.ts';
import { verifySignatureBy } from './signature.ts';

/** A PKCS#10 request (RFC 2986) whose sender holds the private key. */
export interface CertificateSigningRequest {
  readonly der: Buffer;
  /** Raw DER Name. */
  readonly subject: Buffer;
  readonly subjectText: string;
  readonly publicKey: KeyObject;
  /** Of the extensionRequest attribute: wishes, which an issuer is free to ignore. */
  readonly extensions: Extensions;
}

const LABELS = new Set(['CERTIFICATE REQUEST', 'NEW CERTIFICATE REQUEST']);

/**
 * Reads one request, PEM or DER, and checks its signature.
 * @throws AppError CSR_MALFORMED, SIGNATURE_INVALID, SIGNATURE_ALGORITHM_REFUSED, KEY_ALGORITHM_REFUSED
 */
export function parseCsr(bytes: Buffer): CertificateSigningRequest {
  if (bytes.length > 2 * LIMITS.certificate) throw new AppError('CSR_MALFORMED', { reason: 'too large' });
  const der = looksLikePem(bytes) ? readPem(bytes)?.find(({ label }) => LABELS.has(label))?.der : Buffer.from(bytes);
  if (der === undefined) throw new AppError('CSR_MALFORMED', { reason: 'no request' });
  const { info, algorithm, signature, request } = asMalformed(() => readRequest(der));
  if (!verifySignatureBy(algorithm, request.publicKey, info, signature)) throw new AppError('SIGNATURE_INVALID');
  return request;
}

function readRequest(der: Buffer) {
  const outer = cursor(readOnly(der, 0x30));
  const info = outer.next(0x30);
  const algorithm = outer.next(0x30).raw;
  const signature = readBitString(outer.next());
  outer.end();
  if (signature.unusedBits !== 0) throw new Asn1Error('signature is not octets');
  const fields = cursor(info);
  if (readSmallInteger(fields.next()) !== 0) throw new Asn1Error('unknown version');
  const subject = fields.next(0x30).raw;
  const spki = fields.next(0x30).raw;
  // absent in what some old tools write, though not optional
  const attributes = fields.optional(0xa0);
  fields.end();
  const request: CertificateSigningRequest = {
    der,
    subject,
    subjectText: nameText(parseName(subject)),
    publicKey: readPublicKey(spki),
    extensions: attributes === null ? new Map() : readExtensionRequest(attributes),
  };
  return { info: info.raw, algorithm, signature: signature.bytes, request };
}

function readPublicKey(spki: Buffer): KeyObject {
  let key: KeyObject;
  try {
    key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  } catch (error) {
    throw new AppError('KEY_ALGORITHM_REFUSED', { algorithm: 'unknown' }, error);
  }
  requireKeyAllowed(key);
  return key;
}

function readExtensionRequest(attributes: Element): Extensions {
  const requests = children(attributes).flatMap((attribute) => {
    const fields = cursor(attribute, 0x30);
    const type = readOid(fields.next());
    const values = children(expectTag(fields.next(), 0x31));
    fields.end();
    return type === OID.extensionRequest ? [values] : [];
  });
  if (requests.length > 1) throw new Asn1Error('extensionRequest twice');
  const [values] = requests;
  if (values === undefined) return new Map();
  const [only, ...others] = values;
  if (only === undefined || others.length > 0) throw new Asn1Error('extensionRequest takes one value');
  return parseExtensions(only);
}

function asMalformed<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Asn1Error)) throw error;
    throw new AppError('CSR_MALFORMED', { reason: error.message }, error);
  }
}
