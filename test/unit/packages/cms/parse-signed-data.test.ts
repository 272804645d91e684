import { describe, expect, test } from 'vitest';
import { buildSignedData } from '../../../../electron/packages/cms/build-signed-data.ts';
import { OID } from '../../../../electron/packages/cms/oids.ts';
import { parseSignedData } from '../../../../electron/packages/cms/parse-signed-data.ts';
import { context, integer, objectIdentifier, octetString, sequence } from '../../../../electron/pki/asn1/der-writer.ts';
import { writePem } from '../../../../electron/pki/pem.ts';
import { CMS_NOW, cmsPair } from '../../../fixtures/cms-material.ts';
import { craftSignedData, craftSignerInfo, goodAttributes } from '../../../fixtures/craft-signed-data.ts';
import { writeBer } from '../../../fixtures/write-ber.ts';

const content = Buffer.from('the content, longer than one segment');
const pair = cmsPair('p256', 'sign');
const { der } = buildSignedData({ ...pair, chain: [], signingTime: CMS_NOW, content, detached: false });
const good = Object.values(goodAttributes(content, pair.certificate));
const signerInfo = craftSignerInfo(content, { pair, attributes: good });
const crafted = { content, signerInfos: [signerInfo], certificates: [pair.certificate.der] };

const codeOf = (bytes: Buffer): unknown => {
  try {
    return parseSignedData(bytes);
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

describe('parseSignedData', () => {
  test.each([
    ['BER, in segments', writeBer(der, { segment: 10, lengthPadding: 0 })],
    ['BER, lengths longer than needed', writeBer(der, { segment: 0, lengthPadding: 2 })],
    ['PEM', Buffer.from(writePem('CMS', der))],
    ['PEM as GnuPG labels it', Buffer.from(writePem('SIGNED MESSAGE', der))],
  ])('%s: the same as DER, certificates byte for byte', (_title, bytes) => {
    expect(parseSignedData(bytes).certificates[0]?.der.equals(pair.certificate.der)).toBe(true);
    expect(parseSignedData(bytes).signerInfos).toEqual(parseSignedData(der).signerInfos);
    expect(parseSignedData(bytes).content?.equals(content)).toBe(true);
  });

  test('content of PKCS #7 that is no OCTET STRING is its octets without tag and length', () => {
    const eContent = sequence(integer(1), integer(2));
    const parsed = parseSignedData(craftSignedData({ ...crafted, contentType: '1.3.6.1.4.1.311.10.1', eContent }));
    expect(parsed.content?.toString('hex')).toBe('020101020102');
    expect(parsed.contentType).toBe('1.3.6.1.4.1.311.10.1');
  });

  test('passes over what is no X.509 certificate or does not parse', () => {
    const certificates = [context(2, integer(1)), sequence(integer(1)), pair.certificate.der];
    expect(parseSignedData(craftSignedData({ ...crafted, certificates })).certificates).toHaveLength(1);
  });

  test('reads a message without certificates, and one without signers', () => {
    expect(parseSignedData(craftSignedData({ ...crafted, certificates: [] })).certificates).toEqual([]);
    expect(parseSignedData(craftSignedData({ ...crafted, signerInfos: [] })).signerInfos).toEqual([]);
  });

  test('names a signer by its subject key identifier', () => {
    const byKeyId = craftSignerInfo(content, { pair, attributes: good, bySubjectKeyId: true });
    expect(parseSignedData(craftSignedData({ ...crafted, signerInfos: [byKeyId] })).signerInfos[0]?.id).toEqual({
      kind: 'subject-key-identifier',
      subjectKeyId: pair.certificate.subjectKeyId,
    });
  });

  test.each([
    ['EnvelopedData', sequence(objectIdentifier(OID.envelopedData), context(0, sequence()))],
    ['SignedData of GM/T 0010', sequence(objectIdentifier('1.2.156.10197.6.1.4.2.2'), context(0, sequence()))],
  ])('%s is refused by its name', (_title, bytes) => {
    expect(codeOf(bytes)).toBe('SIGNATURE_ALGORITHM_REFUSED');
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['bytes behind it', Buffer.concat([der, Buffer.from([0])])],
    ['half of it', der.subarray(0, 500)],
    ['a PEM certificate', Buffer.from(writePem('CERTIFICATE', pair.certificate.der))],
    ['PEM that is not base64', Buffer.from('-----BEGIN CMS-----\n!!!!\n-----END CMS-----\n')],
    ['a bare OCTET STRING', octetString(der)],
    [
      'an attribute without a SET',
      craftSignedData({
        ...crafted,
        signerInfos: [
          craftSignerInfo(content, {
            pair,
            attributes: [sequence(objectIdentifier(OID.contentType), objectIdentifier(OID.data))],
          }),
        ],
      }),
    ],
    [
      'no attribute in signedAttrs',
      craftSignedData({ ...crafted, signerInfos: [craftSignerInfo(content, { pair, attributes: [] })] }),
    ],
    ['65 signers', craftSignedData({ ...crafted, signerInfos: Array.from({ length: 65 }, () => signerInfo) })],
  ])('%s is refused', (_title, bytes) => {
    expect(codeOf(bytes)).toBe('SIGNATURE_MALFORMED');
  });
});
