import { describe, expect, test } from 'vitest';
import { nullValue } from '../../../../electron/pki/asn1/der-writer.ts';
import type { Certificate } from '../../../../electron/pki/certificate.ts';
import { issueCrl, type Revocation } from '../../../../electron/pki/issue/issue-crl.ts';
import { extendedKeyUsageExtension, extension } from '../../../../electron/pki/issue/write-extensions.ts';
import type { OcspResponse } from '../../../../electron/pki/ocsp/parse-ocsp-response.ts';
import { OID } from '../../../../electron/pki/oids.ts';
import type { PathRequest } from '../../../../electron/pki/path/path-types.ts';
import { validatePath } from '../../../../electron/pki/path/validate-path.ts';
import {
  type CraftedAnswer,
  type CraftedOcsp,
  craftOcsp,
  generalizedTime,
} from '../../../fixtures/craft-ocsp-response.ts';
import { daysFrom, type Made, makeCa, makeLeaf, pathRequest } from '../../../fixtures/pki-material.ts';

const root = makeCa('root');
const leaf = makeLeaf('leaf', { issuer: root });
const NO_CHECK = extension('1.3.6.1.5.5.7.48.1.5', false, nullValue());
const PURPOSE = extendedKeyUsageExtension([OID.ocspSigning]);
const responder = makeResponder(PURPOSE, NO_CHECK);

function makeResponder(...extensions: readonly Buffer[]): Made {
  return makeLeaf('responder', { issuer: root, usages: ['digitalSignature'], extensions });
}

function answer(status: CraftedAnswer['status'], change: Partial<CraftedAnswer & CraftedOcsp> = {}): OcspResponse {
  const one = { certificate: leaf.certificate, issuer: root.certificate, status, ...change };
  return craftOcsp({ answers: [one], signer: root, producedAt: change.thisUpdate ?? daysFrom(-1), ...change });
}

const by = (signer: Made, status: CraftedAnswer['status'] = 'good', change: Partial<CraftedAnswer> = {}) =>
  answer(status, { signer, certificates: [signer.certificate], ...change });

const revoked = (days: number, reason = 1) => ({ revokedAt: daysFrom(days), reason });

function list(number: number, entries: readonly Revocation[], thisUpdate = daysFrom(-1)) {
  return issueCrl({ thisUpdate, nextUpdate: daysFrom(6), number, revoked: entries }, root);
}

function entry({ serial }: Certificate, reason: Revocation['reason'] = 1): Revocation {
  return { serial, revokedAt: daysFrom(-10), ...(reason === undefined ? {} : { reason }) };
}

function validate(ocsps: readonly OcspResponse[], change: Partial<PathRequest> = {}) {
  return validatePath(pathRequest(leaf.certificate, root.certificate, { ocsps, revocation: 'require', ...change }));
}

describe('answers of the issuer itself', () => {
  test('good does not pass, or does not say who said so and as of when', () => {
    expect(validate([answer('good')])).toMatchObject({
      indication: 'TOTAL_PASSED',
      revocation: { status: 'good', source: `OCSP ${root.certificate.subjectText}`, asOf: daysFrom(-1) },
    });
  });

  test('a responder named by its key is not found', () => {
    expect(validate([answer('good', { byKey: true })]).indication).toBe('TOTAL_PASSED');
  });

  test('revoked passes', () => {
    expect(validate([answer(revoked(-10))])).toMatchObject({
      subIndication: 'REVOKED_NO_POE',
      revocation: { status: 'revoked', revokedAt: daysFrom(-10), reason: 'keyCompromise' },
    });
  });

  test('unknown counts as revoked, as good, or as silence', () => {
    const verdict = validate([answer('unknown')]);
    expect(verdict).toMatchObject({ subIndication: 'TRY_LATER', revocation: { status: 'unknown' } });
    expect(verdict.revocation.source).toBe(`OCSP ${root.certificate.subjectText}`);
    expect(validate([]).revocation).toMatchObject({ status: 'unknown', source: null });
  });

  test.each([
    ['a good one is lost', 'good', 'good'],
    ['a revoked one is lost', revoked(-10), 'revoked'],
  ] as const)('beside an unknown one %s', (_, status, expected) => {
    expect(validate([answer('unknown'), answer(status)]).revocation.status).toBe(expected);
    expect(validate([answer(status), answer('unknown')]).revocation.status).toBe(expected);
  });

  test('an answer about another certificate counts', () => {
    const other = makeLeaf('other', { issuer: root });
    expect(validate([answer('good', { certificate: other.certificate })]).subIndication).toBe('TRY_LATER');
  });

  test('an answer about the same serial of a namesake CA counts', () => {
    const namesake = makeCa('root');
    expect(validate([answer('good', { issuer: namesake.certificate, signer: namesake })]).subIndication).toBe(
      'TRY_LATER',
    );
  });

  test('an answer of the CA itself about the same serial of a namesake counts', () => {
    expect(validate([answer('good', { issuer: makeCa('root').certificate })]).subIndication).toBe('TRY_LATER');
  });

  test('an answer with a critical extension that nobody knows counts', () => {
    const odd = (critical: boolean) => [extension('1.3.6.1.4.1.99999.1', critical, nullValue())];
    expect(validate([answer('good', { extensions: odd(true) })]).subIndication).toBe('TRY_LATER');
    expect(validate([answer('good', { extensions: odd(false) })]).indication).toBe('TOTAL_PASSED');
  });

  test('an answer with a signature of another key counts, or is passed over in silence', () => {
    const verdict = validate([answer('good', { signer: { certificate: root.certificate, key: leaf.key } })]);
    expect(verdict.subIndication).toBe('TRY_LATER');
    expect(verdict.checks).toContainEqual({
      id: 'ocsp',
      ok: null,
      detail: `${leaf.certificate.subjectText}: signature-invalid`,
    });
  });

  test('off looks at answers', () => {
    expect(validate([answer(revoked(-10))], { revocation: 'off' }).revocation.status).toBe('not-checked');
  });
});

