import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  buildAuthEnvelopedHeader,
  buildAuthEnvelopedTrailer,
} from '../../../../electron/packages/cms/build-auth-enveloped-header.ts';
import { parseEnvelopedHeader } from '../../../../electron/packages/cms/parse-enveloped-header.ts';
import { recipientIdsOf } from '../../../../electron/packages/cms/recipient-info.ts';
import { children, cursor, readElement, readOnly } from '../../../../electron/pki/asn1/der-reader.ts';
import type { Certificate } from '../../../../electron/pki/certificate.ts';
import { LIMITS } from '../../../../shared/limits.ts';
import { cmsPair, sealContent } from '../../../fixtures/cms-material.ts';

const cek = randomBytes(32);
const nonce = randomBytes(12);
const p256 = cmsPair('p256').certificate;
const recipients = [p256, cmsPair('rsa3072').certificate, cmsPair('p384').certificate, cmsPair('p521').certificate];

const build = (contentLength: number, to: readonly Certificate[] = [p256]) =>
  buildAuthEnvelopedHeader({ recipients: to, cek, nonce, contentLength });

describe('buildAuthEnvelopedHeader', () => {
  test.each([0, 1, 127, 128, 255, 256, 65_535, 65_536])(
    'with %i bytes of content and the trailer it is one DER element, members in strict DER too',
    (length) => {
      const { message } = sealContent(Buffer.alloc(length), recipients);
      const contentInfo = cursor(readOnly(message, 0x30));
      contentInfo.next(0x06);
      const explicit = contentInfo.next(0xa0);
      contentInfo.end();
      const [version, recipientInfos, encryptedContentInfo, mac] = children(readOnly(explicit.value, 0x30));
      expect(version?.value.toString('hex')).toBe('00');
      expect(recipientInfos?.tag).toBe(0x31);
      expect(children(encryptedContentInfo ?? readElement(message)).at(-1)?.value.length).toBe(length);
      expect(mac?.value.length).toBe(16);
    },
  );

  test('names recipients by subjectKeyIdentifier alone: no name of a certificate stands in it', () => {
    const header = parseEnvelopedHeader(build(100, recipients));
    if (header === 'more') throw new Error('cut short');
    const ids = header.recipients.flatMap(recipientIdsOf);
    expect(ids.every(({ kind }) => kind === 'subject-key-identifier')).toBe(true);
    expect(build(100, recipients).includes(p256.subject)).toBe(false);
    expect(header.encryption).toMatchObject({ mode: 'gcm', cipher: 'aes-256-gcm', tagLength: 16, nonce });
    expect(header.content).toEqual({ segmented: false, length: 100 });
  });

  test('RecipientInfos stand in the order of DER, whatever the order they were given in', () => {
    const header = build(1, recipients);
    const set = header.subarray(header.indexOf(0x31));
    const encodings = children(readElement(set)).map(({ raw }) => raw);
    expect(encodings).toEqual([...encodings].sort(Buffer.compare));
    expect(encodings).toHaveLength(4);
  });

  test('every call takes a fresh ephemeral key', () => {
    expect(build(1).equals(build(1))).toBe(false);
  });

  test('64 GiB less 32 bytes is the most that one GCM invocation takes', () => {
    expect(parseEnvelopedHeader(build(LIMITS.container))).toMatchObject({ content: { length: LIMITS.container } });
    expect(() => build(LIMITS.container + 1)).toThrow(expect.objectContaining({ code: 'PACKAGE_LIMIT_EXCEEDED' }));
    expect(() => build(-1)).toThrow(expect.objectContaining({ code: 'PACKAGE_LIMIT_EXCEEDED' }));
  });

  test('64 recipients, not 65 and not none', () => {
    const many = (count: number) => Array.from({ length: count }, () => p256);
    const header = parseEnvelopedHeader(build(1, many(64)));
    expect(header === 'more' ? 0 : header.recipients.length).toBe(64);
    expect(() => build(1, many(65))).toThrow(expect.objectContaining({ code: 'PACKAGE_LIMIT_EXCEEDED' }));
    expect(() => build(1, [])).toThrow(expect.objectContaining({ code: 'PACKAGE_LIMIT_EXCEEDED' }));
  });

  test('a key that cannot receive is refused by the name of its algorithm', () => {
    const signer = cmsPair('ed25519', 'sign').certificate;
    expect(() => build(1, [signer])).toThrow(
      expect.objectContaining({ code: 'RECIPIENT_REFUSED', params: expect.objectContaining({ algorithm: 'ed25519' }) }),
    );
  });

  test('a key or nonce of another length is a mistake of the caller', () => {
    const short = { recipients: [p256], cek: cek.subarray(16), nonce, contentLength: 1 };
    expect(() => buildAuthEnvelopedHeader(short)).toThrow(RangeError);
    expect(() => buildAuthEnvelopedHeader({ ...short, cek, nonce: Buffer.alloc(16) })).toThrow(RangeError);
    expect(() => buildAuthEnvelopedTrailer(Buffer.alloc(12))).toThrow(RangeError);
  });
});
