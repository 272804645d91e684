import {
  constants,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify as verifyByNode,
} from 'node:crypto';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { children, expectTag, readOnly } from '../../../electron/pki/asn1/der-reader.ts';
import { sequence } from '../../../electron/pki/asn1/der-writer.ts';
import { signatureIdentifier } from '../../../electron/pki/signature-algorithm.ts';
import { createPublicKey as readKey, verify } from '../../../viewer/node-crypto.ts';
import { settle } from '../../../viewer/question-book.ts';

/** The page's signatures against those of node:crypto; Node's WebCrypto is the one of the standard. */

const DATA = Buffer.from('阅卷申请');
const pair = {
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  'rsa-pss': generateKeyPairSync('rsa-pss', {
    modulusLength: 2048,
    hashAlgorithm: 'sha256',
    mgf1HashAlgorithm: 'sha256',
  }),
  p256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  p384: generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  p521: generateKeyPairSync('ec', { namedCurve: 'P-521' }),
  ed25519: generateKeyPairSync('ed25519'),
} as const;
const other = {
  ...pair,
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  p256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
};

interface Case {
  readonly key: keyof typeof pair;
  readonly digest: string | null;
  readonly saltLength?: number;
}
const CASES: readonly Case[] = [
  ...(['sha256', 'sha384', 'sha512'] as const).flatMap((digest) => [
    { key: 'rsa' as const, digest },
    { key: 'rsa' as const, digest, saltLength: 32 },
    { key: 'p256' as const, digest },
    { key: 'p384' as const, digest },
    { key: 'p521' as const, digest },
  ]),
  { key: 'rsa', digest: 'sha1' },
  { key: 'rsa-pss', digest: 'sha256', saltLength: 32 },
  { key: 'ed25519', digest: null },
];

const pss = (saltLength: number) => ({ padding: constants.RSA_PKCS1_PSS_PADDING, saltLength });

function signed({ key, digest, saltLength }: Case): Buffer {
  const { privateKey } = pair[key];
  return sign(digest, DATA, saltLength === undefined ? privateKey : { key: privateKey, ...pss(saltLength) });
}

function asked({ digest, saltLength }: Case, publicKey: KeyObject, data: Buffer, signature: Buffer) {
  const pem = createPublicKey(publicKey.export({ type: 'spki', format: 'pem' }) as string);
  const key = readKey(pem.export({ type: 'spki', format: 'pem' }) as string);
  const input = saltLength === undefined ? key : { key, ...pss(saltLength) };
  return settle(async () => verify(digest, data, input, signature));
}

/** The same RSA numbers as a key of RSASSA-PSS for SHA-256 with 32 octets of salt. */
function heldKey(publicKey: KeyObject): KeyObject {
  const [, bits] = children(readOnly(publicKey.export({ type: 'spki', format: 'der' })));
  const identifier = signatureIdentifier({ scheme: 'pss', digest: 'sha256', saltLength: 32 });
  const key = sequence(identifier, expectTag(bits, 0x03).raw);
  return createPublicKey({ key, format: 'der', type: 'spki' });
}

function commandTakes(key: KeyObject, digest: string, saltLength: number, signature: Buffer): boolean {
  try {
    return verifyByNode(digest, DATA, { key, ...pss(saltLength) }, signature);
  } catch {
    return false;
  }
}

const title = ({ key, digest, saltLength }: Case): string =>
  [key, ...(saltLength === undefined ? [] : ['pss']), digest ?? ''].join(' ');

afterEach(() => vi.restoreAllMocks());

describe('the page', () => {
  test.each(CASES.map((one) => [title(one), one] as const))('takes no good %s, or a bad one', async (_title, one) => {
    const signature = signed(one);
    const { publicKey } = pair[one.key];
    expect(await asked(one, publicKey, DATA, signature)).toEqual({ result: true, missing: [] });
    const flipped = Buffer.from(signature);
    flipped[flipped.length - 1] = (flipped.at(-1) ?? 0) ^ 1;
    expect((await asked(one, publicKey, DATA, flipped)).result).toBe(false);
    expect((await asked(one, publicKey, Buffer.from('x'), signature)).result).toBe(false);
  });

  test.each(['rsa', 'p256'] as const)('takes a signature of %s by another key', async (key) => {
    const one = { key, digest: 'sha256' };
    expect((await asked(one, other[key].publicKey, DATA, signed(one))).result).toBe(false);
  });

  test.each([
    ['another digest', { digest: 'sha512', saltLength: 64 }],
    ['less salt', { digest: 'sha256', saltLength: 20 }],
  ] as const)(
    'takes a signature with %s than its key of RSASSA-PSS allows, which the command refuses',
    async (_title, used) => {
      const { privateKey, publicKey } = pair.rsa;
      // the same numbers under a key that is held to nothing make what the held one refuses to make
      const signature = sign(used.digest, DATA, { key: privateKey, ...pss(used.saltLength) });
      const held = heldKey(publicKey);
      expect(commandTakes(held, used.digest, used.saltLength, signature)).toBe(false);
      expect((await asked({ key: 'rsa-pss', ...used }, held, DATA, signature)).result).toBe(false);
      const allowed = sign('sha256', DATA, { key: privateKey, ...pss(32) });
      const fine = { key: 'rsa-pss', digest: 'sha256', saltLength: 32 } as const;
      expect((await asked(fine, held, DATA, allowed)).result).toBe(true);
    },
  );

  test('calls a signature good or bad whose algorithm its browser lacks', async () => {
    const { subtle } = crypto;
    const importKey = subtle.importKey.bind(subtle) as (...args: unknown[]) => Promise<unknown>;
    const lacking = (...args: unknown[]) =>
      args[2] === 'Ed25519'
        ? Promise.reject(new DOMException('Unrecognized name', 'NotSupportedError'))
        : importKey(...args);
    vi.spyOn(subtle, 'importKey').mockImplementation(lacking as unknown as typeof subtle.importKey);
    const fresh = Buffer.from('never asked before');
    const one = { key: 'ed25519', digest: null } as const;
    const signature = sign(null, fresh, pair.ed25519.privateKey);
    expect(await asked(one, pair.ed25519.publicKey, fresh, signature)).toEqual({ result: false, missing: ['ed25519'] });
    // asked again, the answer is still none
    expect((await asked(one, pair.ed25519.publicKey, fresh, signature)).missing).toEqual(['ed25519']);
  });

  test.each([
    ['empty', Buffer.alloc(0)],
    ['no DER', Buffer.from('00112233', 'hex')],
    ['a negative number', Buffer.from('3006020180020101', 'hex')],
    [
      'a number larger than the field',
      Buffer.from(`3025022001${'ff'.repeat(31)}020101`.replace('3025', '3025'), 'hex'),
    ],
    ['text after it', Buffer.from('300602010102010100', 'hex')],
  ])('falls over an ECDSA value that is %s', async (_title, signature) => {
    const { result } = await asked({ key: 'p256', digest: 'sha256' }, pair.p256.publicKey, DATA, signature);
    expect(result).toBe(false);
  });
});
