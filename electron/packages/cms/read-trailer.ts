import { AppError } from '../../../shared/errors.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { Bytes } from '../../../shared/model/brand.ts';
import { type ByteSource, readRange } from '../../files/bytes.ts';
import { berExtent, normalizeBer } from '../../pki/asn1/ber.ts';
import { Asn1Error, children, type Element, readOid, readOnly } from '../../pki/asn1/der-reader.ts';
import { setOf } from '../../pki/asn1/der-writer.ts';
import { readAttributes, singleValue } from './attributes.ts';
import { guardAsn1 } from './guard-asn1.ts';
import { OID } from './oids.ts';
import type { EnvelopedHeader } from './parse-enveloped-header.ts';
import { segmentWalker } from './segment-walker.ts';

/** What follows the ciphertext. */
export interface EnvelopedTrailer {
  /** Octets of ciphertext. */
  readonly contentLength: Bytes;
  /** AuthEnvelopedData.mac; null for EnvelopedData. */
  readonly tag: Buffer | null;
  /** DER of authAttrs as the SET OF that is authenticated (RFC 5083, 2.2); empty where there are none. */
  readonly additionalData: Buffer;
}

type Authentication = Pick<EnvelopedTrailer, 'tag' | 'additionalData'>;

const WINDOW = 1024 * 1024;
const AUTH_ATTRS = 0xa1;
const UNAUTH_ATTRS = 0xa2;
const UNPROTECTED_ATTRS = 0xa1;

/**
 * Finds the end of the ciphertext and reads what stands behind it, before a byte is decrypted: GCM wants the
 * authenticated attributes first, and a package that is cut short or goes on is refused at no cost.
 * @throws PACKAGE_TRUNCATED, PACKAGE_MALFORMED, PACKAGE_LIMIT_EXCEEDED, CANCELLED
 */
export async function readTrailer(
  source: ByteSource,
  header: EnvelopedHeader,
  signal?: AbortSignal,
): Promise<EnvelopedTrailer> {
  const [end] = header.ends;
  if (typeof end === 'number' && end > source.size) throw truncated();
  const { position, contentLength } = await findContentEnd(source, header, signal);
  if (header.encryption.mode === 'gcm' && contentLength > LIMITS.container) throw overLimit('container');
  if (source.size - position > LIMITS.trailer) throw overLimit('trailer');
  const bytes = await readRange(source, position, LIMITS.trailer);
  return guardAsn1('PACKAGE_MALFORMED', () => ({ contentLength, ...parseTrailer(bytes, position, header) }));
}

async function findContentEnd(
  source: ByteSource,
  header: EnvelopedHeader,
  signal: AbortSignal | undefined,
): Promise<{ position: Bytes; contentLength: Bytes }> {
  const walker = segmentWalker(header);
  let position = header.contentOffset;
  let contentLength = 0;
  const window = header.content.segmented ? Buffer.allocUnsafe(Math.min(WINDOW, source.size)) : Buffer.alloc(0);
  while (!walker.done) {
    if (signal?.aborted) throw new AppError('CANCELLED');
    if (walker.remaining > 0) {
      contentLength += walker.remaining;
      position += walker.skip();
      continue;
    }
    const got = position < source.size ? await source.read(window, position) : 0;
    if (got === 0) throw truncated();
    position += guardAsn1('PACKAGE_MALFORMED', () =>
      walker.take(window.subarray(0, got), (start, end) => {
        contentLength += end - start;
      }),
    );
  }
  if (position > source.size) throw truncated();
  return { position, contentLength };
}

function parseTrailer(bytes: Buffer, start: Bytes, header: EnvelopedHeader): Authentication {
  const [contentInfo, explicit, data, encryptedContentInfo] = header.ends;
  const walk = trailerWalker(bytes, start, contentInfo === null);
  walk.close(encryptedContentInfo);
  const authentication = header.kind === 'auth-enveloped' ? readMac(walk, header) : skipUnprotected(walk);
  walk.close(data);
  walk.close(explicit);
  walk.close(contentInfo);
  if (walk.left > 0) throw new Asn1Error('bytes after the message');
  return authentication;
}

function readMac(walk: TrailerWalker, { contentType, encryption }: EnvelopedHeader): Authentication {
  const authAttrs = walk.optional(AUTH_ATTRS);
  checkContentType(authAttrs, contentType);
  const mac = walk.next();
  if (mac.tag !== 0x04) throw new Asn1Error('mac');
  walk.optional(UNAUTH_ATTRS);
  if (encryption.mode !== 'gcm' || mac.value.length !== encryption.tagLength) {
    throw new Asn1Error('mac is not as long as ICVlen');
  }
  const additionalData = authAttrs === null ? Buffer.alloc(0) : setOf(...children(authAttrs).map(({ raw }) => raw));
  return { tag: mac.value, additionalData };
}

function skipUnprotected(walk: TrailerWalker): Authentication {
  walk.optional(UNPROTECTED_ATTRS);
  return { tag: null, additionalData: Buffer.alloc(0) };
}

/**
 * RFC 5083 2.1: content of another type than data has authAttrs, which name it; what they name must be what is there.
 */
function checkContentType(authAttrs: Element | null, contentType: string): void {
  const attributes = authAttrs === null ? [] : readAttributes(authAttrs);
  const authenticated = singleValue(attributes, OID.contentType);
  if (authenticated === null ? contentType !== OID.data : readOid(authenticated) !== contentType) {
    throw new Asn1Error('content type is not the authenticated one');
  }
}

interface TrailerWalker {
  readonly left: Bytes;
  next(): Element;
  optional(tag: number): Element | null;
  /** Ends a constructed element: its definite end must be here, or an end-of-contents. */
  close(end: Bytes | null | undefined): void;
}

/** @param mayGoOn whether bytes may be missing: not where the length of the whole is known and was there */
function trailerWalker(bytes: Buffer, start: Bytes, mayGoOn: boolean): TrailerWalker {
  let offset = 0;
  const cutShort = () => (mayGoOn ? truncated() : new Asn1Error('element is missing'));
  const next = () => {
    const end = berExtent(bytes, offset);
    if (end === null) throw cutShort();
    const element = readOnly(normalizeBer(bytes.subarray(offset, end)));
    offset = end;
    return element;
  };
  return {
    get left() {
      return bytes.length - offset;
    },
    next,
    optional: (tag) => (bytes[offset] === tag ? next() : null),
    close: (end) => {
      if (end !== null) {
        if (end !== start + offset) throw new Asn1Error('lengths disagree');
        return;
      }
      if (offset + 2 > bytes.length) throw cutShort();
      if (bytes[offset] !== 0 || bytes[offset + 1] !== 0) throw new Asn1Error('end-of-contents is missing');
      offset += 2;
    },
  };
}

function truncated(): AppError {
  return new AppError('PACKAGE_TRUNCATED');
}

function overLimit(limit: 'container' | 'trailer'): AppError {
  return new AppError('PACKAGE_LIMIT_EXCEEDED', { limit, max: LIMITS[limit] });
}