describe('time', () => {
  test.each([
    ['a stale one', { thisUpdate: daysFrom(-9), nextUpdate: daysFrom(-2) }, 'TRY_LATER'],
    ['one that ended within the skew of clocks is refused, which', { nextUpdate: daysFrom(-1 / 1440) }, null],
    ['one without an end, older than a day,', { thisUpdate: daysFrom(-2), nextUpdate: null }, 'TRY_LATER'],
    ['one without an end from just now is refused, which', { thisUpdate: daysFrom(-0.1), nextUpdate: null }, null],
    ['one from later is refused, which', { thisUpdate: daysFrom(20), nextUpdate: daysFrom(27) }, null],
    ['one from after the certificate expired', { thisUpdate: daysFrom(101), nextUpdate: daysFrom(108) }, 'TRY_LATER'],
  ])('%s counts', (_, times, expected) => {
    expect(validate([answer('good', times)]).subIndication).toBe(expected);
  });

  test('a responder that remembers expired certificates is not heard', () => {
    const cutoff = (days: number) => extension('1.3.6.1.5.5.7.48.1.6', false, generalizedTime(daysFrom(days)));
    const late = { thisUpdate: daysFrom(101), nextUpdate: daysFrom(108) };
    expect(validate([answer('good', { ...late, extensions: [cutoff(99)] })]).indication).toBe('TOTAL_PASSED');
    expect(validate([answer('good', { ...late, extensions: [cutoff(101)] })]).subIndication).toBe('TRY_LATER');
  });

  const later = { thisUpdate: daysFrom(20), nextUpdate: daysFrom(27) };

  test('revoked after the moment in question counts against it, or before it does not', () => {
    expect(validate([answer(revoked(10), later)]).indication).toBe('TOTAL_PASSED');
    expect(validate([answer(revoked(-10), later)]).subIndication).toBe('REVOKED_NO_POE');
    expect(validate([answer(revoked(10))]).subIndication).toBe('REVOKED_NO_POE');
  });

  test('a key in other hands before the moment in question counts as good', () => {
    const invalidity = extension(OID.invalidityDate, false, generalizedTime(daysFrom(-5)));
    expect(validate([answer(revoked(10), { ...later, extensions: [invalidity] })]).subIndication).toBe(
      'REVOKED_NO_POE',
    );
  });
});

describe('several sources', () => {
  test('of two good ones the older is reported', () => {
    const fresh = answer('good', { thisUpdate: daysFrom(-0.5) });
    for (const ocsps of [
      [answer('good'), fresh],
      [fresh, answer('good')],
    ]) {
      expect(validate(ocsps, { crls: [list(1, [])] }).revocation.asOf).toEqual(daysFrom(-0.5));
    }
  });

  test('a newer good one hides a revocation by the list, or an older one one by the responder', () => {
    const fresh = answer('good', { thisUpdate: daysFrom(-0.5) });
    expect(validate([fresh], { crls: [list(1, [entry(leaf.certificate)])] }).subIndication).toBe('REVOKED_NO_POE');
    expect(validate([answer(revoked(-10))], { crls: [list(1, [])] }).subIndication).toBe('REVOKED_NO_POE');
  });

  test('a hold that was lifted stands, or one is lifted by an older answer', () => {
    const held = list(1, [entry(leaf.certificate, 6)]);
    expect(validate([answer('good', { thisUpdate: daysFrom(-0.5) })], { crls: [held] }).indication).toBe(
      'TOTAL_PASSED',
    );
    expect(validate([answer('good', { thisUpdate: daysFrom(-2) })], { crls: [held] }).subIndication).toBe('TRY_LATER');
  });

  test('a list for the CA and an answer for the leaf do not do together', () => {
    const sub = makeCa('sub', { issuer: root });
    const { certificate } = makeLeaf('leaf', { issuer: sub });
    const ocsp = craftOcsp({ answers: [{ certificate, issuer: sub.certificate, status: 'good' }], signer: sub });
    const change = { leaf: certificate, untrusted: [sub.certificate] };
    expect(validate([ocsp], { ...change, crls: [list(1, [])] }).indication).toBe('TOTAL_PASSED');
    expect(validate([ocsp], change).subIndication).toBe('TRY_LATER');
  });
});

