import { describe, expect, test } from 'vitest';
import { OID } from '../../../../electron/packages/cms/oids.ts';
import {
  type EnvelopedHeader,
  parseEnvelopedHeader,
} from '../../../../electron/packages/cms/parse-enveloped-header.ts';
import {
  context,
  contextPrimitive,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
  tlv,
} from '../../../../electron/pki/asn1/der-writer.ts';
import { cmsPair, sealContent } from '../../../fixtures/cms-material.ts';
import { writeBer } from '../../../fixtures/write-ber.ts';

const content = Buffer.from('某某律师事务所申请异地阅卷');
const recipients = [cmsPair('p256').certificate, cmsPair('p384').certificate];
const { message, headerLength } = sealContent(content, recipients);

function parse(bytes: Buffer): EnvelopedHeader {
  const header = parseEnvelopedHeader(bytes);
  if (header === 'more') throw new Error('cut short');
  return header;
}

const codeOf = (bytes: Buffer): unknown => {
  try {
    return parseEnvelopedHeader(bytes);
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

interface Parts {
  readonly type?: string;
  readonly recipientInfos?: readonly Buffer[];
  readonly algorithm?: Buffer;
  readonly originatorInfo?: readonly Buffer[];
}

const keyTransport = sequence(
  integer(2),
  contextPrimitive(0, Buffer.alloc(20)),
  sequence(objectIdentifier(OID.rsaesOaep), sequence()),
  octetString(Buffer.alloc(256)),
);
const gcm = (parameters: Buffer) => sequence(objectIdentifier(OID.aes256Gcm), parameters);
const gcmParameters = (nonce: number, icvLength?: number) =>
  sequence(octetString(Buffer.alloc(nonce, 1)), ...(icvLength === undefined ? [] : [integer(icvLength)]));

/** A message made by hand, so that each part can be wrong on its own. */
function forge({
  type = OID.authEnvelopedData,
  recipientInfos = [keyTransport],
  algorithm = gcm(gcmParameters(12, 16)),
  originatorInfo = [],
}: Parts): Buffer {
  const encryptedContentInfo = sequence(objectIdentifier(OID.data), algorithm, contextPrimitive(0, Buffer.alloc(32)));
  const mac = type === OID.authEnvelopedData ? [octetString(Buffer.alloc(16))] : [];
  const data = sequence(integer(0), ...originatorInfo, setOf(...recipientInfos), encryptedContentInfo, ...mac);
  return sequence(objectIdentifier(type), context(0, data));
}

describe('parseEnvelopedHeader, however it is written', () => {
  test.each([
    ['definite', message],
    ['indefinite at every level', writeBer(message)],
    ['segments of one byte', writeBer(message, { segment: 1, lengthPadding: 0 })],
    ['lengths longer than needed', writeBer(message, { segment: 0, lengthPadding: 3 })],
  ])('%s: the same recipients and algorithm', (_title, bytes) => {
    const { recipients: found, encryption, contentType, kind } = parse(bytes);
    const expected = parse(message);
    expect({ found, encryption, contentType, kind }).toEqual({
      found: expected.recipients,
      encryption: expected.encryption,
      contentType: OID.data,
      kind: 'auth-enveloped',
    });
  });

  test.each([
    ['definite', message, headerLength],
    ['indefinite', writeBer(message), parse(writeBer(message)).contentOffset],
  ])('%s: every prefix up to the content asks for more, and the header is enough', (_title, bytes, length) => {
    for (let end = 0; end < length; end++) expect(parseEnvelopedHeader(bytes.subarray(0, end))).toBe('more');
    expect(parse(bytes.subarray(0, length)).contentOffset).toBe(length);
  });

  test('originatorInfo is passed over', () => {
    const header = parse(forge({ originatorInfo: [context(0, context(0, sequence()))] }));
    expect(header.recipients).toHaveLength(1);
  });

  test('kinds of recipients that hold no certificate key are named and passed over', () => {
    const others = [
      tlv(0xa2, integer(4)),
      tlv(0xa3, integer(0)),
      tlv(0xa4, objectIdentifier('1.2.840.113549.1.9.16.13.3'), sequence()),
      tlv(0xa7, integer(1)),
    ];
    expect(parse(forge({ recipientInfos: [...others, keyTransport] })).recipients).toMatchObject([
      { kind: 'key-transport' },
      { kind: 'other', type: 'key-encryption-key' },
      { kind: 'other', type: 'password' },
      { kind: 'other', type: 'other', oid: '1.2.840.113549.1.9.16.13.3' },
      { kind: 'other', type: 'unknown' },
    ]);
  });
});

describe('parseEnvelopedHeader, GCM parameters', () => {
  test.each([
    ['ICVlen left out means 12', 12, undefined, 12],
    ['13', 12, 13, 13],
    ['16', 12, 16, 16],
    ['a nonce of 16', 16, 16, 16],
  ])('%s', (_title, nonce, icvLength, tagLength) => {
    const { encryption } = parse(forge({ algorithm: gcm(gcmParameters(nonce, icvLength)) }));
    expect(encryption).toMatchObject({ mode: 'gcm', tagLength, nonce: Buffer.alloc(nonce, 1) });
  });

  test.each([
    ['a tag of 8 bytes can be forged', gcmParameters(12, 8)],
    ['a tag of 4 bytes', gcmParameters(12, 4)],
    ['a tag of 17 bytes', gcmParameters(12, 17)],
    ['no nonce', gcmParameters(0, 16)],
    ['no parameters', Buffer.alloc(0)],
    ['something behind them', sequence(octetString(Buffer.alloc(12)), integer(16), integer(1))],
  ])('%s: refused', (_title, parameters) => {
    expect(codeOf(forge({ algorithm: gcm(parameters) }))).toBe('PACKAGE_MALFORMED');
  });
});

describe('parseEnvelopedHeader refuses', () => {
  const iv = octetString(Buffer.alloc(16));
  const cbc = sequence(objectIdentifier(OID.aes256Cbc), iv);

  test.each([
    ['CBC under AuthEnvelopedData (RFC 9709)', { algorithm: cbc }],
    ['GCM under EnvelopedData', { type: OID.envelopedData }],
    ['SM4, by its name', { algorithm: sequence(objectIdentifier('1.2.156.10197.1.104.2'), iv) }],
    ['SignedData', { type: OID.signedData }],
    ['the envelope of GM/T 0010', { type: '1.2.156.10197.6.1.4.2.3' }],
  ])('%s', (_title, parts) => {
    expect(codeOf(forge(parts))).toBe('PACKAGE_ALGORITHM_REFUSED');
  });

  test.each([
    [
      'an IV of another length',
      forge({
        type: OID.envelopedData,
        algorithm: sequence(objectIdentifier(OID.aes256Cbc), octetString(Buffer.alloc(8))),
      }),
    ],
    ['no recipients', forge({ recipientInfos: [] })],
    ['a recipient that is no sequence of its kind', forge({ recipientInfos: [sequence(integer(0))] })],
    ['a file that is something else', Buffer.from('%PDF-1.7 and so on, long enough to be looked at')],
    ['zeros', Buffer.alloc(100)],
    [
      'a member that passes its parent',
      Buffer.from('30800609608648016503040101a0053080020100', 'hex').fill(0x31, 2, 3),
    ],
  ])('%s', (_title, bytes) => {
    expect(codeOf(bytes)).toBe('PACKAGE_MALFORMED');
  });

  test('65 recipients', () => {
    const recipientInfos = Array.from({ length: 65 }, () => keyTransport);
    expect(codeOf(forge({ recipientInfos }))).toBe('PACKAGE_LIMIT_EXCEEDED');
    expect(parse(forge({ recipientInfos: recipientInfos.slice(1) })).recipients).toHaveLength(64);
  });

  test('65 keys in one key agreement', () => {
    const encryptedKeys = Array.from({ length: 65 }, () =>
      sequence(context(0, octetString(Buffer.alloc(20))), octetString(Buffer.alloc(40))),
    );
    const originator = context(0, context(1, sequence(objectIdentifier(OID.ecPublicKey)), tlv(0x03, Buffer.alloc(66))));
    const agreement = (keys: readonly Buffer[]) =>
      context(1, integer(3), originator, sequence(objectIdentifier(OID.stdDhSha256Kdf)), sequence(...keys));
    expect(codeOf(forge({ recipientInfos: [agreement(encryptedKeys)] }))).toBe('PACKAGE_LIMIT_EXCEEDED');
    expect(parse(forge({ recipientInfos: [agreement(encryptedKeys.slice(1))] })).recipients).toHaveLength(1);
  });

  test('an element that says it is larger than 1 MiB, without waiting for it', () => {
    const huge = Buffer.concat([forge({}).subarray(0, 24), Buffer.from('3184 7fffffff'.replace(' ', ''), 'hex')]);
    const start = Buffer.from('3080060b2a864886f70d0109100117a0803080020100', 'hex');
    expect(codeOf(Buffer.concat([start, huge.subarray(-6)]))).toBe('PACKAGE_LIMIT_EXCEEDED');
  });

  test('a header that goes on for 1 MiB', () => {
    const start = Buffer.from('3080060b2a864886f70d0109100117a08030800201003180', 'hex');
    const endless = Buffer.concat([start, ...Array.from({ length: 1100 }, () => tlv(0xa7, Buffer.alloc(1024)))]);
    expect(parseEnvelopedHeader(endless.subarray(0, 500_000))).toBe('more');
    expect(codeOf(endless)).toBe('PACKAGE_LIMIT_EXCEEDED');
  });
});
