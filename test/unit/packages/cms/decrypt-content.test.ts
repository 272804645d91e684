import { createCipheriv, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type ByteSource, bufferSource } from '../../../../electron/files/bytes.ts';
import { algorithmIdentifier } from '../../../../electron/packages/cms/algorithm-identifier.ts';
import { buildRecipientInfo } from '../../../../electron/packages/cms/build-recipient-info.ts';
import { decryptContent } from '../../../../electron/packages/cms/decrypt-content.ts';
import { OID } from '../../../../electron/packages/cms/oids.ts';
import { readEnvelopedHeader } from '../../../../electron/packages/cms/read-enveloped-header.ts';
import { unwrapContentKey } from '../../../../electron/packages/cms/unwrap-content-key.ts';
import {
  context,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
} from '../../../../electron/pki/asn1/der-writer.ts';
import { assembleEnvelope, cmsPair, sealContent } from '../../../fixtures/cms-material.ts';
import { decryptToBuffer } from '../../../fixtures/decrypt-to-buffer.ts';
import { memorySink } from '../../../fixtures/memory-bytes.ts';
import { writeBer } from '../../../fixtures/write-ber.ts';

const pair = cmsPair('p256');
const cek = randomBytes(32);
const recipientInfos = [buildRecipientInfo(pair.certificate, cek)];
const content = randomBytes(1000);
const contentTypeAttribute = (type: string) =>
  sequence(objectIdentifier(OID.contentType), setOf(objectIdentifier(type)));
const anotherAttribute = sequence(objectIdentifier('1.2.3.4'), setOf(octetString(Buffer.from('x'))));

interface GcmOptions {
  readonly tagLength?: number;
  readonly nonceLength?: number;
  readonly keyLength?: 16 | 24 | 32;
  readonly contentType?: string;
  readonly authAttrs?: readonly Buffer[];
  readonly unauthAttrs?: readonly Buffer[];
  /** What the tag covers; by default what RFC 5083 says. */
  readonly additionalData?: Buffer;
}

const GCM_OIDS = { 16: OID.aes128Gcm, 24: OID.aes192Gcm, 32: OID.aes256Gcm } as const;

function gcmMessage(options: GcmOptions = {}): Buffer {
  const { tagLength = 16, nonceLength = 12, keyLength = 32, contentType = OID.data, authAttrs = [] } = options;
  const key = randomBytes(keyLength);
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv(`aes-${keyLength * 8}-gcm` as 'aes-256-gcm', key, nonce, { authTagLength: tagLength });
  if (authAttrs.length > 0) cipher.setAAD(options.additionalData ?? setOf(...authAttrs));
  const ciphertext = Buffer.concat([cipher.update(content), cipher.final()]);
  return assembleEnvelope({
    kind: 'auth-enveloped',
    recipientInfos: [buildRecipientInfo(pair.certificate, key)],
    algorithm: algorithmIdentifier(GCM_OIDS[keyLength], sequence(octetString(nonce), integer(tagLength))),
    contentType,
    ciphertext,
    trailer: [
      ...(authAttrs.length > 0 ? [context(1, ...authAttrs)] : []),
      octetString(cipher.getAuthTag()),
      ...(options.unauthAttrs === undefined ? [] : [context(2, ...options.unauthAttrs)]),
    ],
  });
}

function cbcMessage(trailer: readonly Buffer[] = [], cut = 0): Buffer {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', cek, iv);
  const ciphertext = Buffer.concat([cipher.update(content), cipher.final()]);
  return assembleEnvelope({
    kind: 'enveloped',
    recipientInfos,
    algorithm: algorithmIdentifier(OID.aes256Cbc, octetString(iv)),
    ciphertext: ciphertext.subarray(0, ciphertext.length - cut),
    trailer,
  });
}

const opens = async (message: Buffer) => (await decryptToBuffer(message, [pair]))?.content.equals(content) === true;
const code = (expected: string) => expect.objectContaining({ code: expected });