describe('delegated responders', () => {
  test('one with nocheck is refused, or the answer must bring its certificate', () => {
    expect(validate([by(responder)])).toMatchObject({
      indication: 'TOTAL_PASSED',
      revocation: { source: `OCSP ${responder.certificate.subjectText}` },
    });
    const bare = answer('good', { signer: responder });
    expect(validate([bare]).subIndication).toBe('TRY_LATER');
    expect(validate([bare], { untrusted: [responder.certificate] }).indication).toBe('TOTAL_PASSED');
  });

  test.each([
    ['without the purpose', makeResponder(NO_CHECK)],
    ['with any purpose', makeResponder(NO_CHECK, extendedKeyUsageExtension([OID.anyExtendedKeyUsage]))],
    [
      'with an unknown critical extension',
      makeResponder(PURPOSE, NO_CHECK, extension('1.3.6.1.4.1.99999.1', true, nullValue())),
    ],
    [
      'whose key may only encrypt',
      makeLeaf('responder', { issuer: root, usages: ['keyEncipherment'], extensions: [PURPOSE, NO_CHECK] }),
    ],
    ['of another CA', makeLeaf('responder', { issuer: makeCa('other'), extensions: [PURPOSE, NO_CHECK] })],
    [
      'that has expired',
      makeLeaf('responder', { issuer: root, extensions: [PURPOSE, NO_CHECK], notAfter: daysFrom(-0.1) }),
    ],
  ])('one %s is believed', (_, signer) => {
    expect(validate([by(signer)]).subIndication).toBe('TRY_LATER');
  });

  test('one that had expired when it spoke is believed, or one that was in order then is not', () => {
    const later = { thisUpdate: daysFrom(20), nextUpdate: daysFrom(27), producedAt: daysFrom(20) };
    const made = (from: number, to: number) =>
      makeLeaf('responder', {
        issuer: root,
        extensions: [PURPOSE, NO_CHECK],
        notBefore: daysFrom(from),
        notAfter: daysFrom(to),
      });
    expect(validate([by(made(-100, 10), 'good', later)]).subIndication).toBe('TRY_LATER');
    expect(validate([by(made(15, 30), 'good', later)]).indication).toBe('TOTAL_PASSED');
  });

  describe('without nocheck', () => {
    const checked = makeResponder(PURPOSE);

    test('one whose status nobody tells is believed, or soft asks for it', () => {
      expect(validate([by(checked)]).subIndication).toBe('TRY_LATER');
      expect(validate([by(checked)], { revocation: 'soft' }).revocation.status).toBe('good');
    });

    test('one that a list has as good is refused', () => {
      const older = list(1, [entry(leaf.certificate, 6)], daysFrom(-3));
      expect(validate([by(checked)], { crls: [older] }).indication).toBe('TOTAL_PASSED');
    });

    test('a revoked one is believed', () => {
      // with the answer believed, the hold of the leaf would be lifted
      const crls = [list(1, [entry(checked.certificate), entry(leaf.certificate, 6)], daysFrom(-3))];
      expect(validate([by(checked)], { crls }).subIndication).toBe('TRY_LATER');
    });

    test('one that vouches for itself is believed', () => {
      const answers = [leaf, checked].map(({ certificate }) => ({
        certificate,
        issuer: root.certificate,
        status: 'good' as const,
      }));
      const both = craftOcsp({ answers, signer: checked, certificates: [checked.certificate] });
      expect(validate([both]).subIndication).toBe('TRY_LATER');
    });

    test('two that vouch for each other are believed', () => {
      const other = makeLeaf('other responder', { issuer: root, extensions: [PURPOSE] });
      const about = ({ certificate }: Made) => ({ certificate });
      const ring = [by(checked), by(other, 'good', about(checked)), by(checked, 'good', about(other))];
      expect(validate(ring).subIndication).toBe('TRY_LATER');
    });
  });

  test('many answers with bad signatures are all checked', () => {
    const forged = { certificate: root.certificate, key: leaf.key };
    const many = Array.from({ length: 1200 }, () => answer('good', { signer: forged }));
    const verdict = validate([...many.slice(0, 1200), answer('good')]);
    expect(verdict.subIndication).toBe('CERTIFICATE_CHAIN_GENERAL_FAILURE');
  });
});
