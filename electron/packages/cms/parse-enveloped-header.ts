import { AppError } from '../../../shared/errors.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { Bytes } from '../../../shared/model/brand.ts';
import { berExtent, normalizeBer } from '../../pki/asn1/ber.ts';
import {
  Asn1Error,
  children,
  type Element,
  expectTag,
  readHeader,
  readOid,
  readOnly,
  readSmallInteger,
} from '../../pki/asn1/der-reader.ts';
import { readAlgorithmIdentifier } from './algorithm-identifier.ts';
import { type ContentEncryption, readContentEncryption } from './content-encryption.ts';
import { guardAsn1 } from './guard-asn1.ts';
import { OID, oidName } from './oids.ts';
import { type RecipientInfo, readRecipientInfo } from './recipient-info.ts';

/** Everything of AuthEnvelopedData or EnvelopedData before the ciphertext. */
export interface EnvelopedHeader {
  readonly kind: 'auth-enveloped' | 'enveloped';
  readonly recipients: readonly RecipientInfo[];
  /** Object identifier of the content. */
  readonly contentType: string;
  readonly encryption: ContentEncryption;
  /** Where the ciphertext begins: its octets, or the first segment of BER. */
  readonly contentOffset: Bytes;
  readonly content: {
    /** BER cuts the ciphertext into OCTET STRING segments. */
    readonly segmented: boolean;
    /** Of the octets or of all the segments; null where an end-of-contents marks the end. */
    readonly length: Bytes | null;
  };
  /**
   * Where ContentInfo, its [0], EnvelopedData and EncryptedContentInfo end, in that order, counted from the first byte;
   * null where an end-of-contents does it.
   */
  readonly ends: readonly (Bytes | null)[];
}

/** More bytes are needed. */
class MoreBytes extends Error {}

const SEQUENCE = 0x30;

/**
 * Reads the header from the first bytes of a package, or says that it needs more of them. Definite and indefinite
 * lengths (BER) may mix at every level.
 * @param bytes from the start of the ContentInfo; at most 1 MiB is looked at
 * @throws PACKAGE_MALFORMED, PACKAGE_ALGORITHM_REFUSED, PACKAGE_LIMIT_EXCEEDED
 */
export function parseEnvelopedHeader(bytes: Buffer): EnvelopedHeader | 'more' {
  try {
    return guardAsn1('PACKAGE_MALFORMED', () => parse(walker(bytes.subarray(0, LIMITS.header))));
  } catch (error) {
    if (!(error instanceof MoreBytes)) throw error;
    if (bytes.length >= LIMITS.header)
      throw new AppError('PACKAGE_LIMIT_EXCEEDED', { limit: 'header', max: LIMITS.header });
    return 'more';
  }
}

function parse(walk: Walker): EnvelopedHeader {
  const ends = [walk.enter(SEQUENCE)];
  const kind = contentKind(readOid(walk.whole()));
  ends.push(walk.enter(0xa0), walk.enter(SEQUENCE));
  readSmallInteger(walk.whole());
  if (walk.peek() === 0xa0) walk.whole();
  const recipients = readRecipients(walk.whole());
  ends.push(walk.enter(SEQUENCE));
  const contentType = readOid(walk.whole());
  const encryption = readContentEncryption(readAlgorithmIdentifier(walk.whole()), kind === 'auth-enveloped');
  const content = walk.enterContent();
  return { kind, recipients, contentType, encryption, contentOffset: walk.offset, content, ends };
}

function contentKind(oid: string): EnvelopedHeader['kind'] {
  if (oid === OID.authEnvelopedData) return 'auth-enveloped';
  if (oid === OID.envelopedData) return 'enveloped';
  throw new AppError('PACKAGE_ALGORITHM_REFUSED', { algorithm: oidName(oid) });
}

function readRecipients(element: Element): RecipientInfo[] {
  const members = children(expectTag(element, 0x31));
  if (members.length === 0) throw new Asn1Error('no recipients');
  const recipients = members.map(readRecipientInfo);
  const count = recipients.reduce(
    (sum, recipient) => sum + (recipient.kind === 'key-agreement' ? recipient.encryptedKeys.length : 1),
    0,
  );
  if (count > LIMITS.recipients)
    throw new AppError('PACKAGE_LIMIT_EXCEEDED', { limit: 'recipients', max: LIMITS.recipients });
  return recipients;
}

interface Walker {
  readonly offset: Bytes;
  /** The tag at the offset. */
  peek(): number;
  /** Steps into a constructed element: where it ends, null where that is indefinite. */
  enter(tag: number): Bytes | null;
  /** Steps over a whole element and returns it as DER. */
  whole(): Element;
  enterContent(): EnvelopedHeader['content'];
}

function walker(bytes: Buffer): Walker {
  let offset = 0;
  /** The nearest definite end around the offset: what is inside may not pass it. */
  let limit = Number.POSITIVE_INFINITY;

  const header = () => {
    const found = readHeader(bytes, offset);
    if (found === null) throw new MoreBytes();
    const end = found.length === null ? null : offset + found.headerLength + found.length;
    if ((end ?? offset + found.headerLength) > limit) throw new Asn1Error('element passes its parent');
    return { ...found, end };
  };
  const enter = (tag: number) => {
    const found = header();
    if (found.tag !== tag) throw new Asn1Error(`tag ${found.tag.toString(16)} where ${tag.toString(16)} was expected`);
    offset += found.headerLength;
    limit = found.end ?? limit;
    return found.end;
  };
  return {
    get offset() {
      return offset;
    },
    peek: () => header().tag,
    enter,
    whole: () => {
      const { end } = header();
      if (end !== null && end > LIMITS.header)
        throw new AppError('PACKAGE_LIMIT_EXCEEDED', { limit: 'header', max: LIMITS.header });
      const next = berExtent(bytes, offset);
      if (next === null) throw new MoreBytes();
      if (next > limit) throw new Asn1Error('element passes its parent');
      const element = readOnly(normalizeBer(bytes.subarray(offset, next)));
      offset = next;
      return element;
    },
    enterContent: () => {
      const segmented = header().tag === 0xa0;
      const end = enter(segmented ? 0xa0 : 0x80);
      if (end === null && !segmented) throw new Asn1Error('indefinite length of a primitive');
      return { segmented, length: end === null ? null : end - offset };
    },
  };
}