describe('decryptContent reads', () => {
  test.each([
    ['our own', sealContent(content, [pair.certificate]).message],
    ['AES-128-GCM', gcmMessage({ keyLength: 16 })],
    ['AES-192-GCM', gcmMessage({ keyLength: 24 })],
    ['a tag of 12 bytes', gcmMessage({ tagLength: 12 })],
    ['a nonce of 16 bytes', gcmMessage({ nonceLength: 16 })],
    ['authenticated attributes', gcmMessage({ authAttrs: [anotherAttribute, contentTypeAttribute(OID.data)] })],
    [
      'content of another type',
      gcmMessage({ contentType: OID.signedData, authAttrs: [contentTypeAttribute(OID.signedData)] }),
    ],
    ['unauthenticated attributes', gcmMessage({ unauthAttrs: [anotherAttribute] })],
    ['AES-256-CBC', cbcMessage()],
    ['CBC with unprotected attributes', cbcMessage([context(1, anotherAttribute)])],
  ])('%s, definite, indefinite and in segments', async (_title, message) => {
    expect(await opens(message)).toBe(true);
    expect(await opens(writeBer(message, { segment: 0, lengthPadding: 1 }))).toBe(true);
    expect(await opens(writeBer(message, { segment: 7, lengthPadding: 0 }))).toBe(true);
  });

  test('says whether a tag vouched for the content', async () => {
    expect((await decryptToBuffer(gcmMessage(), [pair]))?.authenticated).toBe(true);
    expect((await decryptToBuffer(cbcMessage(), [pair]))?.authenticated).toBe(false);
  });

  test.each([0, 1, 16])('%i bytes', async (length) => {
    const { message } = sealContent(Buffer.alloc(length, 9), [pair.certificate]);
    expect((await decryptToBuffer(message, [pair]))?.content.equals(Buffer.alloc(length, 9))).toBe(true);
  });

  test('5 MiB in definite form and in segments that straddle the reads, in chunks of about 1 MiB', async () => {
    const large = randomBytes(5 * 1024 * 1024 + 3);
    const { message } = sealContent(large, [pair.certificate]);
    for (const bytes of [message, writeBer(message, { segment: 16_381, lengthPadding: 0 })]) {
      const steps: number[] = [];
      const progress = (done: number, total: number) => steps.push(done, total);
      const opened = await decryptToBuffer(bytes, [pair], { progress });
      expect(opened?.content.equals(large)).toBe(true);
      expect(steps.at(-1)).toBe(large.length);
      expect(steps.at(-2)).toBe(large.length);
      expect(steps.length).toBeGreaterThan(8);
    }
  });

  test('a source that gives fewer bytes than asked for', async () => {
    const { message } = sealContent(content, [pair.certificate]);
    const whole = bufferSource(message);
    const slow: ByteSource = { ...whole, read: (target, position) => whole.read(target.subarray(0, 100), position) };
    const header = await readEnvelopedHeader(whole);
    const sink = memorySink();
    const unwrapped = unwrapContentKey(header, [pair]);
    await decryptContent(slow, header, unwrapped?.cek ?? Buffer.alloc(32), sink);
    expect(sink.bytes().equals(content)).toBe(true);
  });
});

