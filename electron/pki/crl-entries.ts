import {
  Asn1Error,
  cursor,
  type Element,
  readElement,
  readIntegerBytes,
  readOnly,
  readTime,
} from './asn1/der-reader.ts';
import { type Extensions, parseExtensions } from './extensions.ts';
import { parseGeneralNamesExtension } from './general-name.ts';
import { nameKey } from './name-key.ts';
import { OID, oidName } from './oids.ts';

/** CRLReason (RFC 5280, 5.3.1). */
const REASONS: ReadonlyMap<number, string> = new Map([
  [0, 'unspecified'],
  [1, 'keyCompromise'],
  [2, 'cACompromise'],
  [3, 'affiliationChanged'],
  [4, 'superseded'],
  [5, 'cessationOfOperation'],
  [6, 'certificateHold'],
  [8, 'removeFromCRL'],
  [9, 'privilegeWithdrawn'],
  [10, 'aACompromise'],
]);

export interface CrlEntry {
  readonly revokedAt: Date;
  readonly reason: string | null;
  /** Since when the key may have been in other hands (5.3.2). */
  readonly invalidityDate: Date | null;
}

export interface CrlEntries {
  /** By {@link entryKey}; of several entries for one certificate the earliest counts. */
  readonly bySerial: ReadonlyMap<string, CrlEntry>;
  readonly unusable: string | null;
}

export function entryKey(issuerKey: string, serial: Buffer): string {
  return `${serial.toString('latin1')}\n${issuerKey}`;
}

/** revokedCertificates (5.1.2.6); an entry without a certificateIssuer has the one of the entry before, the first that of the list (5.3.3). */
export function readEntries(list: Element | null, crlIssuerKey: string): CrlEntries {
  const bySerial = new Map<string, CrlEntry>();
  let unusable: string | null = null;
  let issuerKey = crlIssuerKey;
  for (let offset = 0; list !== null && offset < list.value.length; ) {
    const element = readElement(list.value, offset);
    offset += element.raw.length;
    const fields = cursor(element, 0x30);
    const serial = readIntegerBytes(fields.next());
    const revokedAt = readTime(fields.next());
    const wrapper = fields.optional(0x30);
    fields.end();
    const extensions: Extensions = wrapper === null ? NONE : parseExtensions(wrapper);
    issuerKey = readCertificateIssuer(extensions) ?? issuerKey;
    unusable ??= unknownCritical(extensions);
    const key = entryKey(issuerKey, serial);
    const before = bySerial.get(key);
    if (before === undefined || revokedAt < before.revokedAt)
      bySerial.set(key, { revokedAt, ...readDetails(extensions) });
  }
  return { bySerial, unusable };
}

const NONE: Extensions = new Map();

const KNOWN: ReadonlySet<string> = new Set([
  OID.reasonCode,
  OID.invalidityDate,
  OID.certificateIssuer,
  OID.holdInstructionCode,
]);

function unknownCritical(extensions: Extensions): string | null {
  for (const [id, { critical }] of extensions) {
    if (critical && !KNOWN.has(id)) return `critical entry extension ${oidName(id)}`;
  }
  return null;
}

function readCertificateIssuer(extensions: Extensions): string | null {
  const extension = extensions.get(OID.certificateIssuer);
  if (extension === undefined) return null;
  const name = parseGeneralNamesExtension(extension.value).find(({ kind }) => kind === 'directory');
  if (name?.kind !== 'directory') throw new Asn1Error('certificateIssuer without a directory name');
  return nameKey(name.name);
}

function readDetails(extensions: Extensions): Pick<CrlEntry, 'reason' | 'invalidityDate'> {
  const reason = extensions.get(OID.reasonCode);
  const invalidity = extensions.get(OID.invalidityDate);
  return {
    reason: reason === undefined ? null : readReason(reason.value),
    invalidityDate: invalidity === undefined ? null : readTime(readOnly(invalidity.value, 0x18)),
  };
}

function readReason(value: Buffer): string {
  const { value: code } = readOnly(value, 0x0a);
  return reasonName(code.length === 1 ? code.readUInt8(0) : null);
}

/** A code that nobody has defined still revokes. */
export function reasonName(code: number | null): string {
  return (code === null ? undefined : REASONS.get(code)) ?? 'unspecified';
}
