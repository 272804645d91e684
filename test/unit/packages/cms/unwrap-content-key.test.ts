import { constants, diffieHellman, generateKeyPairSync, publicEncrypt, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { wrapKey } from '../../../../electron/packages/cms/aes-key-wrap.ts';
import { algorithmIdentifier } from '../../../../electron/packages/cms/algorithm-identifier.ts';
import { buildRecipientInfo } from '../../../../electron/packages/cms/build-recipient-info.ts';
import { OID } from '../../../../electron/packages/cms/oids.ts';
import {
  type EnvelopedHeader,
  parseEnvelopedHeader,
} from '../../../../electron/packages/cms/parse-enveloped-header.ts';
import { issuerAndSerial } from '../../../../electron/packages/cms/recipient-id.ts';
import { unwrapContentKey } from '../../../../electron/packages/cms/unwrap-content-key.ts';
import { eccCmsSharedInfo, x963Kdf } from '../../../../electron/packages/cms/x963-kdf.ts';
import {
  bitString,
  context,
  contextPrimitive,
  integer,
  nullValue,
  octetString,
  sequence,
} from '../../../../electron/pki/asn1/der-writer.ts';
import { assembleEnvelope, cmsPair } from '../../../fixtures/cms-material.ts';

const cek = randomBytes(32);
const rsa = cmsPair('rsa3072');
const p256 = cmsPair('p256');
const other = cmsPair('p256', 'encrypt', 'another');

function headerOf(...recipientInfos: readonly Buffer[]): EnvelopedHeader {
  const algorithm = algorithmIdentifier(OID.aes256Gcm, sequence(octetString(Buffer.alloc(12)), integer(16)));
  const trailer = [octetString(Buffer.alloc(16))];
  const message = assembleEnvelope({
    kind: 'auth-enveloped',
    recipientInfos,
    algorithm,
    ciphertext: Buffer.alloc(1),
    trailer,
  });
  const header = parseEnvelopedHeader(message);
  if (header === 'more') throw new Error('cut short');
  return header;
}

/** KeyTransRecipientInfo for the RSA pair with any algorithm. */
function keyTransport(algorithm: Buffer, encryptedKey: Buffer): Buffer {
  return sequence(integer(2), contextPrimitive(0, rsa.certificate.subjectKeyId), algorithm, octetString(encryptedKey));
}

const encrypt = (padding: number, key = cek) =>
  publicEncrypt({ key: rsa.certificate.publicKey, padding, oaepHash: 'sha256' }, key);

const oaep = (hash: string, mgf: string, label: readonly Buffer[] = []) =>
  algorithmIdentifier(
    OID.rsaesOaep,
    sequence(
      context(0, algorithmIdentifier(hash, nullValue())),
      context(1, algorithmIdentifier(OID.mgf1, algorithmIdentifier(mgf, nullValue()))),
      ...label,
    ),
  );
const PKCS1 = algorithmIdentifier(OID.rsaEncryption, nullValue());

describe('unwrapContentKey gives the key', () => {
  test.each(['p256', 'p384', 'p521', 'rsa3072'] as const)('for %s', (algorithm) => {
    const pair = cmsPair(algorithm);
    const unwrapped = unwrapContentKey(headerOf(buildRecipientInfo(pair.certificate, cek)), [other, pair]);
    expect(unwrapped?.cek.equals(cek)).toBe(true);
    expect(unwrapped?.key).toBe(pair);
  });

  test('by issuer and serial too, as other writers name recipients', () => {
    const recipient = sequence(
      integer(0),
      issuerAndSerial(rsa.certificate),
      oaep(OID.sha256, OID.sha256),
      octetString(encrypt(constants.RSA_PKCS1_OAEP_PADDING)),
    );
    expect(unwrapContentKey(headerOf(recipient), [rsa])?.cek.equals(cek)).toBe(true);
  });

  test('from a second recipient where the first of mine does not open', () => {
    const broken = keyTransport(oaep(OID.sha256, OID.sha256), randomBytes(384));
    const header = headerOf(broken, buildRecipientInfo(p256.certificate, cek));
    expect(unwrapContentKey(header, [rsa, p256])?.cek.equals(cek)).toBe(true);
  });

  test('from a key agreement with user keying material, which the derived key depends on', () => {
    const { recipient, wrongUkm } = agreementWithUkm();
    expect(unwrapContentKey(headerOf(recipient), [p256])?.cek.equals(cek)).toBe(true);
    expect(() => unwrapContentKey(headerOf(wrongUkm), [p256])).toThrow(
      expect.objectContaining({ code: 'PACKAGE_TAMPERED' }),
    );
  });
});

describe('unwrapContentKey has three answers', () => {
  test('null where no recipient is mine', () => {
    const header = headerOf(buildRecipientInfo(p256.certificate, cek), buildRecipientInfo(rsa.certificate, cek));
    expect(unwrapContentKey(header, [other])).toBe(null);
    expect(unwrapContentKey(header, [])).toBe(null);
  });

  test('null for a key under another certificate: the identifier decides, not what happens to decrypt', () => {
    const header = headerOf(buildRecipientInfo(p256.certificate, cek));
    expect(unwrapContentKey(header, [{ certificate: other.certificate, key: p256.key }])).toBe(null);
  });

  test.each([
    ['altered RSA ciphertext', () => keyTransport(oaep(OID.sha256, OID.sha256), randomBytes(384))],
    ['RSA ciphertext of another length', () => keyTransport(oaep(OID.sha256, OID.sha256), randomBytes(383))],
    ['RSA ciphertext above the modulus', () => keyTransport(oaep(OID.sha256, OID.sha384), Buffer.alloc(384, 0xff))],
    [
      'a key of 16 bytes for AES-256',
      () => keyTransport(oaep(OID.sha256, OID.sha256), encrypt(constants.RSA_PKCS1_OAEP_PADDING, Buffer.alloc(16))),
    ],
    [
      'another label',
      () =>
        keyTransport(
          oaep(OID.sha256, OID.sha256, [
            context(2, algorithmIdentifier(OID.pSpecified, octetString(Buffer.from('x')))),
          ]),
          encrypt(constants.RSA_PKCS1_OAEP_PADDING),
        ),
    ],
  ])('PACKAGE_TAMPERED where a recipient is mine but does not open: %s', (_title, recipient) => {
    expect(() => unwrapContentKey(headerOf(recipient()), [rsa])).toThrow(
      expect.objectContaining({ code: 'PACKAGE_TAMPERED' }),
    );
  });

  test.each([
    ['altered wrapped key', Buffer.alloc(40, 1), null],
    ['a point that is not on the curve', null, Buffer.concat([Buffer.from([4]), Buffer.alloc(64, 1)])],
    ['the point at infinity', null, Buffer.from([0])],
    ['a hybrid point', null, Buffer.concat([Buffer.from([6]), Buffer.alloc(64, 1)])],
    ['a point of another curve', null, Buffer.concat([Buffer.from([4]), Buffer.alloc(96, 1)])],
    ['no point', null, Buffer.alloc(0)],
  ])('PACKAGE_TAMPERED in a key agreement: %s', (_title, wrapped, point) => {
    const ephemeral = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({
      type: 'spki',
      format: 'der',
    });
    const recipient = context(
      1,
      integer(3),
      context(0, context(1, algorithmIdentifier(OID.ecPublicKey), bitString(point ?? ephemeral.subarray(-65)))),
      algorithmIdentifier(OID.stdDhSha256Kdf, algorithmIdentifier(OID.aes256Wrap)),
      sequence(
        sequence(context(0, octetString(p256.certificate.subjectKeyId)), octetString(wrapped ?? Buffer.alloc(40))),
      ),
    );
    expect(() => unwrapContentKey(headerOf(recipient), [p256])).toThrow(
      expect.objectContaining({ code: 'PACKAGE_TAMPERED' }),
    );
  });

  test.each([
    ['OAEP parameters that are none', algorithmIdentifier(OID.rsaesOaep, nullValue())],
    ['a label without its octets', oaep(OID.sha256, OID.sha256, [context(2, algorithmIdentifier(OID.pSpecified))])],
  ])('PACKAGE_MALFORMED: %s', (_title, algorithm) => {
    const header = headerOf(keyTransport(algorithm, randomBytes(384)));
    expect(() => unwrapContentKey(header, [rsa])).toThrow(expect.objectContaining({ code: 'PACKAGE_MALFORMED' }));
  });
});

describe('unwrapContentKey and old algorithms', () => {
  test.each([
    ['PKCS #1 v1.5', PKCS1],
    ['OAEP with SHA-1', oaep(OID.sha1, OID.sha1)],
    ['OAEP with SHA-1 in MGF1', oaep(OID.sha256, OID.sha1)],
    ['another algorithm', algorithmIdentifier('1.2.156.10197.1.301.3')],
  ])('%s is refused without the switch', (_title, algorithm) => {
    const header = headerOf(keyTransport(algorithm, randomBytes(384)));
    expect(() => unwrapContentKey(header, [rsa])).toThrow(
      expect.objectContaining({ code: 'PACKAGE_ALGORITHM_REFUSED' }),
    );
  });

  test('PKCS #1 v1.5 opens with the switch', () => {
    const header = headerOf(keyTransport(PKCS1, encrypt(constants.RSA_PKCS1_PADDING)));
    expect(unwrapContentKey(header, [rsa], { allowLegacy: true })?.cek.equals(cek)).toBe(true);
  });

  test('PKCS #1 v1.5 that is wrong gives a random key, never an error: no Bleichenbacher oracle', () => {
    const wrong = [
      randomBytes(384).fill(0, 0, 1),
      Buffer.alloc(384, 0xff),
      encrypt(constants.RSA_PKCS1_PADDING, cek.subarray(8)),
    ];
    for (const encryptedKey of wrong) {
      const header = headerOf(keyTransport(PKCS1, encryptedKey));
      const first = unwrapContentKey(header, [rsa], { allowLegacy: true });
      const second = unwrapContentKey(header, [rsa], { allowLegacy: true });
      expect(first?.cek.length).toBe(32);
      expect(first?.cek.equals(second?.cek ?? Buffer.alloc(0))).toBe(false);
    }
  });
});

/** KeyAgreeRecipientInfo with ukm (RFC 5753, 3.1.1), and the same with another one put in. */
function agreementWithUkm(): { recipient: Buffer; wrongUkm: Buffer } {
  const ephemeral = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const point = ephemeral.publicKey.export({ type: 'spki', format: 'der' }).subarray(-65);
  const secret = diffieHellman({ privateKey: ephemeral.privateKey, publicKey: p256.certificate.publicKey });
  const wrap = algorithmIdentifier(OID.aes128Wrap);
  const kek = x963Kdf('sha384', secret, eccCmsSharedInfo(wrap, Buffer.from('ukm'), 16), 16);
  const build = (ukm: string) =>
    context(
      1,
      integer(3),
      context(0, context(1, algorithmIdentifier(OID.ecPublicKey), bitString(point))),
      context(1, octetString(Buffer.from(ukm))),
      algorithmIdentifier(OID.stdDhSha384Kdf, wrap),
      sequence(sequence(context(0, octetString(p256.certificate.subjectKeyId)), octetString(wrapKey(kek, cek)))),
    );
  return { recipient: build('ukm'), wrongUkm: build('UKM') };
}