describe('decryptContent refuses', () => {
  test.each([
    [
      'an authenticated attribute altered',
      gcmMessage({ authAttrs: [anotherAttribute], additionalData: setOf(contentTypeAttribute(OID.data)) }),
      'PACKAGE_TAMPERED',
    ],
    [
      'another content type that nothing authenticates',
      gcmMessage({ contentType: OID.signedData }),
      'PACKAGE_MALFORMED',
    ],
    ['attributes added to a message without', addAttributes(), 'PACKAGE_TAMPERED'],
    [
      'a content type other than the authenticated one',
      gcmMessage({ authAttrs: [contentTypeAttribute(OID.signedData)] }),
      'PACKAGE_MALFORMED',
    ],
    ['a mac longer than ICVlen', replaceMac(20), 'PACKAGE_MALFORMED'],
    ['a mac shorter than ICVlen', replaceMac(12), 'PACKAGE_MALFORMED'],
    ['no mac', replaceMac(null), 'PACKAGE_MALFORMED'],
    ['CBC that is not whole blocks', cbcMessage([], 1), 'PACKAGE_MALFORMED'],
    ['CBC without its last block', cbcMessage([], 16), 'PACKAGE_TAMPERED'],
    ['bytes behind the message', Buffer.concat([gcmMessage(), Buffer.from([0])]), 'PACKAGE_MALFORMED'],
    [
      'bytes behind an indefinite message',
      Buffer.concat([writeBer(gcmMessage()), Buffer.from([0, 0])]),
      'PACKAGE_MALFORMED',
    ],
    ['a second message behind the first', Buffer.concat([gcmMessage(), gcmMessage()]), 'PACKAGE_MALFORMED'],
    [
      '70 KB behind the message',
      Buffer.concat([writeBer(gcmMessage()), Buffer.alloc(70_000)]),
      'PACKAGE_LIMIT_EXCEEDED',
    ],
  ])('%s', async (_title, message, expected) => {
    await expect(decryptToBuffer(message, [pair])).rejects.toEqual(code(expected));
  });

  test('any segment that is not an OCTET STRING', async () => {
    const message = writeBer(gcmMessage(), { segment: 400, lengthPadding: 0 });
    const at = message.lastIndexOf(Buffer.from([0x04, 0x82, 0x01, 0x90]));
    message[at] = 0x0c;
    await expect(decryptToBuffer(message, [pair])).rejects.toEqual(code('PACKAGE_MALFORMED'));
  });

  test('to go on once cancelled', async () => {
    const { message } = sealContent(randomBytes(3 * 1024 * 1024), [pair.certificate]);
    const controller = new AbortController();
    const progress = () => controller.abort();
    await expect(decryptToBuffer(message, [pair], { signal: controller.signal, progress })).rejects.toEqual(
      code('CANCELLED'),
    );
    await expect(decryptToBuffer(message, [pair], { signal: AbortSignal.abort() })).rejects.toEqual(code('CANCELLED'));
  });

  test.each([
    ['write', 1],
    ['second write', 2],
  ])('to hide that the sink failed: %s', async (_title, failing) => {
    const { message } = sealContent(randomBytes(3 * 1024 * 1024), [pair.certificate]);
    const header = await readEnvelopedHeader(bufferSource(message));
    let writes = 0;
    const write = async () => {
      writes++;
      if (writes === failing) throw new Error('disk full');
    };
    await expect(decryptContent(bufferSource(message), header, randomBytes(32), { write })).rejects.toThrow(
      'disk full',
    );
    expect(writes).toBe(failing);
  });

  test('to hide that the source failed', async () => {
    const { message } = sealContent(randomBytes(3 * 1024 * 1024), [pair.certificate]);
    const whole = bufferSource(message);
    const header = await readEnvelopedHeader(whole);
    const read = async (target: Buffer, position: number) => {
      if (position > 2_000_000 && target.length > 100_000) throw new Error('stick pulled out');
      return whole.read(target, position);
    };
    await expect(
      decryptContent({ ...whole, read }, header, randomBytes(32), { write: async () => {} }),
    ).rejects.toThrow('stick pulled out');
  });
});

/** A message whose tag is right for no attributes, with some put in. */
function addAttributes(): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', cek, nonce);
  const ciphertext = Buffer.concat([cipher.update(content), cipher.final()]);
  return assembleEnvelope({
    kind: 'auth-enveloped',
    recipientInfos,
    algorithm: algorithmIdentifier(OID.aes256Gcm, sequence(octetString(nonce), integer(16))),
    ciphertext,
    trailer: [context(1, contentTypeAttribute(OID.data)), octetString(cipher.getAuthTag())],
  });
}

function replaceMac(length: number | null): Buffer {
  return assembleEnvelope({
    kind: 'auth-enveloped',
    recipientInfos,
    algorithm: algorithmIdentifier(OID.aes256Gcm, sequence(octetString(Buffer.alloc(12)), integer(16))),
    ciphertext: content,
    trailer: length === null ? [] : [octetString(Buffer.alloc(length))],
  });
}
