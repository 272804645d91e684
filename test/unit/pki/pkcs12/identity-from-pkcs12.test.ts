import { describe, expect, test } from 'vitest';
import type { KeyUsage } from '../../../../electron/pki/certificate.ts';
import type { KeyPairCertificate } from '../../../../electron/pki/identity.ts';
import { createPair } from '../../../../electron/pki/issue/create-pair.ts';
import { issueSelfSigned } from '../../../../electron/pki/issue/issue-certificate.ts';
import { keyUsageExtension } from '../../../../electron/pki/issue/write-extensions.ts';
import { identityFromPkcs12 } from '../../../../electron/pki/pkcs12/identity-from-pkcs12.ts';
import type { Pkcs12 } from '../../../../electron/pki/pkcs12/read-pkcs12.ts';
import { makeIdentity, NOW } from '../../../fixtures/pkcs12-material.ts';

const { ca, identity } = makeIdentity();
const { signing, encryption } = identity;

const file = (pairs: readonly KeyPairCertificate[], certificates = identity.chain): Pkcs12 => ({
  entries: pairs.map((pair) => ({ ...pair, friendlyName: null, localKeyId: null })),
  certificates,
  integrity: 'none',
  description: {
    integrity: { kind: 'none', digest: null, kdf: null, iterations: null, legacy: false },
    encryption: [],
    legacy: [],
  },
});

function withUsages(
  usages: readonly KeyUsage[] | null,
  { key, certificate }: KeyPairCertificate = signing,
): KeyPairCertificate {
  const template = {
    subject: certificate.subject,
    publicKey: certificate.publicKey,
    notBefore: NOW,
    notAfter: certificate.notAfter,
    extensions: usages === null ? [] : [keyUsageExtension(usages)],
  };
  return { key, certificate: issueSelfSigned(template, key) };
}

const missing = (usage: string) => expect.objectContaining({ code: 'KEY_MISSING', params: { usage } });

describe('identityFromPkcs12', () => {
  test('pairs that are taken by their order and not by their keyUsage', () => {
    const found = identityFromPkcs12(file([encryption, signing]));
    expect(found.signing.certificate).toBe(signing.certificate);
    expect(found.encryption.certificate).toBe(encryption.certificate);
    expect(found.chain).toEqual([ca.certificate]);
  });

  test('one pair for both that is not accepted', () => {
    for (const usages of [null, ['digitalSignature', 'keyAgreement'] as const]) {
      const both = withUsages(usages);
      const found = identityFromPkcs12(file([both]));
      expect([found.signing.certificate, found.encryption.certificate]).toEqual([both.certificate, both.certificate]);
    }
  });

  test('a pair for both that goes before one for one thing', () => {
    const both = withUsages(['digitalSignature', 'keyAgreement']);
    const found = identityFromPkcs12(file([both, encryption]));
    expect(found.signing.certificate).toBe(both.certificate);
    expect(found.encryption.certificate).toBe(encryption.certificate);
  });

  test('a key that does what its certificate does not allow', () => {
    expect(() => identityFromPkcs12(file([signing]))).toThrow(missing('encrypt'));
    expect(() => identityFromPkcs12(file([encryption]))).toThrow(missing('sign'));
    expect(() => identityFromPkcs12(file([withUsages(['digitalSignature', 'keyEncipherment'])]))).toThrow(
      missing('encrypt'),
    );
  });

  test('a key of Ed25519 that is to decrypt', () => {
    const pair = createPair({ purpose: 'sign', subject: { commonName: '甲' }, algorithm: 'ed25519', now: NOW });
    expect(() => identityFromPkcs12(file([withUsages(null, pair)]))).toThrow(missing('encrypt'));
  });

  test("a CA's own key that signs acts", () => {
    expect(() => identityFromPkcs12(file([ca, encryption]))).toThrow(missing('sign'));
  });

  test('a chain with strangers in it, or one that goes round', () => {
    const stranger = withUsages(null);
    const found = identityFromPkcs12(
      file([signing, encryption], [stranger.certificate, ca.certificate, ca.certificate]),
    );
    expect(found.chain).toEqual([ca.certificate]);
  });
});
