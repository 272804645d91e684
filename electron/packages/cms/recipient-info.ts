import {
  children,
  cursor,
  type Element,
  expectTag,
  readBitString,
  readOid,
  readSmallInteger,
} from '../../pki/asn1/der-reader.ts';
import { type AlgorithmIdentifier, readAlgorithmIdentifier } from './algorithm-identifier.ts';
import { onlyMember } from './only-member.ts';
import { type RecipientId, readCertificateId, readIssuerAndSerial } from './recipient-id.ts';

export interface KeyTransRecipientInfo {
  readonly kind: 'key-transport';
  readonly id: RecipientId;
  readonly algorithm: AlgorithmIdentifier;
  readonly encryptedKey: Buffer;
}

export interface KeyAgreeRecipientInfo {
  readonly kind: 'key-agreement';
  readonly originator:
    | { readonly kind: 'public-key'; readonly algorithm: AlgorithmIdentifier; readonly publicKey: Buffer }
    /** Static-static: not supported, but its recipients are known. */
    | { readonly kind: 'certificate' };
  readonly userKeyingMaterial: Buffer | null;
  readonly algorithm: AlgorithmIdentifier;
  readonly encryptedKeys: readonly { readonly id: RecipientId; readonly encryptedKey: Buffer }[];
}

/** A kind of recipient that holds no certificate key: shown, never opened. */
export interface OtherRecipientInfo {
  readonly kind: 'other';
  readonly type: 'key-encryption-key' | 'password' | 'other' | 'unknown';
  /** OtherRecipientInfo.oriType, as KEMRecipientInfo (RFC 9629) has one. */
  readonly oid: string | null;
}

/** RecipientInfo (RFC 5652, 6.2). */
export type RecipientInfo = KeyTransRecipientInfo | KeyAgreeRecipientInfo | OtherRecipientInfo;

/** Reads one member of RecipientInfos, already normalized. Throws Asn1Error. */
export function readRecipientInfo(element: Element): RecipientInfo {
  switch (element.tag) {
    case 0x30:
      return readKeyTransport(element);
    case 0xa1:
      return readKeyAgreement(element);
    case 0xa2:
      return { kind: 'other', type: 'key-encryption-key', oid: null };
    case 0xa3:
      return { kind: 'other', type: 'password', oid: null };
    case 0xa4:
      return { kind: 'other', type: 'other', oid: readOid(cursor(element).next()) };
    default:
      return { kind: 'other', type: 'unknown', oid: null };
  }
}

/** Every certificate that a recipient names: several for a key agreement, none for the other kinds. */
export function recipientIdsOf(recipient: RecipientInfo): RecipientId[] {
  if (recipient.kind === 'key-transport') return [recipient.id];
  return recipient.kind === 'key-agreement' ? recipient.encryptedKeys.map(({ id }) => id) : [];
}

function readKeyTransport(element: Element): KeyTransRecipientInfo {
  const members = cursor(element, 0x30);
  readSmallInteger(members.next());
  const id = readCertificateId(members.next());
  const algorithm = readAlgorithmIdentifier(members.next());
  const encryptedKey = members.next(0x04).value;
  members.end();
  return { kind: 'key-transport', id, algorithm, encryptedKey };
}

function readKeyAgreement(element: Element): KeyAgreeRecipientInfo {
  const members = cursor(element, 0xa1);
  readSmallInteger(members.next());
  const originator = readOriginator(onlyMember(members.next(0xa0)));
  const ukm = members.optional(0xa1);
  const userKeyingMaterial = ukm === null ? null : expectTag(onlyMember(ukm), 0x04).value;
  const algorithm = readAlgorithmIdentifier(members.next());
  const encryptedKeys = children(members.next(0x30)).map(readRecipientEncryptedKey);
  members.end();
  return { kind: 'key-agreement', originator, userKeyingMaterial, algorithm, encryptedKeys };
}

function readOriginator(element: Element): KeyAgreeRecipientInfo['originator'] {
  if (element.tag !== 0xa1) {
    readCertificateId(element);
    return { kind: 'certificate' };
  }
  const members = cursor(element);
  const algorithm = readAlgorithmIdentifier(members.next());
  const publicKey = readBitString(members.next()).bytes;
  members.end();
  return { kind: 'public-key', algorithm, publicKey };
}

function readRecipientEncryptedKey(element: Element): { id: RecipientId; encryptedKey: Buffer } {
  const members = cursor(element, 0x30);
  const rid = members.next();
  const id: RecipientId =
    rid.tag === 0xa0
      ? { kind: 'subject-key-identifier', subjectKeyId: expectTag(children(rid)[0], 0x04).value }
      : readIssuerAndSerial(rid);
  const encryptedKey = members.next(0x04).value;
  members.end();
  return { id, encryptedKey };
}
