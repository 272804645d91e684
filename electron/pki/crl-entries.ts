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
  /** Of several entries for one certificate the earliest counts. */
  find(issuerKey: string, serial: Buffer): CrlEntry | null;
  readonly size: number;
  readonly unusable: string | null;
}

/** revokedCertificates (5.1.2.6); an entry without a certificateIssuer has the one of the entry before, the first that of the list (5.3.3). */
export function readEntries(list: Element | null, crlIssuerKey: string): CrlEntries {
  // by issuer, then by serial: a list of 50,000 has one issuer, and its long name is not part of every key
  const byIssuer = new Map<string, Map<string, CrlEntry>>();
  const details = remembered(readDetails);
  const dates = remembered(readTime);
  let unusable: string | null = null;
  let issuerKey = crlIssuerKey;
  for (let offset = 0; list !== null && offset < list.value.length; ) {
    const element = readElement(list.value, offset);
    offset += element.raw.length;
    const fields = cursor(element, 0x30);
    const serial = readIntegerBytes(fields.next()).toString('latin1');
    const revokedAt = dates(fields.next());
    const wrapper = fields.optional(0x30);
    fields.end();
    const found = wrapper === null ? PLAIN : details(wrapper);
    issuerKey = found.certificateIssuer ?? issuerKey;
    unusable ??= found.unusable;
    const entries = byIssuer.get(issuerKey) ?? new Map<string, CrlEntry>();
    if (entries.size === 0) byIssuer.set(issuerKey, entries);
    const before = entries.get(serial);
    const { reason, invalidityDate } = found;
    if (before === undefined || revokedAt < before.revokedAt)
      entries.set(serial, { revokedAt, reason, invalidityDate });
  }
  return {
    find: (issuer, serial) => byIssuer.get(issuer)?.get(serial.toString('latin1')) ?? null,
    size: [...byIssuer.values()].reduce((sum, { size }) => sum + size, 0),
    unusable,
  };
}

/** Most entries of a list say the same in the same octets; those that differ are read one by one. */
const REMEMBERED = 1024;

function remembered<T>(read: (element: Element) => T): (element: Element) => T {
  const known = new Map<string, T>();
  return (element) => {
    const key = element.raw.toString('latin1');
    const before = known.get(key);
    if (before !== undefined) return before;
    const value = read(element);
    if (known.size < REMEMBERED) known.set(key, value);
    return value;
  };
}

interface EntryDetails extends Pick<CrlEntry, 'reason' | 'invalidityDate'> {
  readonly certificateIssuer: string | null;
  readonly unusable: string | null;
}

const PLAIN: EntryDetails = { reason: null, invalidityDate: null, certificateIssuer: null, unusable: null };

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

/** crlEntryExtensions. */
function readDetails(wrapper: Element): EntryDetails {
  const extensions = parseExtensions(wrapper);
  const reason = extensions.get(OID.reasonCode);
  const invalidity = extensions.get(OID.invalidityDate);
  return {
    certificateIssuer: readCertificateIssuer(extensions),
    unusable: unknownCritical(extensions),
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
