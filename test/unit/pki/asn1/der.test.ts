import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  Asn1Error,
  children,
  cursor,
  type Element,
  readBitString,
  readBoolean,
  readElement,
  readIntegerBytes,
  readOid,
  readOnly,
  readSmallInteger,
  readString,
  readTime,
} from '../../../../electron/pki/asn1/der-reader.ts';
import * as write from '../../../../electron/pki/asn1/der-writer.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');
const element = (text: string): Element => readOnly(hex(text));
const refused = (read: () => unknown) => expect(read).toThrow(Asn1Error);

describe('elements', () => {
  test.each([
    ['nothing', ''],
    ['a tag alone', '30'],
    ['cut content', '04 03 01 02'],
    ['cut length', '04 82 01'],
    ['bytes after', '05 00 00'],
    ['indefinite length', '30 80 00 00'],
    ['a long form of a short length', '04 81 01 00'],
    ['a length with a leading zero', `04 82 00 80 ${'00'.repeat(128)}`],
    ['a tag of several bytes', '1f 81 01 00'],
    ['a length of seven bytes', '04 87 01 00 00 00 00 00 00'],
  ])('%s is read', (_, text) => refused(() => readOnly(hex(text))));

  test('a length written is read as another', () => {
    for (const length of [0, 1, 127, 128, 255, 256, 65_535, 65_536]) {
      expect(readOnly(write.octetString(Buffer.alloc(length))).value).toHaveLength(length);
    }
  });

  test('any octets crash the reader with something but Asn1Error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        try {
          children(readElement(Buffer.from(bytes)));
        } catch (error) {
          expect(error).toBeInstanceOf(Asn1Error);
        }
      }),
    );
  });

  test('a cursor passes over members that are left or missing', () => {
    const members = cursor(element('30 04 05 00 05 00'), 0x30);
    expect(members.optional(0x02)).toBeNull();
    members.next(0x05);
    refused(() => members.end());
    members.next();
    members.end();
    refused(() => members.next());
  });
});

describe('object identifiers', () => {
  test.each(['0.9.2342.19200300.100.1.25', '1.2.840.113549.1.1.11', '2.5.29.15', '2.999.3', '1.3.6.1.4.1.311.10.3.12'])(
    '%s is written or read as another',
    (oid) => expect(readOid(readOnly(write.objectIdentifier(oid)))).toBe(oid),
  );

  test('an arc of 128 bits loses digits', () => {
    const oid = '2.25.329800735698586629295641978511506172918';
    expect(readOid(readOnly(write.objectIdentifier(oid)))).toBe(oid);
  });

  test.each([
    ['empty', '06 00'],
    ['cut', '06 02 2a 86'],
    ['padded', '06 03 2a 80 01'],
  ])('an identifier that is %s is read', (_, text) => refused(() => readOid(element(text))));
});

describe('numbers and bits', () => {
  test.each(['02 00', '02 02 00 7f', '02 02 ff 80'])('an INTEGER that is not minimal is read: %s', (text) =>
    refused(() => readIntegerBytes(element(text))),
  );

  test.each([0, 1, 127, 128, 255, 256, 2 ** 31, 2 ** 40])('%i is written or read as another', (value) =>
    expect(readSmallInteger(readOnly(write.integer(value)))).toBe(value),
  );

  test('a negative or large INTEGER is read as a small one', () => {
    refused(() => readSmallInteger(element('02 01 ff')));
    refused(() => readSmallInteger(element('02 07 01 00 00 00 00 00 00')));
  });

  test('a BOOLEAN other than 00 and ff is read', () => {
    expect(readBoolean(element('01 01 ff'))).toBe(true);
    refused(() => readBoolean(element('01 01 01')));
    refused(() => readBoolean(element('01 00')));
  });

  test.each(['03 00', '03 01 01', '03 02 08 00', '03 02 01 01'])('a bad BIT STRING is read: %s', (text) =>
    refused(() => readBitString(element(text))),
  );
});

describe('times', () => {
  const time = (tag: string, text: string) =>
    readTime(readOnly(Buffer.concat([hex(tag), Buffer.from([text.length]), Buffer.from(text)])));

  test.each([
    ['17', '491231235959Z', '2049-12-31T23:59:59.000Z'],
    ['17', '500101000000Z', '1950-01-01T00:00:00.000Z'],
    ['18', '20500101000000Z', '2050-01-01T00:00:00.000Z'],
    ['18', '99991231235959Z', '9999-12-31T23:59:59.000Z'],
  ])('%s %s is another moment', (tag, text, iso) => {
    expect(time(tag, text).toISOString()).toBe(iso);
    expect(readTime(readOnly(write.time(new Date(iso)))).toISOString()).toBe(iso);
  });

  test.each([
    ['17', '4912312359Z'],
    ['17', '491231235959+0000'],
    ['17', '490231000000Z'],
    ['17', '491231240000Z'],
    ['18', '20500101000000.5Z'],
    ['18', '20500101000000'],
    ['04', '491231235959Z'],
  ])('%s %s is a time', (tag, text) => refused(() => time(tag, text)));
});

describe('strings', () => {
  test.each([
    ['UTF8String', '0c 06 e5 be 8b e5 87 bd', '律函'],
    ['UTF8String with a mark', '0c 04 ef bb bf 41', '\ufeffA'],
    ['BMPString', '1e 04 5f 8b 51 fd', '律函'],
    ['UniversalString', '1c 04 00 02 00 0b', '\u{2000b}'],
    ['TeletexString', '14 01 e9', 'é'],
    ['PrintableString', '13 01 41', 'A'],
  ])('a %s is read as another text', (_, bytes, text) => expect(readString(element(bytes))).toBe(text));

  test.each([
    ['UTF8String', '0c 02 c0 af'],
    ['odd BMPString', '1e 01 41'],
    ['BMPString with half a pair', '1e 02 d8 00'],
    ['UniversalString beyond Unicode', '1c 04 00 11 00 00'],
    ['UniversalString with half a pair', '1c 04 00 00 d8 00'],
    ['INTEGER', '02 01 01'],
  ])('a bad %s is read', (_, bytes) => refused(() => readString(element(bytes))));
});

test('a SET OF is not sorted', () => {
  expect(write.setOf(hex('0402 0101'), hex('0401 02')).toString('hex')).toBe('310704010204020101');
});
