import { describe, expect, test } from 'vitest';
import {
  objectIdentifier,
  printableString,
  sequence,
  setOf,
  tlv,
  utf8String,
} from '../../../electron/pki/asn1/der-writer.ts';
import { nameText, parseName } from '../../../electron/pki/name.ts';
import { nameKey } from '../../../electron/pki/name-key.ts';
import { OID } from '../../../electron/pki/oids.ts';

const attribute = (type: string, value: Buffer): Buffer => sequence(objectIdentifier(type), value);
const name = (...relatives: Buffer[][]): Buffer => sequence(...relatives.map((relative) => setOf(...relative)));
const cn = (value: Buffer): Buffer => name([attribute(OID.commonName, value)]);

describe('the text of a name', () => {
  test('does not begin with the most specific, or loses an attribute', () => {
    const der = name(
      [attribute(OID.countryName, printableString('CN'))],
      [attribute(OID.organizationName, utf8String('甲所'))],
      [attribute(OID.commonName, utf8String('张三')), attribute(OID.serialNumber, printableString('1'))],
    );
    expect(nameText(parseName(der))).toBe('serialNumber=1+CN=张三,O=甲所,C=CN');
  });

  test.each([
    ['A,B+C"D\\E<F>G;H', 'A\\,B\\+C\\"D\\\\E\\<F\\>G\\;H'],
    ['#lead', '\\#lead'],
    [' both ', '\\ both\\ '],
    ['a\u202eb', 'a\\e2\\80\\aeb'],
    ['a\u0000b', 'a\\00b'],
    ['a\u200bb', 'a\\e2\\80\\8bb'],
  ])('%j can be taken for something else', (text, escaped) => {
    expect(nameText(parseName(cn(utf8String(text))))).toBe(`CN=${escaped}`);
  });

  test('hides an attribute that has no short name or is no string', () => {
    expect(nameText(parseName(name([attribute('1.2.3', utf8String('x'))])))).toBe('1.2.3=#0c0178');
    expect(nameText(parseName(cn(tlv(0x02, Buffer.from([1])))))).toBe('CN=#020101');
  });
});

describe('names that match', () => {
  const same = (a: Buffer, b: Buffer): boolean => nameKey(a) === nameKey(b);

  test.each<[string, Buffer, Buffer, boolean]>([
    ['case', cn(utf8String('Test CA')), cn(utf8String('tEST ca')), true],
    ['type', cn(utf8String('Test')), cn(printableString('Test')), true],
    ['white space', cn(utf8String(' Test   CA ')), cn(utf8String('Test CA')), true],
    ['sharp s', cn(utf8String('Straße')), cn(utf8String('STRASSE')), true],
    ['composition', cn(utf8String('e\u0301')), cn(utf8String('\u00e9')), true],
    ['width', cn(utf8String('ＡＢＣ')), cn(utf8String('abc')), true],
    ['other text', cn(utf8String('Test')), cn(utf8String('Test2')), false],
    ['other attribute', cn(utf8String('x')), name([attribute(OID.organizationName, utf8String('x'))]), false],
    ['what is no string', cn(tlv(0x04, Buffer.from('x'))), cn(utf8String('x')), false],
    ['order of relative names', twoOf('a', 'b'), twoOf('b', 'a'), false],
    ['one relative name or two', twoOf('a', 'b'), joined('a', 'b'), false],
    ['order in one relative name', joined('a', 'b'), joined('b', 'a'), true],
    ['our own separators', cn(utf8String('a"\n2.5.4.3="b')), twoOf('a', 'b'), false],
  ])('%s is compared wrongly', (_, a, b, expected) => expect(same(a, b)).toBe(expected));
});

function twoOf(a: string, b: string): Buffer {
  return name([attribute(OID.commonName, utf8String(a))], [attribute(OID.commonName, utf8String(b))]);
}

function joined(a: string, b: string): Buffer {
  return sequence(tlv(0x31, attribute(OID.commonName, utf8String(a)), attribute(OID.commonName, utf8String(b))));
}
