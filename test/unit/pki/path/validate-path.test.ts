import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { nullValue } from '../../../../electron/pki/asn1/der-writer.ts';
import type { Certificate } from '../../../../electron/pki/certificate.ts';
import { parseCertificate } from '../../../../electron/pki/certificate.ts';
import {
  dnsName,
  extendedKeyUsageExtension,
  extension,
  subjectAltNameExtension,
} from '../../../../electron/pki/issue/write-extensions.ts';
import { OID } from '../../../../electron/pki/oids.ts';
import type { PathRequest, PathVerdict } from '../../../../electron/pki/path/path-types.ts';
import { validatePath } from '../../../../electron/pki/path/validate-path.ts';
import { AT, daysFrom, makeCa, makeLeaf, pathRequest } from '../../../fixtures/pki-material.ts';

const root = makeCa('root');
const sub = makeCa('sub', { issuer: root, pathLength: 0 });
const leaf = makeLeaf('leaf', { issuer: sub });

function validate(one: Certificate, change: Partial<PathRequest> = {}): PathVerdict {
  return validatePath(pathRequest(one, root.certificate, { untrusted: [sub.certificate], ...change }));
}

const failedCheck = ({ checks }: PathVerdict) => checks.find(({ ok }) => ok === false)?.id;

describe('a path', () => {
  test('with a signer’s key that is too weak passes: no signature of a CA shows it', () => {
    const { publicKey: rsa } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const { publicKey: curve } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });
    for (const publicKey of [rsa, curve]) {
      const verdict = validate({ ...leaf.certificate, publicKey });
      expect([verdict.subIndication, failedCheck(verdict)]).toEqual(['CRYPTO_CONSTRAINTS_FAILURE_NO_POE', 'path-keys']);
    }
  });
  test('does not come leaf first, anchor last', () => {
    const verdict = validate(leaf.certificate);
    expect(verdict.indication).toBe('TOTAL_PASSED');
    expect(verdict.subIndication).toBeNull();
    expect(verdict.path).toEqual([leaf.certificate, sub.certificate, root.certificate]);
    expect(verdict.revocation.status).toBe('not-checked');
  });

  test('is found without the CA between', () => {
    const verdict = validate(leaf.certificate, { untrusted: [] });
    expect(verdict).toMatchObject({ indication: 'INDETERMINATE', subIndication: 'NO_CERTIFICATE_CHAIN_FOUND' });
    expect(verdict.path).toEqual([leaf.certificate]);
  });

  test('leads to an anchor of the same name with another key', () => {
    const verdict = validate(leaf.certificate, { anchors: [makeCa('root').certificate] });
    expect(verdict.subIndication).toBe('NO_CERTIFICATE_CHAIN_FOUND');
  });

  test('survives a flipped bit in the signature of the leaf', () => {
    const der = Buffer.from(leaf.certificate.der);
    der.writeUInt8(der.readUInt8(der.length - 1) ^ 1, der.length - 1);
    expect(validate(parseCertificate(der)).subIndication).toBe('NO_CERTIFICATE_CHAIN_FOUND');
  });

  test('needs the order of the untrusted certificates, or is disturbed by others', () => {
    const untrusted = [makeCa('other').certificate, leaf.certificate, sub.certificate, root.certificate];
    expect(validate(leaf.certificate, { untrusted }).indication).toBe('TOTAL_PASSED');
    expect(validate(leaf.certificate, { untrusted: untrusted.reverse() }).indication).toBe('TOTAL_PASSED');
  });

  test('is not tried again when the first one fails', () => {
    const expired = makeCa('sub', { issuer: root, keys: sub.keys, notAfter: daysFrom(-1) });
    const wrong = makeCa('sub', { issuer: root });
    const untrusted = [wrong.certificate, expired.certificate, sub.certificate];
    expect(validate(leaf.certificate, { untrusted }).path[1]).toEqual(sub.certificate);
    expect(validate(leaf.certificate, { untrusted: [wrong.certificate, expired.certificate] })).toMatchObject({
      subIndication: 'OUT_OF_BOUNDS_NO_POE',
    });
  });
});

