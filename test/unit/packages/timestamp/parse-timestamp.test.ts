import { describe, expect, test } from 'vitest';
import { OID } from '../../../../electron/packages/cms/oids.ts';
import {
  parseTimestampResponse,
  parseTimestampToken,
  readTimestamp,
} from '../../../../electron/packages/timestamp/parse-timestamp.ts';
import { buildTimestampRequest } from '../../../../electron/packages/timestamp/timestamp-request.ts';
import { readTstInfo } from '../../../../electron/packages/timestamp/tst-info.ts';
import { writePem } from '../../../../electron/pki/pem.ts';
import { hasCode } from '../../../../shared/errors.ts';
import {
  type CraftedToken,
  craftResponse,
  craftToken,
  craftTstInfo,
  makeTsa,
  sha256,
} from '../../../fixtures/craft-timestamp.ts';
import { AT, makeCa } from '../../../fixtures/pki-material.ts';

const signer = makeTsa(makeCa('root'));
const digest = sha256('content');
const good: CraftedToken = { digest, genTime: AT, signer };
const thrown = (read: () => unknown): unknown => {
  try {
    return read();
  } catch (error) {
    return error;
  }
};

describe('TSTInfo', () => {
  test('a field is lost or read as another', () => {
    const nonce = Buffer.from('ff01020304050607', 'hex');
    const info = readTstInfo(
      craftTstInfo({ ...good, nonce, ordering: true, accuracy: { seconds: 2, millis: 5, micros: 250 } }),
    );
    expect(info).toMatchObject({
      policy: '1.3.6.1.4.1.99999.1',
      genTime: AT,
      accuracy: 2005.25,
      ordering: true,
      nonce: Buffer.concat([Buffer.from([0]), nonce]),
      tsa: null,
    });
    expect(info.imprint.digest).toEqual(digest);
    expect(readTstInfo(craftTstInfo(good))).toMatchObject({ accuracy: null, ordering: false, nonce: null });
  });

  test.each([
    ['20260601120000Z', '2026-06-01T12:00:00.000Z'],
    ['20260601120000.5Z', '2026-06-01T12:00:00.500Z'],
    ['20260601120000.123456Z', '2026-06-01T12:00:00.123Z'],
  ])('genTime %s is refused or read wrongly', (genTimeText, expected) => {
    expect(readTstInfo(craftTstInfo({ ...good, genTimeText })).genTime.toISOString()).toBe(expected);
  });

  test.each([
    '20260601120000',
    '20260601120000.Z',
    '20260601120000.50Z',
    '202606011200Z',
    '20260631120000Z',
    '20260601120000+0800',
  ])('genTime %s is accepted', (genTimeText) => {
    expect(() => readTstInfo(craftTstInfo({ ...good, genTimeText }))).toThrow('bad genTime');
  });

  test.each([{ millis: 0 }, { millis: 1000 }, { micros: 1000 }])('accuracy %j is accepted', (accuracy) => {
    expect(() => readTstInfo(craftTstInfo({ ...good, accuracy }))).toThrow('out of range');
  });
});

describe('tokens', () => {
  test('DER or PEM is refused', () => {
    const der = craftToken(good);
    for (const bytes of [der, Buffer.from(writePem('PKCS7', der))]) {
      expect(parseTimestampToken(bytes).info.genTime).toEqual(AT);
    }
  });

  test.each<[string, Partial<CraftedToken>]>([
    ['two signatures', { signatures: 2 }],
    ['no signature', { signatures: 0 }],
    ['content of another type', { contentType: OID.data }],
  ])('a token with %s is accepted', (_, change) => {
    expect(
      hasCode(
        thrown(() => parseTimestampToken(craftToken({ ...good, ...change }))),
        'TIMESTAMP_MALFORMED',
      ),
    ).toBe(true);
  });

  test('what is no SignedData, or over 1 MiB, has another code', () => {
    for (const bytes of [Buffer.alloc(0), Buffer.from('3000', 'hex'), Buffer.alloc(2 ** 20 + 1, 0x30)]) {
      expect(
        hasCode(
          thrown(() => parseTimestampToken(bytes)),
          'TIMESTAMP_MALFORMED',
        ),
      ).toBe(true);
    }
  });
});

describe('responses', () => {
  const token = craftToken(good);

  test('a granted one loses its token', () => {
    expect(parseTimestampResponse(craftResponse({ status: 0, token })).token?.bytes).toEqual(token);
    expect(parseTimestampResponse(craftResponse({ status: 1, token })).status).toBe('grantedWithMods');
    expect(readTimestamp(craftResponse({ status: 0, token })).bytes).toEqual(token);
    expect(readTimestamp(token).bytes).toEqual(token);
  });

  test('a refusal loses its reason', () => {
    const response = craftResponse({ status: 2, text: '时间不可用', failInfo: Buffer.from([1, 0x80, 0x02]) });
    expect(parseTimestampResponse(response)).toEqual({
      status: 'rejection',
      statusText: '时间不可用',
      failures: ['badAlg', 'timeNotAvailable'],
      token: null,
    });
    expect(thrown(() => readTimestamp(response))).toMatchObject({
      code: 'TIMESTAMP_REFUSED',
      params: { status: 'rejection' },
    });
  });

  test.each([
    ['granted without a token', { status: 0 }],
    ['a refusal with a token', { status: 2, token }],
    ['of an unknown status', { status: 9 }],
  ])('one that is %s is accepted', (_, recipe) => {
    expect(
      hasCode(
        thrown(() => parseTimestampResponse(craftResponse(recipe))),
        'TIMESTAMP_MALFORMED',
      ),
    ).toBe(true);
  });
});

describe('requests', () => {
  const nonce = Buffer.alloc(8, 0xff);

  test('a short nonce, or a digest that is none, is sent', () => {
    expect(() => buildTimestampRequest({ digest, nonce: Buffer.alloc(7) })).toThrow(RangeError);
    expect(() => buildTimestampRequest({ digest: Buffer.alloc(20), nonce })).toThrow(RangeError);
  });

  test('defaults are encoded', () => {
    const certReq = '0101ff';
    expect(buildTimestampRequest({ digest, nonce }).toString('hex')).toMatch(new RegExp(`${certReq}$`));
    expect(buildTimestampRequest({ digest, nonce, certReq: false }).toString('hex')).toMatch(/020900ffffffffffffffff$/);
  });
});
