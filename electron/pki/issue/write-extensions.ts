import {
  bitString,
  boolean,
  contextPrimitive,
  integer,
  objectIdentifier,
  octetString,
  sequence,
} from '../asn1/der-writer.ts';
import { KEY_USAGES, type KeyUsage } from '../extensions.ts';
import { OID } from '../oids.ts';

/** Extensions of RFC 5280, 4.2, each as the whole DER `Extension`. */

/** `value` is what stands inside extnValue. */
export function extension(id: string, critical: boolean, value: Uint8Array): Buffer {
  return sequence(objectIdentifier(id), ...(critical ? [boolean(true)] : []), octetString(value));
}

export function keyUsageExtension(usages: readonly KeyUsage[]): Buffer {
  const bits = usages.map((usage) => KEY_USAGES.indexOf(usage));
  const last = Math.max(...bits);
  const bytes = Buffer.alloc((last >> 3) + 1);
  for (const bit of bits) bytes.writeUInt8(bytes.readUInt8(bit >> 3) | (0x80 >> (bit & 7)), bit >> 3);
  // DER names no trailing zero bits (X.690, 11.2.2)
  return extension(OID.keyUsage, true, bitString(bytes, 7 - (last & 7)));
}

export function extendedKeyUsageExtension(purposes: readonly string[], critical = false): Buffer {
  return extension(OID.extKeyUsage, critical, sequence(...purposes.map(objectIdentifier)));
}

/** Critical, for CAs. `pathLength` null: unbounded. */
export function caExtension(pathLength: number | null): Buffer {
  const limit = pathLength === null ? [] : [integer(pathLength)];
  return extension(OID.basicConstraints, true, sequence(boolean(true), ...limit));
}

export function subjectKeyIdExtension(keyId: Buffer): Buffer {
  return extension(OID.subjectKeyIdentifier, false, octetString(keyId));
}

export function authorityKeyIdExtension(keyId: Buffer): Buffer {
  return extension(OID.authorityKeyIdentifier, false, sequence(contextPrimitive(0, keyId)));
}

/** `names` are GeneralNames of primitive types, see {@link dnsName} and {@link emailName}. */
export function subjectAltNameExtension(names: readonly Buffer[]): Buffer {
  return extension(OID.subjectAltName, false, sequence(...names));
}

export const emailName = (address: string): Buffer => contextPrimitive(1, Buffer.from(address, 'latin1'));
export const dnsName = (host: string): Buffer => contextPrimitive(2, Buffer.from(host, 'latin1'));
export const uriName = (uri: string): Buffer => contextPrimitive(6, Buffer.from(uri, 'latin1'));