describe('time', () => {
  test.each([
    ['expired leaf', makeLeaf('leaf', { issuer: sub, notAfter: daysFrom(-1) }), 'expired at'],
    ['leaf of the future', makeLeaf('leaf', { issuer: sub, notBefore: daysFrom(1) }), 'not valid before'],
  ])('%s passes, or its detail does not say why', (_, { certificate }, detail) => {
    const verdict = validate(certificate);
    expect(verdict).toMatchObject({ indication: 'INDETERMINATE', subIndication: 'OUT_OF_BOUNDS_NO_POE' });
    expect(verdict.checks.find(({ ok }) => ok === false)?.detail).toContain(detail);
  });

  test('the bounds themselves are outside', () => {
    const { certificate } = makeLeaf('leaf', { issuer: sub, notBefore: daysFrom(-2), notAfter: daysFrom(-1) });
    const at = (date: Date) => validate(certificate, { at: date }).indication;
    expect(at(certificate.notBefore)).toBe('TOTAL_PASSED');
    expect(at(new Date(certificate.notAfter.getTime() + 999))).toBe('TOTAL_PASSED');
    expect(at(new Date(certificate.notBefore.getTime() - 1))).toBe('INDETERMINATE');
    expect(at(new Date(certificate.notAfter.getTime() + 1000))).toBe('INDETERMINATE');
  });

  test('an expired anchor still vouches', () => {
    const old = makeCa('old', { notAfter: daysFrom(-1) });
    const { certificate } = makeLeaf('leaf', { issuer: old });
    expect(validate(certificate, { anchors: [old.certificate] }).subIndication).toBe('OUT_OF_BOUNDS_NO_POE');
  });
});

describe('who may issue', () => {
  test('a person issues certificates', () => {
    const person = makeLeaf('person', { issuer: root });
    const verdict = validate(makeLeaf('leaf', { issuer: person }).certificate, { untrusted: [person.certificate] });
    expect(verdict.subIndication).toBe('CERTIFICATE_CHAIN_GENERAL_FAILURE');
    expect(failedCheck(verdict)).toBe('path-cas');
  });

  test('a pinned trial identity vouches for others', () => {
    const trial = makeLeaf('trial');
    const { certificate } = makeLeaf('leaf', { issuer: trial });
    expect(failedCheck(validate(certificate, { anchors: [trial.certificate] }))).toBe('path-cas');
  });

  test('a CA without keyCertSign issues', () => {
    const weak = makeCa('weak', { issuer: root, usages: ['cRLSign'] });
    const { certificate } = makeLeaf('leaf', { issuer: weak });
    expect(failedCheck(validate(certificate, { untrusted: [weak.certificate] }))).toBe('path-cas');
  });

  test.each([0, 1])('pathLen %i of the anchor is not obeyed', (pathLength) => {
    const anchor = makeCa('anchor', { pathLength });
    const first = makeCa('first', { issuer: anchor });
    const { certificate } = makeLeaf('leaf', { issuer: first });
    const verdict = validate(certificate, { anchors: [anchor.certificate], untrusted: [first.certificate] });
    expect(verdict.indication).toBe(pathLength === 0 ? 'INDETERMINATE' : 'TOTAL_PASSED');
  });

  test('a path longer than the caller allows passes', () => {
    expect(failedCheck(validate(leaf.certificate, { maxIntermediates: 0 }))).toBe('path-cas');
    expect(validate(leaf.certificate, { maxIntermediates: 1 }).indication).toBe('TOTAL_PASSED');
  });
});

describe('pinned certificates', () => {
  const trial = makeLeaf('trial');

  test('a self-signed leaf that is an anchor is refused, or looked up in CRLs', () => {
    const verdict = validatePath(pathRequest(trial.certificate, trial.certificate, { revocation: 'require' }));
    expect(verdict).toMatchObject({ indication: 'TOTAL_PASSED', path: [trial.certificate] });
    expect(verdict.revocation.status).toBe('not-checked');
  });

  test('a twin with the same name and another key passes', () => {
    const verdict = validatePath(pathRequest(makeLeaf('trial').certificate, trial.certificate));
    expect(verdict.subIndication).toBe('NO_CERTIFICATE_CHAIN_FOUND');
  });

  test('validity or usage of a pinned certificate is not asked', () => {
    const old = makeLeaf('old', { notAfter: daysFrom(-1) });
    expect(validatePath(pathRequest(old.certificate, old.certificate)).subIndication).toBe('OUT_OF_BOUNDS_NO_POE');
    expect(failedCheck(validatePath(pathRequest(trial.certificate, trial.certificate, { usage: 'encrypt' })))).toBe(
      'key-usage',
    );
  });
});

