import { describe, expect, test } from 'vitest';
import { contextPrimitive, integer, sequence, tlv } from '../../../../electron/pki/asn1/der-writer.ts';
import type { Crl } from '../../../../electron/pki/crl.ts';
import { type CrlTemplate, issueCrl, type Revocation } from '../../../../electron/pki/issue/issue-crl.ts';
import { extension } from '../../../../electron/pki/issue/write-extensions.ts';
import { OID } from '../../../../electron/pki/oids.ts';
import type { PathRequest } from '../../../../electron/pki/path/path-types.ts';
import { validatePath } from '../../../../electron/pki/path/validate-path.ts';
import { AT, daysFrom, type Made, makeCa, makeLeaf, pathRequest } from '../../../fixtures/pki-material.ts';

const root = makeCa('root');
const sub = makeCa('sub', { issuer: root });
const leaf = makeLeaf('leaf', { issuer: sub });

function list(issuer: Made, revoked: readonly Revocation[] = [], change: Partial<CrlTemplate> = {}): Crl {
  return issueCrl({ thisUpdate: daysFrom(-1), nextUpdate: daysFrom(6), number: 1, revoked, ...change }, issuer);
}

const revoke = ({ certificate }: Made, days = -10, reason: Revocation['reason'] = 1): Revocation => ({
  serial: certificate.serial,
  revokedAt: daysFrom(days),
  ...(reason === undefined ? {} : { reason }),
});

function validate(crls: readonly Crl[], change: Partial<PathRequest> = {}) {
  return validatePath(
    pathRequest(leaf.certificate, root.certificate, {
      untrusted: [sub.certificate],
      crls,
      revocation: 'require',
      ...change,
    }),
  );
}

describe('policies', () => {
  test('require passes without a list for every certificate of the path', () => {
    expect(validate([list(root), list(sub)])).toMatchObject({
      indication: 'TOTAL_PASSED',
      revocation: { status: 'good', asOf: daysFrom(-1) },
    });
    for (const crls of [[], [list(root)], [list(sub)]]) {
      expect(validate(crls)).toMatchObject({
        indication: 'INDETERMINATE',
        subIndication: 'TRY_LATER',
        revocation: { status: 'unknown' },
      });
    }
  });

  test('soft fails for want of a list, or hides that it had none', () => {
    expect(validate([], { revocation: 'soft' })).toMatchObject({
      indication: 'TOTAL_PASSED',
      revocation: { status: 'unknown' },
    });
  });

  test.each(['require', 'soft'] as const)('%s passes a revoked leaf', (revocation) => {
    const verdict = validate([list(root), list(sub, [revoke(leaf)])], { revocation });
    expect(verdict).toMatchObject({
      indication: 'INDETERMINATE',
      subIndication: 'REVOKED_NO_POE',
      revocation: { status: 'revoked', revokedAt: daysFrom(-10), reason: 'keyCompromise' },
    });
  });

  test('a revoked CA still vouches', () => {
    expect(validate([list(root, [revoke(sub)]), list(sub)]).subIndication).toBe('REVOKED_CA_NO_POE');
  });

  test('off looks at lists', () => {
    expect(validate([list(sub, [revoke(leaf)])], { revocation: 'off' })).toMatchObject({
      indication: 'TOTAL_PASSED',
      revocation: { status: 'not-checked' },
    });
  });
});

describe('lists that do not count', () => {
  const stranger = makeCa('sub');

  test.each<[string, Crl]>([
    ['signed by a namesake outside the path', list(stranger)],
    ['stale', list(sub, [], { thisUpdate: daysFrom(-9), nextUpdate: daysFrom(-2) })],
    [
      'with an unknown critical extension',
      list(sub, [], { extensions: [extension('1.3.6.1.4.1.99999.1', true, integer(1))] }),
    ],
    ['of attribute certificates', list(sub, [], { extensions: [scope(5)] })],
    ['of CA certificates only', list(sub, [], { extensions: [scope(2)] })],
    ['of some reasons only', list(sub, [], { extensions: [reasonScope()] })],
    ['that is a delta without its base', list(sub, [], { number: 5, extensions: [deltaOf(3)] })],
  ])('a list %s says good', (_, crl) => {
    expect(validate([list(root), crl]).subIndication).toBe('TRY_LATER');
  });

  test('a list of user certificates does not count for them', () => {
    expect(validate([list(root), list(sub, [], { extensions: [scope(1)] })]).indication).toBe('TOTAL_PASSED');
  });

  test('a CA without cRLSign signs lists', () => {
    const mute = makeCa('mute', { issuer: root, usages: ['keyCertSign'] });
    const { certificate } = makeLeaf('leaf', { issuer: mute });
    const verdict = validate([list(root), list(mute)], { leaf: certificate, untrusted: [mute.certificate] });
    expect(verdict.subIndication).toBe('TRY_LATER');
  });

  test('a person whose name is the CA’s signs its lists', () => {
    const person = makeLeaf('sub', { issuer: root, usages: ['digitalSignature'] });
    const untrusted = [sub.certificate, person.certificate];
    expect(validate([list(root), list(person)], { untrusted }).subIndication).toBe('TRY_LATER');
  });
});

