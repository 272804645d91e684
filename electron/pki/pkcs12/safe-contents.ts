import { Asn1Error, cursor, type Element, expectTag, readOid, readString } from '../asn1/der-reader.ts';
import { type EncryptionScheme, readEncryptionScheme } from './encryption-scheme.ts';
import { P12_OID } from './oids.ts';

export interface BagAttributes {
  readonly friendlyName: string | null;
  readonly localKeyId: Buffer | null;
}

/** SafeBag (RFC 7292, 4.2). */
export type SafeBag = { readonly attributes: BagAttributes } & (
  | { readonly kind: 'key' /** PrivateKeyInfo. */; readonly privateKeyInfo: Buffer }
  | { readonly kind: 'shrouded-key'; readonly encryption: EncryptionScheme; readonly ciphertext: Buffer }
  | { readonly kind: 'certificate'; readonly der: Buffer }
  | { readonly kind: 'crl' | 'secret' | 'other' }
);

/** SafeContents may hold SafeContents; nobody is known to nest deeper than once. */
const MAX_NESTING = 4;

/** SafeContents in DER (RFC 7292, 4.2), nested ones laid flat. Bags of other kinds are told, not refused. */
export function readSafeContents(safeContents: Element, depth = 0): SafeBag[] {
  if (depth > MAX_NESTING) throw new Asn1Error('SafeContents nested too deep');
  const bags = cursor(safeContents, 0x30);
  const found: SafeBag[] = [];
  while (!bags.done) {
    for (const bag of readSafeBag(bags.next(0x30), depth)) found.push(bag);
  }
  return found;
}

function readSafeBag(safeBag: Element, depth: number): SafeBag[] {
  const members = cursor(safeBag);
  const bagId = readOid(members.next());
  const explicit = cursor(members.next(0xa0));
  const value = explicit.next();
  explicit.end();
  const attributeSet = members.done ? null : members.next(0x31);
  members.end();
  if (bagId === P12_OID.safeContentsBag) return readSafeContents(value, depth + 1);
  const attributes = readAttributes(attributeSet);
  switch (bagId) {
    case P12_OID.keyBag:
      return [{ kind: 'key', privateKeyInfo: value.raw, attributes }];
    case P12_OID.pkcs8ShroudedKeyBag:
      return [{ kind: 'shrouded-key', ...readEncryptedPrivateKeyInfo(value), attributes }];
    case P12_OID.certBag:
      return [readCertBag(value, attributes)];
    case P12_OID.crlBag:
      return [{ kind: 'crl', attributes }];
    case P12_OID.secretBag:
      return [{ kind: 'secret', attributes }];
    default:
      return [{ kind: 'other', attributes }];
  }
}

/** EncryptedPrivateKeyInfo (RFC 5208, 6). */
export function readEncryptedPrivateKeyInfo(element: Element): {
  readonly encryption: EncryptionScheme;
  readonly ciphertext: Buffer;
} {
  const members = cursor(element, 0x30);
  const encryption = readEncryptionScheme(members.next());
  const ciphertext = members.next(0x04).value;
  members.end();
  return { encryption, ciphertext };
}

function readCertBag(value: Element, attributes: BagAttributes): SafeBag {
  const members = cursor(value, 0x30);
  const certId = readOid(members.next());
  const certValue = members.next(0xa0);
  members.end();
  if (certId !== P12_OID.x509Certificate) return { kind: 'other', attributes };
  const explicit = cursor(certValue);
  const der = explicit.next(0x04).value;
  explicit.end();
  return { kind: 'certificate', der, attributes };
}

/** PKCS12Attributes: the first friendlyName and localKeyId. Microsoft's provider and Java's trust say nothing to us. */
function readAttributes(attributeSet: Element | null): BagAttributes {
  let friendlyName: string | null = null;
  let localKeyId: Buffer | null = null;
  const attributes = attributeSet === null ? null : cursor(attributeSet);
  while (attributes !== null && !attributes.done) {
    const members = cursor(attributes.next(0x30));
    const type = readOid(members.next());
    const values = cursor(members.next(0x31));
    members.end();
    if (values.done) continue;
    if (type === P12_OID.friendlyName) friendlyName ??= readName(values.next());
    if (type === P12_OID.localKeyId) localKeyId ??= Buffer.from(expectTag(values.next(), 0x04).value);
  }
  return { friendlyName, localKeyId };
}

/** BMPString by RFC 2985, 5.5.1; some write UTF8String. */
function readName(element: Element): string {
  try {
    return readString(element).toWellFormed();
  } catch (cause) {
    throw cause instanceof Asn1Error ? cause : new Asn1Error('bad friendlyName');
  }
}
