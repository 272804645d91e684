import { describe, expect, test } from 'vitest';
import { berExtent, normalizeBer } from '../../../../electron/pki/asn1/ber.ts';
import {
  bitString,
  boolean,
  context,
  integer,
  octetString,
  sequence,
  setOf,
  utf8String,
} from '../../../../electron/pki/asn1/der-writer.ts';
import { writeBer } from '../../../fixtures/write-ber.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');

const sample = sequence(
  integer(2),
  setOf(octetString(Buffer.alloc(300, 7)), utf8String('律函')),
  context(0, sequence(boolean(true), bitString(Buffer.from([1, 2, 3])))),
);

describe('normalizeBer', () => {
  test('DER comes back as the very same bytes: a certificate in a BER message must keep its signature', () => {
    const same = normalizeBer(sample);
    expect(same.equals(sample)).toBe(true);
  });

  test.each([
    ['in segments', { segment: 5, lengthPadding: 0 }],
    ['whole, with lengths longer than needed', { segment: 0, lengthPadding: 2 }],
  ])('indefinite lengths at every level, strings %s, become the DER of the same value', (_title, style) => {
    const ber = writeBer(sample, style);
    expect(ber.equals(sample)).toBe(false);
    expect(normalizeBer(ber).equals(sample)).toBe(true);
  });

  test.each([
    ['nested segments', '24 80 24 80 04 01 61 00 00 04 01 62 00 00', '04 02 61 62'],
    ['definite segments', '24 06 04 01 61 04 01 62', '04 02 61 62'],
    ['an empty string', '24 80 00 00', '04 00'],
    ['a bit string, unused bits in the last segment only', '23 80 03 02 00 aa 03 02 04 b0 00 00', '03 03 04 aa b0'],
    ['a character string in octet strings', '2c 80 04 01 61 04 01 62 00 00', '0c 02 61 62'],
    ['a character string in its own type', '2c 80 0c 01 61 0c 01 62 00 00', '0c 02 61 62'],
    ['a BOOLEAN other than 0xff', '01 01 01', '01 01 ff'],
    ['a length with leading zeros', '04 83 00 00 01 61', '04 01 61'],
    ['a long length for a short sequence', '30 81 03 02 01 05', '30 03 02 01 05'],
  ])('%s', (_title, ber, der) => {
    expect(normalizeBer(hex(ber)).toString('hex')).toBe(hex(der).toString('hex'));
  });

  test.each([
    ['an end-of-contents in a definite element', '30 02 00 00'],
    ['an end-of-contents alone', '00 00'],
    ['a primitive of indefinite length', '04 80 61 00 00'],
    ['no end-of-contents', '30 80 02 01 05'],
    ['half an end-of-contents', '30 80 02 01 05 00'],
    ['bytes after the element', '30 00 00'],
    ['a member that passes its parent', '30 03 02 02 05 05'],
    ['a member of an indefinite parent that passes its grandparent', '30 05 30 80 04 04 61 61 61 61 00 00'],
    ['a segment of another type', '24 80 02 01 05 00 00'],
    ['a bit string in octet strings', '23 80 04 02 00 aa 00 00'],
    ['unused bits in a segment before the last', '23 80 03 02 04 a0 03 02 00 aa 00 00'],
    ['a tag of several bytes', '1f 81 00 00'],
    ['a length of seven bytes', '04 87 00 00 00 00 00 00 01 61'],
    ['nothing', ''],
  ])('refuses %s', (_title, ber) => {
    expect(() => normalizeBer(hex(ber))).toThrow(expect.objectContaining({ name: 'Asn1Error' }));
  });

  test('refuses to nest deeper than its limit, without overflowing the stack', () => {
    const deep = Buffer.concat([Buffer.alloc(200_000, hex('3080')), Buffer.alloc(200_000)]);
    expect(() => normalizeBer(deep)).toThrow('nested too deep');
    expect(() => berExtent(deep, 0)).toThrow('nested too deep');
  });

  test('refuses more elements than its limit', () => {
    const many = sequence(...Array.from({ length: 50 }, () => integer(1)));
    expect(() => normalizeBer(many, { maxDepth: 4, maxNodes: 50 })).toThrow('too many elements');
    expect(normalizeBer(many, { maxDepth: 4, maxNodes: 51 }).equals(many)).toBe(true);
  });
});

describe('berExtent', () => {
  test.each([
    ['definite', sample],
    ['indefinite', writeBer(sample)],
  ])('%s: null for every prefix, then the end, whatever follows', (_title, bytes) => {
    for (let length = 0; length < bytes.length; length++) expect(berExtent(bytes.subarray(0, length), 0)).toBe(null);
    expect(berExtent(Buffer.concat([bytes, hex('ffff')]), 0)).toBe(bytes.length);
    expect(berExtent(Buffer.concat([hex('0500'), bytes]), 2)).toBe(bytes.length + 2);
  });
});
