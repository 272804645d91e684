import {
  Asn1Error,
  type Cursor,
  cursor,
  type Element,
  expectTag,
  readBoolean,
  readIntegerBytes,
  readOid,
  readOnly,
  readSmallInteger,
} from '../../pki/asn1/der-reader.ts';
import { type Extensions, parseExtensions } from '../../pki/extensions.ts';
import { type GeneralName, parseGeneralName } from '../../pki/general-name.ts';
import { type AlgorithmIdentifier, readAlgorithmIdentifier } from '../cms/algorithm-identifier.ts';
import { onlyMember } from '../cms/only-member.ts';

/** TSTInfo: what a TSA states (RFC 3161, 2.4.2). */
export interface TstInfo {
  /** OID of the TSA policy. */
  readonly policy: string;
  readonly imprint: { readonly algorithm: AlgorithmIdentifier; readonly digest: Buffer };
  /** Content octets of the INTEGER, up to 160 bits and more. */
  readonly serial: Buffer;
  /** Milliseconds; finer fractions are cut off. */
  readonly genTime: Date;
  /** How far genTime may be off, either way, in milliseconds; null where the TSA does not say. */
  readonly accuracy: number | null;
  /** Whether tokens of this TSA are in order by genTime however small the difference. */
  readonly ordering: boolean;
  /** Content octets of the INTEGER. */
  readonly nonce: Buffer | null;
  readonly tsa: GeneralName | null;
  readonly extensions: Extensions;
}

/** Reads the DER of a TSTInfo. @throws Asn1Error */
export function readTstInfo(der: Buffer): TstInfo {
  const fields = cursor(readOnly(der, 0x30));
  if (readSmallInteger(fields.next()) !== 1) throw new Asn1Error('unknown version');
  const policy = readOid(fields.next());
  const imprint = readImprint(fields.next(0x30));
  const serial = readIntegerBytes(fields.next());
  const genTime = readGenTime(fields.next(0x18));
  const rest = readOptionalFields(fields);
  fields.end();
  return { policy, imprint, serial, genTime, ...rest };
}

function readOptionalFields(fields: Cursor): Pick<TstInfo, 'accuracy' | 'ordering' | 'nonce' | 'tsa' | 'extensions'> {
  const accuracy = fields.optional(0x30);
  const ordering = fields.optional(0x01);
  const nonce = fields.optional(0x02);
  const tsa = fields.optional(0xa0);
  const extensions = fields.optional(0xa1);
  return {
    accuracy: accuracy === null ? null : readAccuracy(accuracy),
    ordering: ordering !== null && readBoolean(ordering),
    nonce: nonce === null ? null : readIntegerBytes(nonce),
    tsa: tsa === null ? null : parseGeneralName(onlyMember(tsa)),
    extensions: extensions === null ? new Map() : parseExtensions({ ...extensions, tag: 0x30 }),
  };
}

function readImprint(element: Element): TstInfo['imprint'] {
  const members = cursor(element);
  const algorithm = readAlgorithmIdentifier(members.next());
  const digest = expectTag(members.next(), 0x04).value;
  members.end();
  return { algorithm, digest };
}

/** Absent parts are zero. */
function readAccuracy(element: Element): number {
  const members = cursor(element);
  const seconds = members.optional(0x02);
  const millis = members.optional(0x80);
  const micros = members.optional(0x81);
  members.end();
  const whole = seconds === null ? 0 : readSmallInteger(seconds) * 1000;
  return whole + readThousandth(millis) + readThousandth(micros) / 1000;
}

function readThousandth(element: Element | null): number {
  if (element === null) return 0;
  const value = readSmallInteger(element, element.tag);
  if (value < 1 || value > 999) throw new Asn1Error('accuracy out of range');
  return value;
}

/** Other than in certificates, fractions of a second are allowed, without a trailing zero. */
function readGenTime({ value }: Element): Date {
  const found = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d*[1-9]))?Z$/.exec(value.toString('latin1'));
  if (found === null) throw new Asn1Error('bad genTime');
  const [, year, month, day, hour, minute, second, fraction = ''] = found;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
  const date = new Date(iso);
  if (Number.isNaN(date.getTime()) || date.toISOString() !== iso) throw new Asn1Error('bad genTime');
  return date;
}