describe('delta lists', () => {
  const base = list(sub, [revoke(leaf, -10, 6)], { number: 3 });

  test('removal from hold is not seen', () => {
    const delta = list(sub, [revoke(leaf, -10, 8)], { number: 4, extensions: [deltaOf(3)] });
    expect(validate([list(root), base]).subIndication).toBe('TRY_LATER');
    expect(validate([list(root), base, delta]).indication).toBe('TOTAL_PASSED');
  });

  test('a newer revocation is not seen', () => {
    const clean = list(sub, [], { number: 3 });
    const delta = list(sub, [revoke(leaf)], { number: 4, extensions: [deltaOf(3)] });
    expect(validate([list(root), clean, delta]).subIndication).toBe('REVOKED_NO_POE');
  });

  test('a delta over a newer base amends an older one', () => {
    const removal = list(sub, [revoke(leaf, -10, 8)], { number: 6, extensions: [deltaOf(5)] });
    expect(validate([list(root), base, removal]).subIndication).toBe('TRY_LATER');
  });
});

describe('lists from after the moment in question', () => {
  const later = { thisUpdate: daysFrom(20), nextUpdate: daysFrom(27) };
  const clean = [list(root, [], later), list(sub, [], later)];

  test('do not tell what was so before', () => {
    expect(validate(clean).indication).toBe('TOTAL_PASSED');
    const before = list(sub, [revoke(leaf, -1)], later);
    expect(validate([list(root), before]).subIndication).toBe('REVOKED_NO_POE');
    const after = list(sub, [revoke(leaf, 10)], later);
    expect(validate([list(root), after]).indication).toBe('TOTAL_PASSED');
  });

  test('count although the certificate had expired, so that its entry may be gone', () => {
    const gone = { thisUpdate: daysFrom(101), nextUpdate: daysFrom(108) };
    expect(validate([list(root), list(sub, [], gone)]).subIndication).toBe('TRY_LATER');
  });
});

test('a separate CRL key of the CA is refused, or one without a path accepted', () => {
  const signer = makeCa('sub', { issuer: root, usages: ['cRLSign'] });
  const untrusted = [sub.certificate, signer.certificate];
  expect(validate([list(root), list(signer)], { untrusted }).indication).toBe('TOTAL_PASSED');
  expect(validate([list(root), list(signer)]).subIndication).toBe('TRY_LATER');
  expect(validate([list(root, [revoke(signer)]), list(signer)], { untrusted }).subIndication).toBe('TRY_LATER');
});

test('a CRL key whose certificate has expired, or may not be trusted by its path, speaks for the CA', () => {
  const expired = makeCa('sub', { issuer: root, usages: ['cRLSign'], notAfter: daysFrom(-1) });
  const critical = extension('1.2.3.4.5', true, Buffer.from([5, 0]));
  const odd = makeCa('sub', { issuer: root, usages: ['cRLSign'], extensions: [critical] });
  for (const signer of [expired, odd]) {
    const untrusted = [sub.certificate, signer.certificate];
    expect(validate([list(root), list(signer)], { untrusted }).subIndication).toBe('TRY_LATER');
  }
});

describe('a certificate that has expired', () => {
  const old = makeLeaf('old', { issuer: sub, notAfter: daysFrom(-2) });
  const change = { leaf: old.certificate };
  const lists = (...revoked: Revocation[]) => [list(root), list(sub, revoked, { thisUpdate: daysFrom(-3) })];

  test('is not told from one that is known to have ended in good order', () => {
    expect(validate([], change).subIndication).toBe('OUT_OF_BOUNDS_NO_POE');
    expect(validate([list(root), list(sub)], change).subIndication).toBe('OUT_OF_BOUNDS_NO_POE');
    expect(validate(lists(), change)).toMatchObject({
      indication: 'INDETERMINATE',
      subIndication: 'OUT_OF_BOUNDS_NOT_REVOKED',
      revocation: { status: 'good', asOf: daysFrom(-3) },
    });
  });

  test('hides that it was revoked before', () => {
    expect(validate(lists(revoke(old)), change).subIndication).toBe('REVOKED_NO_POE');
  });

  test('is looked up although nobody asked, or although it is not valid yet', () => {
    const off = { ...change, revocation: 'off' } as const;
    expect(validate(lists(revoke(old)), off)).toMatchObject({
      subIndication: 'OUT_OF_BOUNDS_NO_POE',
      revocation: { status: 'not-checked' },
    });
    expect(validate(lists(revoke(old)), { ...change, at: daysFrom(-101) }).subIndication).toBe('OUT_OF_BOUNDS_NO_POE');
  });
});

test('the newest of two lists does not decide', () => {
  const older = list(sub, [revoke(leaf, -10, 6)], { thisUpdate: daysFrom(-3), number: 1 });
  const newer = list(sub, [], { thisUpdate: daysFrom(-1), number: 2 });
  expect(validate([list(root), older, newer], { at: AT }).indication).toBe('TOTAL_PASSED');
});

/** issuingDistributionPoint with one of its flags. */
function scope(flag: number): Buffer {
  return extension(OID.issuingDistributionPoint, true, sequence(contextPrimitive(flag, Buffer.from([0xff]))));
}

/** keyCompromise only. */
function reasonScope(): Buffer {
  return extension(OID.issuingDistributionPoint, true, sequence(tlv(0x83, Buffer.from([0x06, 0x40]))));
}

function deltaOf(baseNumber: number): Buffer {
  return extension(OID.deltaCRLIndicator, true, integer(baseNumber));
}