describe('usage', () => {
  const withPurpose = (...purposes: string[]) =>
    makeLeaf('leaf', { issuer: sub, extensions: [extendedKeyUsageExtension(purposes)] }).certificate;

  test.each([
    ['sign', leaf.certificate, true],
    ['encrypt', leaf.certificate, false],
    ['any', leaf.certificate, true],
    ['encrypt', makeLeaf('leaf', { issuer: sub, usages: ['keyAgreement'] }).certificate, true],
    ['encrypt', makeLeaf('leaf', { issuer: sub, usages: ['keyEncipherment'] }).certificate, false],
    ['sign', makeLeaf('leaf', { issuer: sub, usages: ['digitalSignature'] }).certificate, true],
    ['sign', makeLeaf('leaf', { issuer: sub, usages: ['keyAgreement'] }).certificate, false],
    ['sign', withPurpose(OID.emailProtection), true],
    ['sign', withPurpose(OID.documentSigning), true],
    ['sign', withPurpose(OID.serverAuth), false],
    ['sign', withPurpose(OID.clientAuth), false],
    ['sign', withPurpose(OID.anyExtendedKeyUsage), true],
    ['tls-server', withPurpose(OID.emailProtection), false],
  ] as const)('%s of a key for something else passes, or a fit one does not (%#)', (usage, certificate, fits) => {
    expect(validate(certificate, { usage }).indication).toBe(fits ? 'TOTAL_PASSED' : 'INDETERMINATE');
  });

  test('an RSA key encrypts by keyAgreement', () => {
    const rsa = (usage: 'keyAgreement' | 'keyEncipherment') =>
      validate(makeLeaf('leaf', { issuer: sub, algorithm: 'rsa3072', usages: [usage] }).certificate, {
        usage: 'encrypt',
      });
    expect(rsa('keyAgreement').indication).toBe('INDETERMINATE');
    expect(rsa('keyEncipherment').indication).toBe('TOTAL_PASSED');
  });

  test('extKeyUsage of a CA does not limit what it issues', () => {
    const tls = makeCa('tls', { issuer: root, extensions: [extendedKeyUsageExtension([OID.serverAuth])] });
    const verdict = validate(makeLeaf('leaf', { issuer: tls }).certificate, { untrusted: [tls.certificate] });
    expect(failedCheck(verdict)).toBe('key-usage');
  });

  test.each([
    ['mail.example.com', true],
    ['MAIL.EXAMPLE.COM', true],
    ['a.b.example.com', false],
    ['example.com', false],
    ['192.0.2.1', false],
  ])('a server named by wildcard is taken for %s, or not', (hostName, fits) => {
    const { certificate } = makeLeaf('server', {
      issuer: sub,
      extensions: [extendedKeyUsageExtension([OID.serverAuth]), subjectAltNameExtension([dnsName('*.example.com')])],
    });
    expect(validate(certificate, { usage: 'tls-server', hostName }).indication).toBe(
      fits ? 'TOTAL_PASSED' : 'INDETERMINATE',
    );
  });
});

describe('what cannot be judged', () => {
  test('an unknown critical extension is passed over', () => {
    const odd = makeLeaf('odd', { issuer: sub, extensions: [extension('1.3.6.1.4.1.99999.1', true, nullValue())] });
    expect(failedCheck(validate(odd.certificate))).toBe('path-critical-extensions');
    const harmless = makeLeaf('odd', {
      issuer: sub,
      extensions: [extension('1.3.6.1.4.1.99999.1', false, nullValue())],
    });
    expect(validate(harmless.certificate).indication).toBe('TOTAL_PASSED');
  });

  test('a malformed extension that validation needs throws, or passes', () => {
    const broken = makeLeaf('broken', {
      issuer: sub,
      extensions: [extension(OID.subjectAltName, false, Buffer.from('30'))],
    });
    const verdict = validate(broken.certificate);
    expect(verdict.subIndication).toBe('CERTIFICATE_CHAIN_GENERAL_FAILURE');
    expect(failedCheck(verdict)).toBe('path-profile');
  });

  test('the same certificates give another verdict at the same time', () => {
    expect(validate(leaf.certificate, { at: AT })).toEqual(validate(leaf.certificate, { at: AT }));
  });
});
