import { hash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { algorithmIdentifier } from '../../../../electron/packages/cms/algorithm-identifier.ts';
import { OID } from '../../../../electron/packages/cms/oids.ts';
import { parseSignedData } from '../../../../electron/packages/cms/parse-signed-data.ts';
import {
  bufferContent,
  digestedContent,
  type SignedContent,
} from '../../../../electron/packages/cms/signed-content.ts';
import { type SignatureCheck, verifySignerInfo } from '../../../../electron/packages/cms/verify-signer-info.ts';
import {
  context,
  nullValue,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
  time,
  tlv,
  utf8String,
} from '../../../../electron/pki/asn1/der-writer.ts';
import { issueSelfSigned } from '../../../../electron/pki/issue/issue-certificate.ts';
import type { AlgorithmPolicy } from '../../../../electron/pki/key-policy.ts';
import { CMS_NOW, cmsPair } from '../../../fixtures/cms-material.ts';
import {
  attribute,
  type CraftedSigner,
  craftSignedData,
  craftSignerInfo,
  goodAttributes,
} from '../../../fixtures/craft-signed-data.ts';
import { writeBer } from '../../../fixtures/write-ber.ts';

const content = Buffer.from('<manifest/>');
const pair = cmsPair('p256', 'sign');
const another = cmsPair('p256', 'sign', 'another');
const good = goodAttributes(content, pair.certificate);
const all = Object.values(good);

interface Case extends Partial<CraftedSigner> {
  readonly certificates?: readonly Buffer[];
  readonly contentType?: string;
  readonly about?: SignedContent;
  readonly signed?: Buffer;
  readonly policy?: AlgorithmPolicy;
}

function verify({ certificates, contentType, about, signed = content, policy = {}, ...signer }: Case): SignatureCheck {
  const signerInfo = craftSignerInfo(signed, { pair, attributes: all, ...signer });
  const bytes = craftSignedData({
    content,
    signerInfos: [signerInfo],
    certificates: certificates ?? [pair.certificate.der],
    ...(contentType === undefined ? {} : { contentType }),
  });
  return verifyOnly(bytes, about ?? bufferContent(content), policy);
}

function verifyOnly(bytes: Buffer, about: SignedContent, policy: AlgorithmPolicy): SignatureCheck {
  const signedData = parseSignedData(bytes);
  const [signerInfo] = signedData.signerInfos;
  if (signerInfo === undefined) throw new Error('no signer');
  return verifySignerInfo({ signedData, signerInfo, content: about, policy });
}

const without = (...names: readonly (keyof typeof good)[]) =>
  Object.entries(good).flatMap(([name, value]) => (names.some((one) => one === name) ? [] : [value]));
const replaced = (name: keyof typeof good, value: Buffer) => [...without(name), value];

describe('verifySignerInfo passes', () => {
  test('a good signature, each check on its own', () => {
    const result = verify({});
    expect(result).toMatchObject({ indication: 'TOTAL_PASSED', subIndication: null, signingCertificate: 2 });
    expect(result.checks.map(({ id, ok }) => [id, ok])).toEqual([
      ['signed-attributes', true],
      ['algorithms', true],
      ['certificate-found', true],
      ['message-digest', true],
      ['signature-value', true],
      ['signing-certificate', true],
      ['algorithm-protection', true],
    ]);
  });

  test.each([
    ['attributes signed in DER order but sent in another', { attributes: [...all].reverse() }],
    [
      'attributes signed in the order sent, as OpenSSL reads them',
      { attributes: [...all].reverse(), toBeSigned: tlv(0x31, ...[...all].reverse()) },
    ],
    ['a signer named by key identifier', { bySubjectKeyId: true }],
    ['no signing time', { attributes: without('signingTime') }],
    ['no algorithm protection', { attributes: without('algorithmProtection') }],
    [
      'NULL in the digest algorithm where the protected one has none',
      { digestAlgorithm: algorithmIdentifier(OID.sha256, nullValue()) },
    ],
    ['an unknown attribute', { attributes: [...all, attribute('1.2.3.4', utf8String('x'))] }],
    [
      'an unknown attribute twice',
      { attributes: [...all, attribute('1.2.3.4', utf8String('x')), attribute('1.2.3.4', utf8String('y'))] },
    ],
    [
      'a countersignature, which is not looked at',
      { unsignedAttributes: [attribute(OID.countersignature, sequence())] },
    ],
    ['a digest alone', { about: digestedContent(new Map([['sha256', hash('sha256', content, 'buffer')]])) }],
  ] satisfies [string, Case][])('%s', (_title, change) => {
    expect(verify(change)).toMatchObject({ indication: 'TOTAL_PASSED', subIndication: null });
  });

  test('the DER of attributes that came in BER (RFC 5652, 5.4)', () => {
    const signerInfo = craftSignerInfo(content, { pair, attributes: [...all].sort(Buffer.compare) });
    const ber = writeBer(craftSignedData({ content, signerInfos: [signerInfo], certificates: [pair.certificate.der] }));
    expect(verifyOnly(ber, bufferContent(content), {}).indication).toBe('TOTAL_PASSED');
  });

  test('no signing certificate attribute, but says so', () => {
    const result = verify({ attributes: without('signingCertificateV2') });
    expect(result).toMatchObject({ indication: 'TOTAL_PASSED', signingCertificate: null });
    expect(result.checks).toContainEqual({ id: 'signing-certificate', ok: null, detail: 'not signed' });
  });

  test('no signed attributes, but says so: a caller that wants CAdES must ask', () => {
    const result = verify({ attributes: null });
    expect(result).toMatchObject({ indication: 'TOTAL_PASSED', hasSignedAttributes: false, signingCertificate: null });
    expect(result.checks[0]).toMatchObject({ id: 'signed-attributes', ok: null });
  });

  test('where a stranger has a certificate of the same issuer and serial, the one that the signer named', () => {
    const { subject, serial, notBefore, notAfter } = pair.certificate;
    const template = { subject, serial, notBefore, notAfter, extensions: [], publicKey: another.certificate.publicKey };
    const twin = issueSelfSigned(template, another.key);
    const result = verify({ certificates: [twin.der, pair.certificate.der] });
    expect(result).toMatchObject({ indication: 'TOTAL_PASSED', certificate: { sha256: pair.certificate.sha256 } });
    expect(verify({ certificates: [twin.der] }).subIndication).toBe('SIG_CRYPTO_FAILURE');
  });

  test('version 1 of the signing certificate attribute, by its SHA-1', () => {
    const essCertId = sequence(octetString(hash('sha1', pair.certificate.der, 'buffer')));
    const v1 = attribute(OID.signingCertificate, sequence(sequence(essCertId)));
    expect(verify({ attributes: replaced('signingCertificateV2', v1) })).toMatchObject({
      indication: 'TOTAL_PASSED',
      signingCertificate: 1,
    });
  });
});

describe('verifySignerInfo: malformed, TOTAL_FAILED / FORMAT_FAILURE', () => {
  const otherType = attribute(OID.contentType, objectIdentifier(OID.signedData));
  const ess = (certHash: Buffer, ...issuerSerial: readonly Buffer[]) =>
    attribute(OID.signingCertificateV2, sequence(sequence(sequence(octetString(certHash), ...issuerSerial))));
  const ownHash = hash('sha256', pair.certificate.der, 'buffer');
  const protection = (digest: string, signature: string) =>
    attribute(
      OID.cmsAlgorithmProtection,
      sequence(algorithmIdentifier(digest), context(1, objectIdentifier(signature))),
    );

  test.each([
    ['no content type', { attributes: without('contentType') }],
    ['no message digest', { attributes: without('messageDigest') }],
    ['content type twice', { attributes: [...all, good.contentType] }],
    [
      'content type with two values',
      {
        attributes: replaced(
          'contentType',
          attribute(OID.contentType, objectIdentifier(OID.data), objectIdentifier(OID.data)),
        ),
      },
    ],
    ['message digest twice', { attributes: [...all, good.messageDigest] }],
    ['signing time twice', { attributes: [...all, good.signingTime] }],
    ['signing certificate twice', { attributes: [...all, good.signingCertificateV2] }],
    ['algorithm protection twice', { attributes: [...all, good.algorithmProtection] }],
    ['message digest without a value', { attributes: replaced('messageDigest', attribute(OID.messageDigest)) }],
    ['content type of something else', { attributes: replaced('contentType', otherType) }],
    [
      'signing time that is no time',
      { attributes: replaced('signingTime', attribute(OID.signingTime, tlv(0x17, Buffer.from('yesterday')))) },
    ],
    ['signing time among the unsigned', { unsignedAttributes: [attribute(OID.signingTime, time(CMS_NOW))] }],
    ['message digest among the unsigned', { unsignedAttributes: [good.messageDigest] }],
    ['signing certificate among the unsigned', { unsignedAttributes: [good.signingCertificateV2] }],
    ['a signed countersignature', { attributes: [...all, attribute(OID.countersignature, sequence())] }],
    ['no signed attributes over content that is not data', { attributes: null, contentType: '1.2.3.4' }],
    [
      'another certificate under the same key was signed',
      { attributes: replaced('signingCertificateV2', ess(hash('sha256', another.certificate.der, 'buffer'))) },
    ],
    [
      'the signed certificate with another serial',
      {
        attributes: replaced(
          'signingCertificateV2',
          ess(ownHash, sequence(sequence(context(4, pair.certificate.issuer)), tlv(0x02, Buffer.from([9])))),
        ),
      },
    ],
    [
      'the signed certificate with another issuer',
      {
        attributes: replaced(
          'signingCertificateV2',
          ess(ownHash, sequence(sequence(context(4, another.certificate.issuer)), tlv(0x02, pair.certificate.serial))),
        ),
      },
    ],
    [
      'another digest was protected',
      { attributes: replaced('algorithmProtection', protection(OID.sha512, OID.ecdsaWithSHA256)) },
    ],
    [
      'another signature algorithm was protected',
      { attributes: replaced('algorithmProtection', protection(OID.sha256, OID.ecdsaWithSHA384)) },
    ],
    [
      'a mac was protected',
      {
        attributes: replaced(
          'algorithmProtection',
          attribute(
            OID.cmsAlgorithmProtection,
            sequence(algorithmIdentifier(OID.sha256), context(2, objectIdentifier(OID.sha256))),
          ),
        ),
      },
    ],
    [
      'one digest for content, another for attributes (RFC 8933)',
      {
        signatureAlgorithm: algorithmIdentifier(OID.ecdsaWithSHA384),
        algorithm: { scheme: 'ecdsa', digest: 'sha384' },
      },
    ],
  ] satisfies [string, Case][])('%s', (_title, change) => {
    expect(verify(change)).toMatchObject({ indication: 'TOTAL_FAILED', subIndication: 'FORMAT_FAILURE' });
  });

  test('content that reads as signed attributes, without any: lifted from another signature', () => {
    const lifted = setOf(...all);
    const result = verify({ attributes: null, signed: lifted, about: bufferContent(lifted) });
    expect(result).toMatchObject({ indication: 'TOTAL_FAILED', subIndication: 'FORMAT_FAILURE' });
  });
});

describe('verifySignerInfo: altered', () => {
  test('content: HASH_FAILURE', () => {
    expect(verify({ about: bufferContent(Buffer.from('<manifest />')) })).toMatchObject({
      indication: 'TOTAL_FAILED',
      subIndication: 'HASH_FAILURE',
    });
  });

  test.each([
    ['a signature by another key', { pair: { certificate: pair.certificate, key: another.key } }],
    ['attributes other than signed', { attributes: without('signingTime'), toBeSigned: setOf(...all) }],
    ['a signature over the [0] instead of the SET OF', { toBeSigned: context(0, ...[...all].sort(Buffer.compare)) }],
    ['a signature over the content although there are attributes', { toBeSigned: content }],
    ['no attributes, other content', { attributes: null, about: bufferContent(Buffer.from('other')) }],
  ] satisfies [string, Case][])('%s: SIG_CRYPTO_FAILURE', (_title, change) => {
    expect(verify(change)).toMatchObject({ indication: 'TOTAL_FAILED', subIndication: 'SIG_CRYPTO_FAILURE' });
  });
});

describe('verifySignerInfo: open questions, INDETERMINATE', () => {
  test('no certificate', () => {
    const result = verify({ certificates: [another.certificate.der] });
    expect(result).toMatchObject({
      indication: 'INDETERMINATE',
      subIndication: 'NO_SIGNING_CERTIFICATE_FOUND',
      certificate: null,
    });
  });

  test('a certificate from elsewhere closes it', () => {
    const signerInfo = craftSignerInfo(content, { pair, attributes: all });
    const signedData = parseSignedData(craftSignedData({ content, signerInfos: [signerInfo], certificates: [] }));
    const [parsed] = signedData.signerInfos;
    const certificates = [another.certificate, pair.certificate];
    const input = { signedData, content: bufferContent(content), certificates };
    expect(parsed && verifySignerInfo({ ...input, signerInfo: parsed }).indication).toBe('TOTAL_PASSED');
  });

  test('neither content nor digest', () => {
    const result = verify({ about: digestedContent(new Map()) });
    expect(result).toMatchObject({ indication: 'INDETERMINATE', subIndication: 'SIGNED_DATA_NOT_FOUND' });
    expect(verify({ attributes: null, about: digestedContent(new Map()) }).subIndication).toBe('SIGNED_DATA_NOT_FOUND');
  });

  test.each([
    ['SHA-1', { digestAlgorithm: algorithmIdentifier(OID.sha1) }],
    ['MD5', { digestAlgorithm: algorithmIdentifier(OID.md5) }],
    ['SM3', { digestAlgorithm: algorithmIdentifier('1.2.156.10197.1.401') }],
    ['SM2', { signatureAlgorithm: algorithmIdentifier('1.2.156.10197.1.501') }],
    ['parameters that are none', { digestAlgorithm: algorithmIdentifier(OID.sha256, utf8String('x')) }],
  ] satisfies [string, Case][])('%s: CRYPTO_CONSTRAINTS_FAILURE', (_title, change) => {
    expect(verify(change)).toMatchObject({
      indication: 'INDETERMINATE',
      subIndication: 'CRYPTO_CONSTRAINTS_FAILURE',
    });
  });

  test('SHA-1 is verified with the legacy switch', () => {
    const change = {
      digestAlgorithm: algorithmIdentifier(OID.sha1),
      signatureAlgorithm: algorithmIdentifier(OID.ecdsaWithSHA1),
      algorithm: { scheme: 'ecdsa', digest: 'sha1' },
      attributes: [
        ...without('messageDigest', 'algorithmProtection'),
        attribute(OID.messageDigest, octetString(hash('sha1', content, 'buffer'))),
      ],
    } satisfies Case;
    expect(verify(change).subIndication).toBe('CRYPTO_CONSTRAINTS_FAILURE');
    expect(verify({ ...change, policy: { allowLegacy: true } }).indication).toBe('TOTAL_PASSED');
  });
});
