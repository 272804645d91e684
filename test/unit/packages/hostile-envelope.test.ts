import { createCipheriv, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { bufferSource } from '../../../electron/files/bytes.ts';
import { algorithmIdentifier } from '../../../electron/packages/cms/algorithm-identifier.ts';
import { buildRecipientInfo } from '../../../electron/packages/cms/build-recipient-info.ts';
import { OID } from '../../../electron/packages/cms/oids.ts';
import { openPackage } from '../../../electron/packages/open-package.ts';
import { verifyContainer } from '../../../electron/packages/verify-container.ts';
import { context, integer, octetString, sequence, tlv } from '../../../electron/pki/asn1/der-writer.ts';
import type { Certificate } from '../../../electron/pki/certificate.ts';
import type { Identity } from '../../../electron/pki/identity.ts';
import { assembleEnvelope, type EnvelopeParts } from '../../fixtures/cms-material.ts';
import { craftContainer } from '../../fixtures/crafted-container.ts';
import { memoryTarget } from '../../fixtures/memory-bytes.ts';
import { seededRandom } from '../../fixtures/mutate.ts';
import { createMaterial, NOW, sealSample } from '../../fixtures/package-material.ts';
import { flipBit } from '../../fixtures/stored-zip.ts';

/** The container is right; the envelope around it is made by somebody who knows CMS. */
const material = createMaterial();
const { ca, firm, procuratorate, stranger } = material;
const mine = procuratorate.encryption.certificate;
const recipients = [mine, firm.encryption.certificate];
const container = craftContainer({ signer: firm, recipients });
const trust = { anchors: [ca.certificate], crls: [], revocation: 'off' } as const;

interface Shape {
  readonly recipients?: readonly Certificate[];
  readonly extra?: readonly Buffer[];
  readonly keyBits?: 128 | 192 | 256;
  readonly tagLength?: number;
  readonly statedTagLength?: number | null;
  readonly nonceLength?: number;
}

function seal(shape: Shape = {}, change: (parts: EnvelopeParts) => EnvelopeParts = (parts) => parts): Buffer {
  const { keyBits = 256, tagLength = 16, statedTagLength = tagLength, nonceLength = 12, extra = [] } = shape;
  const cek = randomBytes(keyBits / 8);
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv(`aes-${keyBits}-gcm`, cek, nonce);
  const ciphertext = Buffer.concat([cipher.update(container), cipher.final()]);
  const oid = { 128: OID.aes128Gcm, 192: OID.aes192Gcm, 256: OID.aes256Gcm }[keyBits];
  const stated = statedTagLength === null ? [] : [integer(statedTagLength)];
  return assembleEnvelope(
    change({
      kind: 'auth-enveloped',
      recipientInfos: [...(shape.recipients ?? recipients).map((one) => buildRecipientInfo(one, cek)), ...extra],
      algorithm: algorithmIdentifier(oid, sequence(octetString(nonce), ...stated)),
      ciphertext,
      trailer: [octetString(cipher.getAuthTag().subarray(0, tagLength))],
    }),
  );
}

async function open(bytes: Buffer, identity: Identity = procuratorate) {
  const { certificate, key } = identity.encryption;
  const source = bufferSource(bytes);
  return openPackage({ source, keys: [{ certificate, key }], target: memoryTarget(), accept: 'exchange' });
}

async function verdict(bytes: Buffer) {
  const opened = await open(bytes);
  if (opened === null) throw new Error('not for me');
  return verifyContainer({ container: opened.container, opened, trust, at: NOW, accept: 'profile' });
}

test('a crafted envelope without a fault passes, so that the others fail for their fault alone', async () => {
  expect(await verdict(seal())).toMatchObject({ indication: 'TOTAL_PASSED' });
});

describe('recipients that the signed list does not have', () => {
  const password = tlv(
    0xa3,
    integer(0),
    algorithmIdentifier('1.2.840.113549.1.9.16.3.9'),
    octetString(Buffer.alloc(40)),
  );
  const keyEncryptionKey = tlv(
    0xa2,
    integer(4),
    sequence(octetString(Buffer.from('k'))),
    algorithmIdentifier(OID.aes256Wrap),
    octetString(Buffer.alloc(40)),
  );
  test.each<[string, Shape]>([
    ['a password', { extra: [password] }],
    ['a key-encryption key', { extra: [keyEncryptionKey] }],
    ['somebody else', { recipients: [...recipients, stranger.encryption.certificate] }],
    ['one of them twice, in place of the other', { recipients: [mine, mine] }],
    ['one of them twice', { recipients: [...recipients, mine] }],
    ['one of them missing', { recipients: [mine] }],
  ])('%s', async (_, shape) => {
    expect(await verdict(seal(shape))).toMatchObject({
      indication: 'TOTAL_FAILED',
      code: 'PACKAGE_RECIPIENTS_MISMATCH',
    });
  });
  test('more than 64 are refused before any key is tried', async () => {
    const many = Array.from({ length: 65 }, () => mine);
    await expect(open(seal({ recipients: many }), stranger)).rejects.toThrow('PACKAGE_LIMIT_EXCEEDED');
  });
  test('a header over 1 MiB is refused, whatever it holds', async () => {
    const long = tlv(0xa4, algorithmIdentifier('1.2.3.4', octetString(Buffer.alloc(2 ** 20))));
    await expect(open(seal({ extra: [long] }))).rejects.toThrow('PACKAGE_LIMIT_EXCEEDED');
  });
});

describe('algorithms and tags', () => {
  test.each([128, 192] as const)('AES-%i is not what the signed suite names', async (keyBits) => {
    expect(await verdict(seal({ keyBits }))).toMatchObject({
      indication: 'TOTAL_FAILED',
      code: 'PACKAGE_ALGORITHM_REFUSED',
    });
  });
  test('a tag of 12 bytes is read where it is stated, or left out as the default; shorter ones are malformed', async () => {
    expect(await verdict(seal({ tagLength: 12 }))).toMatchObject({ indication: 'TOTAL_PASSED' });
    expect(await verdict(seal({ tagLength: 12, statedTagLength: null }))).toMatchObject({ indication: 'TOTAL_PASSED' });
    for (const tagLength of [0, 4, 8, 11]) {
      await expect(open(seal({ tagLength })), `${tagLength}`).rejects.toThrow('PACKAGE_MALFORMED');
    }
  });
  test('a tag of another length than is stated', async () => {
    for (const shape of [
      { tagLength: 12, statedTagLength: 16 },
      { tagLength: 16, statedTagLength: 12 },
      { tagLength: 16, statedTagLength: 17 },
    ]) {
      await expect(open(seal(shape)), JSON.stringify(shape)).rejects.toThrow(/PACKAGE_(MALFORMED|TAMPERED)/);
    }
  });
  test('a wrong tag, and none', async () => {
    const wrong = (parts: EnvelopeParts) => ({ ...parts, trailer: [octetString(Buffer.alloc(16))] });
    await expect(open(seal({}, wrong))).rejects.toThrow('PACKAGE_TAMPERED');
    await expect(open(seal({}, (parts) => ({ ...parts, trailer: [] })))).rejects.toThrow(
      /PACKAGE_(MALFORMED|TRUNCATED)/,
    );
  });
  test('EnvelopedData: no way back to CBC under the same key (RFC 9709)', async () => {
    const cbc = seal({}, (parts) => ({
      ...parts,
      kind: 'enveloped',
      algorithm: algorithmIdentifier(OID.aes256Cbc, octetString(Buffer.alloc(16))),
      ciphertext: Buffer.alloc(64),
      trailer: [],
    }));
    await expect(open(cbc)).rejects.toThrow('PACKAGE_ALGORITHM_REFUSED');
  });
  test('authenticated attributes that the tag covers and we do not know are no way in', async () => {
    const attributes = context(1, sequence(sequence()));
    await expect(open(seal({}, (parts) => ({ ...parts, trailer: [attributes, ...parts.trailer] })))).rejects.toThrow(
      /PACKAGE_/,
    );
  });
});

test('10,000 random bits of a sealed package turned, one at a time: refused, not for me, or the very same message', {
  timeout: 240_000,
}, async () => {
  const { bytes, sealed } = await sealSample(material);
  const random = seededRandom(7);
  const outcomes = new Map<string, number>();
  for (let round = 0; round < 10_000; round++) {
    const outcome = await open(flipBit(bytes, random(bytes.length), random(8))).then(
      async (opened) => {
        if (opened === null) return 'null';
        const input = { container: opened.container, opened, trust, at: NOW, accept: 'profile' } as const;
        const { indication, m, code } = await verifyContainer(input);
        if (indication === 'TOTAL_PASSED') expect(m).toBe(sealed.m);
        return code ?? 'same';
      },
      (error: unknown) => String(error).replace('AppError: ', ''),
    );
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }
  for (const outcome of outcomes.keys()) expect(outcome).toMatch(/^(same|null|PACKAGE_[A-Z_]+)$/);
  expect(outcomes.get('PACKAGE_TAMPERED')).toBeGreaterThan(9_000);
  expect(outcomes.get('same') ?? 0).toBeLessThan(100);
});
