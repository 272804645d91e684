import { createHash, generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { children, type Element, readOnly } from '../../../electron/pki/asn1/der-reader.ts';
import {
  bitString,
  boolean,
  context,
  contextPrimitive,
  integer,
  nullValue,
  objectIdentifier,
  octetString,
  sequence,
} from '../../../electron/pki/asn1/der-writer.ts';
import { parseCertificate } from '../../../electron/pki/certificate.ts';
import { keyUsageExtension } from '../../../electron/pki/issue/write-extensions.ts';
import { OID } from '../../../electron/pki/oids.ts';
import { writePem } from '../../../electron/pki/pem.ts';
import { readCertificates } from '../../../electron/pki/read-certificates.ts';
import { AppError } from '../../../shared/errors.ts';
import { makeCa, makeLeaf } from '../../fixtures/pki-material.ts';

const { certificate: good } = makeLeaf('张三', {
  subject: { organizationName: '甲所', organizationIdentifier: 'NTRCN-91350100M000100Y43', commonName: '张三' },
});

/** The certificate with one member of TBSCertificate changed; its signature no longer counts, which parsing does not ask. */
function rebuilt(change: (fields: Buffer[]) => readonly Buffer[], algorithm?: Buffer): Buffer {
  const [tbs, outer, signature] = children(readOnly(good.der)) as [Element, Element, Element];
  const fields = children(tbs).map(({ raw }) => raw);
  return sequence(sequence(...change(fields)), algorithm ?? outer.raw, signature.raw);
}

const withExtensions = (...extensions: Buffer[]) =>
  rebuilt((fields) => [...fields.slice(0, 7), context(3, sequence(...extensions))]);

const refused = (der: Buffer) =>
  expect(() => parseCertificate(der)).toThrow(expect.objectContaining({ code: 'CERTIFICATE_MALFORMED' }));

describe('a certificate', () => {
  test('loses a field on the way from its maker', () => {
    expect(good).toMatchObject({
      version: 3,
      subjectText: 'CN=张三,organizationIdentifier=NTRCN-91350100M000100Y43,O=甲所',
      organizationIdentifier: '91350100M000100Y43',
      commonName: '张三',
      keyAlgorithm: OID.ecPublicKey,
      basicConstraints: null,
      extendedKeyUsage: null,
    });
    expect([...(good.keyUsage ?? [])]).toEqual(['digitalSignature', 'nonRepudiation']);
    expect(good.sha256).toBe(createHash('sha256').update(good.der).digest('hex'));
    expect(good.authorityKeyId).toEqual(good.subjectKeyId);
    expect(good.publicKey).toBe(good.publicKey);
  });

  test('changes when the buffer it was read from does', () => {
    const bytes = Buffer.from(good.der);
    const certificate = parseCertificate(bytes);
    bytes.fill(0);
    expect(certificate.der).toEqual(good.der);
  });

  test('without subjectKeyIdentifier has no key identifier', () => {
    const certificate = parseCertificate(withExtensions(keyUsageExtension(['digitalSignature'])));
    expect(certificate.extensions.has(OID.subjectKeyIdentifier)).toBe(false);
    expect(certificate.subjectKeyId).toEqual(good.subjectKeyId);
  });

  test('has a key on a curve that is given by its parameters', () => {
    const keys = generateKeyPairSync('ec', { namedCurve: 'prime256v1', paramEncoding: 'explicit' });
    const certificate = parseCertificate(
      rebuilt((fields) => fields.with(6, keys.publicKey.export({ format: 'der', type: 'spki' }))),
    );
    expect(() => certificate.publicKey).toThrow(expect.objectContaining({ code: 'KEY_ALGORITHM_REFUSED' }));
  });

  test.each([
    ['another code', { organizationIdentifier: 'VATDE-1' }, 'VATDE-1'],
    ['a bare code', { organizationIdentifier: '91350100M000100Y43' }, '91350100M000100Y43'],
    ['none', { commonName: 'x' }, null],
  ])('with %s is taken for another office', (_, subject, expected) => {
    expect(makeLeaf('x', { subject }).certificate.organizationIdentifier).toBe(expected);
  });
});

describe('what RFC 5280 forbids', () => {
  const [version, serial, algorithm, issuer, validity, subject, spki, extensions] = children(
    children(readOnly(good.der))[0] as Element,
  ).map(({ raw }) => raw) as [Buffer, Buffer, Buffer, Buffer, Buffer, Buffer, Buffer, Buffer];
  const keyUsage = keyUsageExtension(['digitalSignature']);
  const malformed = (id: string, value: Buffer) => sequence(objectIdentifier(id), octetString(value));

  test.each<[string, Buffer]>([
    ['bytes after it', Buffer.concat([good.der, Buffer.from([0])])],
    ['its last byte missing', good.der.subarray(0, -1)],
    ['no bytes', Buffer.alloc(0)],
    ['more than 64 KiB', Buffer.concat([good.der, Buffer.alloc(65_536)])],
    ['an encoded version 1', rebuilt((fields) => [context(0, integer(0)), ...fields.slice(1)])],
    ['version 4', rebuilt((fields) => [context(0, integer(3)), ...fields.slice(1)])],
    ['extensions in version 1', rebuilt((fields) => fields.slice(1))],
    ['extensions in version 2', rebuilt((fields) => [context(0, integer(1)), ...fields.slice(1)])],
    ['another algorithm outside', rebuilt((fields) => fields, sequence(objectIdentifier(OID.ecdsaWithSHA384)))],
    ['no validity', rebuilt(() => [version, serial, algorithm, issuer, subject, spki, extensions])],
    ['something after the extensions', rebuilt((fields) => [...fields, nullValue()])],
    ['no extension in the list', withExtensions()],
    ['an extension twice', withExtensions(keyUsage, keyUsage)],
    [
      'an extension with more than it may hold',
      withExtensions(sequence(objectIdentifier('1.2.3'), octetString(validity), nullValue())),
    ],
    [
      'a criticality of 01',
      withExtensions(sequence(objectIdentifier('1.2.3'), Buffer.from([1, 1, 1]), octetString(validity))),
    ],
    ['an empty keyUsage', withExtensions(malformed(OID.keyUsage, bitString(Buffer.from([0]), 0)))],
    ['an empty extKeyUsage', withExtensions(malformed(OID.extKeyUsage, sequence()))],
    [
      'a negative pathLen',
      withExtensions(malformed(OID.basicConstraints, sequence(boolean(true), Buffer.from([2, 1, 0xff])))),
    ],
    [
      'an authorityCertIssuer without its serial',
      withExtensions(
        malformed(OID.authorityKeyIdentifier, sequence(context(1, contextPrimitive(2, Buffer.from('x'))))),
      ),
    ],
    [
      'a signature that is not octets',
      sequence(
        ...children(readOnly(good.der))
          .slice(0, 2)
          .map(({ raw }) => raw),
        bitString(Buffer.from([0xf0]), 4),
      ),
    ],
  ])('a certificate with %s is read', (_, der) => refused(der));

  test('an encoded criticality of FALSE, which is no DER but common, is refused', () => {
    const der = withExtensions(sequence(objectIdentifier('1.2.3'), boolean(false), octetString(nullValue())));
    expect(parseCertificate(der).extensions.get('1.2.3')?.critical).toBe(false);
  });

  test('any byte changed makes something else than a certificate or CERTIFICATE_MALFORMED', () => {
    for (let offset = 0; offset < good.der.length; offset++) {
      const der = Buffer.from(good.der);
      der.writeUInt8(der.readUInt8(offset) ^ 0x41, offset);
      try {
        expect(parseCertificate(der).der).toEqual(der);
      } catch (error) {
        expect(error).toBeInstanceOf(AppError);
        expect(error).toHaveProperty('code', 'CERTIFICATE_MALFORMED');
      }
    }
  });
});

describe('files of certificates', () => {
  const ca = makeCa('ca').certificate;
  const pem = (...certificates: Buffer[]) => certificates.map((der) => writePem('CERTIFICATE', der)).join('');
  const certsOnly = sequence(
    objectIdentifier(OID.signedData),
    context(
      0,
      sequence(
        integer(1),
        Buffer.from([0x31, 0]),
        sequence(objectIdentifier(OID.data)),
        context(0, good.der, ca.der),
        Buffer.from([0x31, 0]),
      ),
    ),
  );

  test.each<[string, Buffer]>([
    ['PEM', Buffer.from(pem(good.der, ca.der))],
    [
      'PEM with a key and text',
      Buffer.from(`x\n${pem(good.der)}${writePem('PRIVATE KEY', nullValue())}${pem(ca.der)}`),
    ],
    ['PEM of PKCS#7', Buffer.from(writePem('PKCS7', certsOnly))],
    ['DER of PKCS#7', certsOnly],
  ])('%s gives other certificates, or in another order', (_, bytes) => {
    expect(readCertificates(bytes).map(({ sha256 }) => sha256)).toEqual([good.sha256, ca.sha256]);
  });

  test('one DER certificate is not read', () => expect(readCertificates(good.der)).toHaveLength(1));

  test.each<[string, Buffer]>([
    ['nothing', Buffer.alloc(0)],
    ['text', Buffer.from('hello')],
    ['a key alone', Buffer.from(writePem('PRIVATE KEY', nullValue()))],
    ['PEM of something else', Buffer.from(writePem('CERTIFICATE', nullValue()))],
    ['EnvelopedData', sequence(objectIdentifier(OID.envelopedData), context(0, sequence()))],
  ])('%s is read as certificates', (_, bytes) =>
    expect(() => readCertificates(bytes)).toThrow(expect.objectContaining({ code: 'CERTIFICATE_MALFORMED' })),
  );
});
