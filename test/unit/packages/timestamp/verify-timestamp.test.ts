import { describe, expect, test } from 'vitest';
import { OID } from '../../../../electron/packages/cms/oids.ts';
import { bufferContent, digestedContent } from '../../../../electron/packages/cms/signed-content.ts';
import { parseTimestampToken } from '../../../../electron/packages/timestamp/parse-timestamp.ts';
import { type TimestampInput, verifyTimestamp } from '../../../../electron/packages/timestamp/verify-timestamp.ts';
import { context, contextPrimitive, nullValue } from '../../../../electron/pki/asn1/der-writer.ts';
import { issueCrl, type RevocationReason } from '../../../../electron/pki/issue/issue-crl.ts';
import {
  dnsName,
  extendedKeyUsageExtension,
  extension,
  subjectAltNameExtension,
} from '../../../../electron/pki/issue/write-extensions.ts';
import { type CraftedToken, craftToken, makeTsa, sha256 } from '../../../fixtures/craft-timestamp.ts';
import { AT, daysFrom, type Made, makeCa } from '../../../fixtures/pki-material.ts';

const root = makeCa('root');
const tsa = makeTsa(root);
const PURPOSE = extendedKeyUsageExtension([OID.timeStamping], true);
const content = bufferContent(Buffer.from('content'));
const list = issueCrl({ thisUpdate: daysFrom(-1), nextUpdate: daysFrom(6), number: 1, revoked: [] }, root);
const trust = { anchors: [root.certificate], crls: [list], revocation: 'require' as const };
const good: CraftedToken = { digest: sha256('content'), genTime: daysFrom(-3), signer: tsa };

function verify(change: Partial<CraftedToken> = {}, input: Partial<TimestampInput> = {}) {
  const token = parseTimestampToken(craftToken({ ...good, ...change }));
  return verifyTimestamp({ token, content, trust, at: AT, ...input });
}

test('a good token does not pass, or does not say whose it is', () => {
  expect(verify()).toMatchObject({
    indication: 'TOTAL_PASSED',
    subIndication: null,
    certificate: { sha256: tsa.certificate.sha256 },
    path: { revocation: { status: 'good' } },
  });
});

describe('imprint', () => {
  test('another content passes', () => {
    const other = bufferContent(Buffer.from('other'));
    expect(verify({}, { content: other })).toMatchObject({ indication: 'TOTAL_FAILED', subIndication: 'HASH_FAILURE' });
  });

  test('a digest that nobody computed counts as wrong', () => {
    const sha512 = digestedContent(new Map([['sha512', Buffer.alloc(64)]]));
    expect(verify({}, { content: sha512 })).toMatchObject({
      indication: 'INDETERMINATE',
      subIndication: 'SIGNED_DATA_NOT_FOUND',
    });
  });

  test('SHA-1 is relied on', () => {
    const change = { digestAlgorithm: OID.sha1, digest: content.digest('sha1') ?? Buffer.alloc(0) };
    expect(verify(change).subIndication).toBe('CRYPTO_CONSTRAINTS_FAILURE');
    expect(verify(change, { trust: { ...trust, allowLegacy: true } }).indication).toBe('TOTAL_PASSED');
  });
});

describe('answer to a question', () => {
  const nonce = Buffer.from('8001020304050607', 'hex');
  const asked = { nonce };

  test('its own nonce is refused, or another or none accepted', () => {
    expect(verify({ nonce }, { asked }).indication).toBe('TOTAL_PASSED');
    expect(verify({ nonce: Buffer.alloc(8, 1) }, { asked }).subIndication).toBe('SIG_CONSTRAINTS_FAILURE');
    expect(verify({}, { asked }).subIndication).toBe('SIG_CONSTRAINTS_FAILURE');
  });

  test('another policy than asked for is accepted', () => {
    expect(verify({ nonce }, { asked: { nonce, policy: '1.2.3' } }).subIndication).toBe('SIG_CONSTRAINTS_FAILURE');
    expect(verify({ nonce }, { asked: { nonce, policy: '1.3.6.1.4.1.99999.1' } }).indication).toBe('TOTAL_PASSED');
  });
});

describe('signature', () => {
  test('altered content passes', () => {
    const der = craftToken(good);
    const at = der.indexOf('20260529', 0, 'latin1');
    der.write('20260528', at, 'latin1');
    const verdict = verifyTimestamp({ token: parseTimestampToken(der), content, trust, at: AT });
    expect(verdict).toMatchObject({ indication: 'TOTAL_FAILED', subIndication: 'HASH_FAILURE' });
  });

  test('a key of another passes', () => {
    const forged = { certificate: tsa.certificate, key: root.key, keys: root.keys };
    expect(verify({ signer: forged })).toMatchObject({
      indication: 'TOTAL_FAILED',
      subIndication: 'SIG_CRYPTO_FAILURE',
    });
  });

  test('one that names no certificate passes', () => {
    expect(verify({ without: ['signingCertificateV2'] }).subIndication).toBe('SIG_CONSTRAINTS_FAILURE');
  });

  test('a token without its certificate passes, or is not found among those at hand', () => {
    expect(verify({ certificates: [] }).subIndication).toBe('NO_SIGNING_CERTIFICATE_FOUND');
    const untrusted = [tsa.certificate];
    expect(verify({ certificates: [] }, { trust: { ...trust, untrusted } }).indication).toBe('TOTAL_PASSED');
  });

  test('an unknown critical extension is passed over', () => {
    const critical = extension('1.3.6.1.4.1.99999.2', true, nullValue());
    const other = extension('1.3.6.1.4.1.99999.2', false, nullValue());
    expect(verify({ extensions: [critical] }).subIndication).toBe('SIG_CONSTRAINTS_FAILURE');
    expect(verify({ extensions: [other] }).indication).toBe('TOTAL_PASSED');
  });
});

