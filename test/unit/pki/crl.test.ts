import { describe, expect, test } from 'vitest';
import { children, type Element, readOnly } from '../../../electron/pki/asn1/der-reader.ts';
import {
  context,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  time,
  tlv,
} from '../../../electron/pki/asn1/der-writer.ts';
import { parseCrl, readCrls } from '../../../electron/pki/crl.ts';
import { issueCrl } from '../../../electron/pki/issue/issue-crl.ts';
import { extension } from '../../../electron/pki/issue/write-extensions.ts';
import { OID } from '../../../electron/pki/oids.ts';
import { writePem } from '../../../electron/pki/pem.ts';
import { AppError } from '../../../shared/errors.ts';
import { AT, daysFrom, makeCa, makeLeaf } from '../../fixtures/pki-material.ts';

const ca = makeCa('ca');
const other = makeCa('other');
const leaf = makeLeaf('leaf', { issuer: ca }).certificate;
const window = { thisUpdate: AT, nextUpdate: daysFrom(7), number: 7 };
const good = issueCrl({ ...window, revoked: [{ serial: leaf.serial, revokedAt: daysFrom(-1), reason: 4 }] }, ca);
const malformed = expect.objectContaining({ code: 'CRL_MALFORMED' });

/** The list with other entries; its signature no longer counts, which parsing does not ask. */
function withEntries(...entries: Buffer[]): Buffer {
  const [tbs, algorithm, signature] = children(readOnly(good.der)) as [Element, Element, Element];
  const fields = children(tbs).map(({ raw }) => raw);
  return sequence(sequence(...fields.with(5, sequence(...entries))), algorithm.raw, signature.raw);
}

const entry = (serial: number, ...extensions: Buffer[]): Buffer =>
  sequence(integer(serial), time(AT), ...(extensions.length === 0 ? [] : [sequence(...extensions)]));

describe('a list', () => {
  test('loses a field on the way from its maker', () => {
    expect(good).toMatchObject({
      issuer: ca.certificate.subject,
      thisUpdate: AT,
      nextUpdate: daysFrom(7),
      authorityKeyId: ca.certificate.subjectKeyId,
      number: Buffer.from([7]),
      baseNumber: null,
      scope: null,
      unusable: null,
      size: 1,
    });
    expect(good.find(leaf.issuer, leaf.serial)).toEqual({
      revokedAt: daysFrom(-1),
      reason: 'superseded',
      invalidityDate: null,
    });
    expect(good.find(leaf.issuer, Buffer.from([1]))).toBeNull();
    expect(good.find(other.certificate.subject, leaf.serial)).toBeNull();
  });

  test('PEM with several is read as one', () => {
    const pem = writePem('X509 CRL', good.der);
    expect(readCrls(Buffer.from(pem + writePem('CERTIFICATE', leaf.der) + pem))).toHaveLength(2);
    expect(readCrls(good.der)).toHaveLength(1);
    expect(() => readCrls(Buffer.from(writePem('CERTIFICATE', leaf.der)))).toThrow(malformed);
  });

  test('of 50,000 entries loses one', () => {
    const revoked = Array.from({ length: 50_000 }, (_, index) => ({
      serial: Buffer.from(`40${index.toString(16).padStart(8, '0')}`, 'hex'),
      revokedAt: AT,
      reason: 1 as const,
    }));
    const { size, find } = issueCrl({ ...window, revoked }, ca);
    expect(size).toBe(50_000);
    expect(find(ca.certificate.subject, Buffer.from('4000001234', 'hex'))?.reason).toBe('keyCompromise');
  });
});

describe('entries', () => {
  const issuerOf = (name: Buffer) => extension(OID.certificateIssuer, true, sequence(context(4, name)));
  const reason = (code: number) => extension(OID.reasonCode, false, tlv(0x0a, Buffer.from([code])));
  const find = (der: Buffer, issuer: Buffer, serial: number) => parseCrl(der).find(issuer, Buffer.from([serial]));

  test('of an indirect list belong to another issuer than the last one named', () => {
    const [a, b] = [ca.certificate.subject, other.certificate.subject];
    const der = withEntries(entry(1), entry(2, issuerOf(b)), entry(3), entry(4, issuerOf(a)));
    expect([1, 2, 3, 4].map((serial) => find(der, a, serial) !== null)).toEqual([true, false, false, true]);
    expect([1, 2, 3, 4].map((serial) => find(der, b, serial) !== null)).toEqual([false, true, true, false]);
  });

  test('with a reason nobody knows do not revoke', () => {
    expect(find(withEntries(entry(1, reason(77))), ca.certificate.subject, 1)?.reason).toBe('unspecified');
  });

  test('with an unknown critical extension leave the list usable', () => {
    const odd = extension('1.2.3', true, integer(1));
    expect(parseCrl(withEntries(entry(1), entry(2, odd))).unusable).toContain('1.2.3');
    expect(parseCrl(withEntries(entry(1, extension('1.2.3', false, integer(1))))).unusable).toBeNull();
  });

  test('carry invalidityDate in vain', () => {
    const since = extension(OID.invalidityDate, false, tlv(0x18, Buffer.from('20260101000000Z')));
    expect(find(withEntries(entry(1, since)), ca.certificate.subject, 1)?.invalidityDate).toEqual(
      new Date('2026-01-01T00:00:00Z'),
    );
  });
});

describe('what is no list', () => {
  test.each<[string, Buffer]>([
    ['nothing', Buffer.alloc(0)],
    ['a certificate', leaf.der],
    ['bytes after it', Buffer.concat([good.der, Buffer.from([0])])],
    ['an entry without a date', withEntries(sequence(integer(1)))],
    [
      'an entry with more',
      withEntries(sequence(integer(1), time(AT), sequence(extension('1.2.3', false, integer(1))), integer(1))),
    ],
    ['an issuer without a name', withEntries(entry(1, extension(OID.certificateIssuer, true, sequence())))],
    [
      'an extension twice',
      withEntries(entry(1, ...Array(2).fill(sequence(objectIdentifier('1.2.3'), octetString(integer(1)))))),
    ],
  ])('%s is read', (_, der) => expect(() => parseCrl(der)).toThrow(malformed));

  test('any byte changed throws something else than CRL_MALFORMED', () => {
    for (let offset = 0; offset < good.der.length; offset++) {
      const der = Buffer.from(good.der);
      der.writeUInt8(der.readUInt8(offset) ^ 0x41, offset);
      try {
        expect(parseCrl(der).der).toEqual(der);
      } catch (error) {
        expect(error).toBeInstanceOf(AppError);
        expect(error).toHaveProperty('code', 'CRL_MALFORMED');
      }
    }
  });
});
