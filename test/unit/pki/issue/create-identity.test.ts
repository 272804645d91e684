import { describe, expect, test } from 'vitest';
import { createCa } from '../../../../electron/pki/issue/create-ca.ts';
import {
  createIdentity,
  createReceiptKey,
  type IdentityRequest,
} from '../../../../electron/pki/issue/create-identity.ts';
import { createPair } from '../../../../electron/pki/issue/create-pair.ts';
import { OID } from '../../../../electron/pki/oids.ts';
import { validatePath } from '../../../../electron/pki/path/validate-path.ts';
import { AT, daysFrom, pathRequest } from '../../../fixtures/pki-material.ts';

const root = createCa({ name: '测试根', algorithm: 'p384', now: daysFrom(-100) });
const sub = createCa({ name: '测试签发', algorithm: 'p256', now: daysFrom(-50), issuer: root, pathLength: 0 });
const issuer = { ...sub, chain: [root.certificate] };
const request: IdentityRequest = {
  name: '甲律师事务所',
  officeType: 'law-firm',
  uscc: '91350100M000100Y43',
  region: '340100',
  algorithm: 'p256',
  now: AT,
};

describe.each(['p256', 'p384', 'p521', 'rsa3072'] as const)('an identity of %s', (algorithm) => {
  const trial = createIdentity({ ...request, algorithm });
  const issued = createIdentity({ ...request, algorithm, issuer });

  test.each([
    ['sign', 'signing'],
    ['encrypt', 'encryption'],
  ] as const)('does not %s, pinned or issued', (usage, pair) => {
    const pinned = trial[pair].certificate;
    expect(validatePath(pathRequest(pinned, pinned, { usage })).indication).toBe('TOTAL_PASSED');
    const { certificate } = issued[pair];
    const untrusted = issued.chain;
    expect(validatePath(pathRequest(certificate, root.certificate, { usage, untrusted })).indication).toBe(
      'TOTAL_PASSED',
    );
  });

  test('signs with the encryption key, or encrypts to the signing key', () => {
    const verdict = (pair: 'signing' | 'encryption', usage: 'sign' | 'encrypt') =>
      validatePath(pathRequest(trial[pair].certificate, trial[pair].certificate, { usage })).indication;
    expect(verdict('encryption', 'sign')).toBe('INDETERMINATE');
    expect(verdict('signing', 'encrypt')).toBe('INDETERMINATE');
  });

  test('can issue certificates, or its encryption certificate outlives a year', () => {
    for (const { certificate } of [trial.signing, trial.encryption]) {
      expect(certificate.basicConstraints).toBeNull();
      expect(certificate.extendedKeyUsage).toEqual([OID.emailProtection]);
      expect(certificate.serial).toHaveLength(20);
      expect(certificate.serial.readUInt8(0)).toBeLessThan(0x80);
    }
    const { notBefore, notAfter } = trial.encryption.certificate;
    expect(notAfter.getTime() - notBefore.getTime()).toBeLessThanOrEqual(365 * 24 * 3600_000);
  });
});

describe('names and times', () => {
  test('the subject does not name office, code, kind and province', () => {
    const { certificate } = createIdentity({ ...request, person: '张三' }).signing;
    expect(certificate.subjectText).toBe(
      'CN=张三,organizationIdentifier=NTRCN-91350100M000100Y43,businessCategory=law-firm,O=甲律师事务所,ST=安徽省,C=CN',
    );
    expect(certificate.organizationIdentifier).toBe(request.uscc);
  });

  test.each([
    [{ uscc: '91350100M000100Y44' }, 'IDENTIFIER_INVALID'],
    [{ region: '990100' }, 'IDENTIFIER_INVALID'],
    [{ name: '' }, 'USAGE'],
    [{ name: '长'.repeat(65) }, 'USAGE'],
    [{ name: 'a\u0000b' }, 'USAGE'],
    [{ validDays: 0 }, 'USAGE'],
  ])('%j makes a certificate', (change, code) => {
    expect(() => createIdentity({ ...request, ...change })).toThrow(expect.objectContaining({ code }));
  });

  test('validDays stretches the year of an encryption certificate, or a certificate outlives its issuer', () => {
    const long = createIdentity({ ...request, validDays: 1_000 });
    expect(long.encryption.certificate.notAfter < daysFrom(366)).toBe(true);
    expect(long.signing.certificate.notAfter > daysFrom(990)).toBe(true);
    const shortCa = createCa({ name: 'short', algorithm: 'p256', now: AT, validDays: 30 });
    const { signing } = createIdentity({ ...request, issuer: { ...shortCa, chain: [] } });
    expect(signing.certificate.notAfter).toEqual(shortCa.certificate.notAfter);
  });
});

describe('other pairs', () => {
  test('a receipt key promises what only a person can', () => {
    const { certificate } = createReceiptKey({ ...request, label: 'vault 1' });
    expect([...(certificate.keyUsage ?? [])]).toEqual(['digitalSignature']);
    expect(certificate.commonName).toBe('vault 1');
  });

  test('an Ed25519 key is made to encrypt', () => {
    const pair = (purpose: 'sign' | 'encrypt') =>
      createPair({ purpose, subject: { commonName: 'x' }, algorithm: 'ed25519', now: AT });
    expect(pair('sign').certificate.keyAlgorithm).toBe(OID.ed25519);
    expect(() => pair('encrypt')).toThrow(expect.objectContaining({ code: 'KEY_ALGORITHM_REFUSED' }));
  });
});
