import { hash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { buildSignedData } from '../../../../electron/packages/cms/build-signed-data.ts';
import { OID } from '../../../../electron/packages/cms/oids.ts';
import { parseSignedData } from '../../../../electron/packages/cms/parse-signed-data.ts';
import { bufferContent } from '../../../../electron/packages/cms/signed-content.ts';
import { verifySignerInfo } from '../../../../electron/packages/cms/verify-signer-info.ts';
import { children, readElement, readOnly } from '../../../../electron/pki/asn1/der-reader.ts';
import type { KeyPairCertificate } from '../../../../electron/pki/identity.ts';
import { CMS_NOW, cmsPair } from '../../../fixtures/cms-material.ts';

const content = Buffer.from('<manifest/>');
const signer = (pair: KeyPairCertificate) => ({ ...pair, chain: [], signingTime: CMS_NOW });

function verify(der: Buffer, about = content) {
  const signedData = parseSignedData(der);
  const [signerInfo] = signedData.signerInfos;
  if (signerInfo === undefined) throw new Error('no signer');
  return verifySignerInfo({ signedData, signerInfo, content: bufferContent(about) });
}

describe('buildSignedData', () => {
  test.each([
    ['p256', false, 'sha256', 'ecdsaWithSHA256'],
    ['p384', false, 'sha384', 'ecdsaWithSHA384'],
    ['p521', false, 'sha512', 'ecdsaWithSHA512'],
    ['rsa3072', false, 'sha256', 'rsaEncryption'],
    ['rsa3072', true, 'sha256', 'rsassaPss'],
    ['ed25519', false, 'sha512', 'ed25519'],
  ] as const)('%s (PSS: %s) signs with %s and %s, all checks pass', (algorithm, pss, digest, signature) => {
    const { der } = buildSignedData({ ...signer(cmsPair(algorithm, 'sign')), content, detached: true, pss });
    expect(verify(der)).toMatchObject({
      indication: 'TOTAL_PASSED',
      subIndication: null,
      hasSignedAttributes: true,
      signingCertificate: 2,
      signingTime: CMS_NOW,
      digestAlgorithm: digest,
      signatureAlgorithm: signature,
    });
    expect(verify(der).checks.every(({ ok }) => ok === true)).toBe(true);
    expect(verify(der, Buffer.from('another')).subIndication).toBe('HASH_FAILURE');
  });

  test('carries the content when it is attached, and only then', () => {
    const pair = cmsPair('p256', 'sign');
    const attached = buildSignedData({ ...signer(pair), content, detached: false });
    const detached = buildSignedData({ ...signer(pair), content, detached: true });
    expect(parseSignedData(attached.der).content?.equals(content)).toBe(true);
    expect(parseSignedData(detached.der).content).toBe(null);
    expect(detached.der.includes(content)).toBe(false);
  });

  test('a digest stands in for content that is not in memory', () => {
    const digest = hash('sha256', content, 'buffer');
    const built = buildSignedData({ ...signer(cmsPair('p256', 'sign')), content: { digest }, detached: true });
    expect(verify(built.der).indication).toBe('TOTAL_PASSED');
    expect(() => buildSignedData({ ...signer(cmsPair('p256', 'sign')), content: { digest }, detached: false })).toThrow(
      RangeError,
    );
  });

  test('gives the value of the signature, by which receipts and timestamps name it', () => {
    const { der, signature } = buildSignedData({ ...signer(cmsPair('p256', 'sign')), content, detached: true });
    expect(parseSignedData(der).signerInfos[0]?.signature.equals(signature)).toBe(true);
  });

  test('sends certificates once each, in the order of DER', () => {
    const pair = cmsPair('p256', 'sign');
    const chain = [cmsPair('p384', 'sign').certificate, pair.certificate, cmsPair('p521', 'sign').certificate];
    const { der } = buildSignedData({ ...signer(pair), chain, content, detached: true });
    const sent = parseSignedData(der).certificates.map((certificate) => certificate.der);
    expect(sent).toHaveLength(3);
    expect(sent).toEqual([...sent].sort(Buffer.compare));
  });

  test('is DER throughout: attributes stand in the order of their encodings', () => {
    const { der } = buildSignedData({ ...signer(cmsPair('p256', 'sign')), content, detached: true });
    const walk = (bytes: Buffer): void => {
      const element = readElement(bytes);
      if ((element.tag & 0x20) === 0) return;
      const members = children(element);
      if (element.tag === 0x31) {
        expect(members.map(({ raw }) => raw)).toEqual(members.map(({ raw }) => raw).sort(Buffer.compare));
      }
      for (const { raw } of members) walk(raw);
    };
    walk(readOnly(der).raw);
    expect(parseSignedData(der).signerInfos[0]?.signedAttrs?.encodings).toHaveLength(1);
    expect(parseSignedData(der).digestAlgorithms).toEqual([OID.sha256]);
  });

  test('a key that is not that of the certificate is refused', () => {
    const { certificate } = cmsPair('p256', 'sign');
    const { key } = cmsPair('p256', 'sign', 'another');
    expect(() => buildSignedData({ ...signer({ certificate, key }), content, detached: true })).toThrow(
      expect.objectContaining({ code: 'KEY_MISSING' }),
    );
  });
});
