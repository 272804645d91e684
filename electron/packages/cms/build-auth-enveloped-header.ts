import { AppError } from '../../../shared/errors.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { Bytes } from '../../../shared/model/brand.ts';
import { derLength, integer, objectIdentifier, octetString, sequence, setOf } from '../../pki/asn1/der-writer.ts';
import type { Certificate } from '../../pki/certificate.ts';
import { algorithmIdentifier } from './algorithm-identifier.ts';
import { buildRecipientInfo } from './build-recipient-info.ts';
import { OID } from './oids.ts';

export interface AuthEnvelopedHeaderInput {
  /** One RecipientInfo each; 1 to 64. */
  readonly recipients: readonly Certificate[];
  /** AES-256 key: 32 bytes, fresh for this package. The caller zeroes it. */
  readonly cek: Buffer;
  /** 12 bytes, used once with this key. */
  readonly nonce: Buffer;
  /** Of the ciphertext, which equals that of the content. */
  readonly contentLength: Bytes;
}

/** GCM's tag, in bytes: the length that every part of the format counts on. */
export const TAG_LENGTH = 16;
const CEK_LENGTH = 32;
const NONCE_LENGTH = 12;
const SEQUENCE = 0x30;
const EXPLICIT_0 = 0xa0;
const IMPLICIT_0 = 0x80;

const AUTH_ENVELOPED_DATA = objectIdentifier(OID.authEnvelopedData);
const DATA = objectIdentifier(OID.data);
const VERSION_0 = integer(0);

/**
 * Everything of ContentInfo / AuthEnvelopedData (RFC 5083, 5084) before the ciphertext, in DER with the lengths of what
 * follows. The tag has 16 bytes, so ICVlen is written (left out it means 12, and OpenSSL 3.0 cannot read it left out).
 * No authAttrs: OpenSSL refuses them.
 * @throws RECIPIENT_REFUSED, PACKAGE_LIMIT_EXCEEDED
 */
export function buildAuthEnvelopedHeader({ recipients, cek, nonce, contentLength }: AuthEnvelopedHeaderInput): Buffer {
  if (cek.length !== CEK_LENGTH || nonce.length !== NONCE_LENGTH)
    throw new RangeError('AES-256-GCM takes 32 bytes of key and 12 of nonce');
  if (recipients.length === 0 || recipients.length > LIMITS.recipients) {
    throw new AppError('PACKAGE_LIMIT_EXCEEDED', { limit: 'recipients', max: LIMITS.recipients });
  }
  if (!Number.isSafeInteger(contentLength) || contentLength < 0 || contentLength > LIMITS.container) {
    throw new AppError('PACKAGE_LIMIT_EXCEEDED', { limit: 'container', max: LIMITS.container });
  }
  const recipientInfos = setOf(...recipients.map((certificate) => buildRecipientInfo(certificate, cek)));
  const algorithm = algorithmIdentifier(OID.aes256Gcm, sequence(octetString(nonce), integer(TAG_LENGTH)));
  const encryptedContentInfo = prefixed(
    SEQUENCE,
    [DATA, algorithm, prefixed(IMPLICIT_0, [], contentLength)],
    contentLength,
  );
  const following = contentLength + 2 + TAG_LENGTH;
  const authEnvelopedData = prefixed(SEQUENCE, [VERSION_0, recipientInfos, encryptedContentInfo], following);
  return prefixed(SEQUENCE, [AUTH_ENVELOPED_DATA, prefixed(EXPLICIT_0, [authEnvelopedData], following)], following);
}

/** What follows the ciphertext: the mac, 16 bytes. */
export function buildAuthEnvelopedTrailer(tag: Buffer): Buffer {
  if (tag.length !== TAG_LENGTH) throw new RangeError('the tag has 16 bytes');
  return octetString(tag);
}

/** A TLV whose first members are given and whose last `following` bytes come later. */
function prefixed(tag: number, members: readonly Buffer[], following: Bytes): Buffer {
  const length = members.reduce((sum, member) => sum + member.length, following);
  return Buffer.concat([Buffer.from([tag]), derLength(length), ...members]);
}
