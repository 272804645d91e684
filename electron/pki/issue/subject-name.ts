import { AppError } from '../../../shared/errors.ts';
import { ia5String, objectIdentifier, printableString, sequence, setOf, utf8String } from '../asn1/der-writer.ts';
import { OID } from '../oids.ts';

/** Attributes of a name as LexPost writes it; each at most once. */
export interface SubjectName {
  /** ISO 3166-1, two capitals. */
  readonly countryName?: string;
  readonly stateOrProvinceName?: string;
  readonly localityName?: string;
  readonly organizationName?: string;
  readonly organizationalUnitName?: string;
  readonly businessCategory?: string;
  /** ETSI EN 319 412-1, 5.1.4: `NTRCN-` and the 统一社会信用代码. */
  readonly organizationIdentifier?: string;
  readonly serialNumber?: string;
  readonly emailAddress?: string;
  readonly commonName?: string;
}

/** From the general to the specific, with the upper bounds of RFC 5280, appendix A.1, in characters. */
const ATTRIBUTES: readonly (readonly [keyof SubjectName, (text: string) => Buffer, number])[] = [
  ['countryName', printableString, 2],
  ['stateOrProvinceName', utf8String, 128],
  ['localityName', utf8String, 128],
  ['organizationName', utf8String, 64],
  ['organizationalUnitName', utf8String, 64],
  ['businessCategory', utf8String, 128],
  ['organizationIdentifier', utf8String, 256],
  ['serialNumber', printableString, 64],
  ['emailAddress', ia5String, 255],
  ['commonName', utf8String, 64],
];

const PRINTABLE = /^[A-Za-z0-9 '()+,\-./:=?]*$/;

/** DER Name. @throws AppError USAGE where a value is empty, too long or has characters its type forbids */
export function encodeName(name: SubjectName): Buffer {
  const relativeNames = ATTRIBUTES.flatMap(([attribute, encode, limit]) => {
    const text = name[attribute];
    if (text === undefined) return [];
    requireText(attribute, text, limit, encode === utf8String);
    return [setOf(sequence(objectIdentifier(OID[attribute]), encode(text)))];
  });
  return sequence(...relativeNames);
}

function requireText(attribute: keyof SubjectName, text: string, limit: number, anyCharacter: boolean): void {
  const fits = [...text].length <= limit && text.length > 0 && text.isWellFormed() && !/\p{Cc}/u.test(text);
  const allowed = anyCharacter || PRINTABLE.test(text) || attribute === 'emailAddress';
  if (!fits || !allowed) throw new AppError('USAGE', { field: attribute, limit });
}