describe('authority', () => {
  test.each<[string, Buffer[]]>([
    ['no purpose', []],
    ['a purpose that is not critical', [extendedKeyUsageExtension([OID.timeStamping])]],
    ['a second purpose', [extendedKeyUsageExtension([OID.timeStamping, OID.emailProtection], true)]],
    ['any purpose', [extendedKeyUsageExtension([OID.anyExtendedKeyUsage], true)]],
    ['another purpose', [extendedKeyUsageExtension([OID.emailProtection], true)]],
  ])('a certificate with %s stamps', (_, extensions) => {
    expect(verify({ signer: makeTsa(root, { extensions }) }).subIndication).toBe('CHAIN_CONSTRAINTS_FAILURE');
  });

  test('a key that may not sign stamps', () => {
    const signer = makeTsa(root, { usages: ['keyEncipherment'] });
    expect(verify({ signer }).subIndication).toBe('CHAIN_CONSTRAINTS_FAILURE');
  });

  test('one of a root that is trusted for signatures alone stamps', () => {
    const own = makeCa('stamps alone');
    const stamped = (timestampAnchors: readonly Made[]) =>
      verify({}, { trust: { ...trust, timestampAnchors: timestampAnchors.map(({ certificate }) => certificate) } });
    expect(stamped([own]).subIndication).toBe('NO_CERTIFICATE_CHAIN_FOUND');
    expect(stamped([]).subIndication).toBe('NO_CERTIFICATE_CHAIN_FOUND');
    expect(stamped([own, root]).indication).toBe('TOTAL_PASSED');
  });

  test('one of another root stamps', () => {
    expect(verify({ signer: makeTsa(makeCa('root')) }).subIndication).toBe('NO_CERTIFICATE_CHAIN_FOUND');
  });

  test('a tsa field that names another is passed over', () => {
    const named = (name: Buffer, signer: Made = tsa) => verify({ tsa: name, signer }).subIndication;
    expect(named(context(4, tsa.certificate.subject))).toBeNull();
    expect(named(context(4, root.certificate.subject))).toBe('SIG_CONSTRAINTS_FAILURE');
    const alternative = makeTsa(root, { extensions: [PURPOSE, subjectAltNameExtension([dnsName('tsa.example')])] });
    expect(named(dnsName('tsa.example'), alternative)).toBeNull();
    expect(named(contextPrimitive(6, Buffer.from('tsa.example')), alternative)).toBe('SIG_CONSTRAINTS_FAILURE');
  });

  test('an expired one proves, or none that was not yet valid when it stamped', () => {
    expect(verify({ signer: makeTsa(root, { notAfter: daysFrom(-1) }) }).subIndication).toBe(
      'OUT_OF_BOUNDS_NOT_REVOKED',
    );
    expect(verify({ signer: makeTsa(root, { notBefore: daysFrom(-2) }) }).subIndication).toBe(
      'SIG_CONSTRAINTS_FAILURE',
    );
  });

  test('a token from the future proves something now', () => {
    expect(verify({ genTime: daysFrom(1) }).subIndication).toBe('TIMESTAMP_ORDER_FAILURE');
  });

  test('without revocation data it passes', () => {
    expect(verify({}, { trust: { ...trust, crls: [] } }).subIndication).toBe('TRY_LATER');
  });

  describe('revoked', () => {
    const revoked = (days: number, reason: RevocationReason, change: Partial<CraftedToken> = {}) => {
      const entry = { serial: tsa.certificate.serial, revokedAt: daysFrom(days), reason };
      const crl = issueCrl({ thisUpdate: daysFrom(-1), nextUpdate: daysFrom(6), number: 2, revoked: [entry] }, root);
      return verify(change, { trust: { ...trust, crls: [crl] } }).subIndication;
    };

    test('half a minute after a time that is a minute wide: it may have stamped later', () => {
      const halfMinute = -3 + 30 / 86_400;
      expect(revoked(halfMinute, 4)).toBeNull();
      expect(revoked(halfMinute, 4, { accuracy: { seconds: 60 } })).toBe('REVOKED_NO_POE');
    });

    test.each([
      ['in good order after it stamped', -2, 4, null],
      ['in good order before', -4, 4, 'REVOKED_NO_POE'],
      ['in good order within its accuracy', -3, 4, 'REVOKED_NO_POE'],
      ['for a stolen key', -2, 1, 'REVOKED_NO_POE'],
      ['for no reason', -2, 0, 'REVOKED_NO_POE'],
    ] as const)('%s: the token means the opposite', (_, days, reason, expected) => {
      expect(revoked(days, reason)).toBe(expected);
    });
  });
});
