import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { cursor, readIntegerBytes, readOnly } from '../electron/pki/asn1/der-reader.ts';
import { CURVES, type ViewerKey } from './public-key.ts';

/**
 * The verifier's source asks for signatures and takes the answer at once; WebCrypto answers later. So a question that has no answer yet is written down and answered `false` for
 * the moment, and the work is done again when WebCrypto has answered, until a round asks nothing new: only that round counts. One source thus serves Node and browsers.
 */
export interface SignatureQuestion {
  readonly key: ViewerKey;
  readonly digest: string | null;
  /** Null: not PSS. */
  readonly saltLength: number | null;
  readonly data: Uint8Array;
  readonly signature: Uint8Array;
}

const answers = new Map<string, boolean>();
const open = new Map<string, SignatureQuestion>();
/** More than any honest container asks in a round after round. */
const MOST_ROUNDS = 64;

export function ask(question: SignatureQuestion): boolean {
  const name = nameOf(question);
  const known = answers.get(name);
  if (known !== undefined) return known;
  open.set(name, question);
  return false;
}

export async function settle<T>(work: () => Promise<T>): Promise<T> {
  for (let round = 0; round < MOST_ROUNDS; round++) {
    open.clear();
    const result = await work();
    if (open.size === 0) return result;
    await Promise.all(
      [...open].map(async ([name, question]) => {
        answers.set(name, await answer(question));
      }),
    );
  }
  throw new Error('signatures without end');
}

function nameOf({ key, digest, saltLength, data, signature }: SignatureQuestion): string {
  const state = sha256.create();
  for (const part of [key.export({ format: 'der', type: 'spki' }), data, signature]) {
    state.update(new Uint8Array(new BigUint64Array([BigInt(part.length)]).buffer)).update(part);
  }
  return `${key.asymmetricKeyType} ${digest} ${saltLength} ${bytesToHex(state.digest())}`;
}

const WEB_DIGESTS: Readonly<Record<string, string>> = {
  sha1: 'SHA-1',
  sha256: 'SHA-256',
  sha384: 'SHA-384',
  sha512: 'SHA-512',
};

/** False also where WebCrypto refuses the key: unknown is never valid. */
async function answer({ key, digest, saltLength, data, signature }: SignatureQuestion): Promise<boolean> {
  const { subtle } = crypto;
  const hash = WEB_DIGESTS[digest ?? ''] ?? '';
  const bytes = (from: Uint8Array): Uint8Array<ArrayBuffer> => Uint8Array.from(from);
  try {
    if (key.asymmetricKeyType === 'ed25519') {
      const imported = await subtle.importKey('raw', bytes(key.raw), 'Ed25519', false, ['verify']);
      return await subtle.verify('Ed25519', imported, bytes(signature), bytes(data));
    }
    if (key.asymmetricKeyType === 'ec') {
      const curve = Object.values(CURVES).find(({ node }) => node === key.asymmetricKeyDetails.namedCurve);
      if (curve === undefined) return false;
      const algorithm = { name: 'ECDSA', namedCurve: curve.web, hash };
      const spki = bytes(key.export({ format: 'der', type: 'spki' }));
      const imported = await subtle.importKey('spki', spki, algorithm, false, ['verify']);
      return await subtle.verify(algorithm, imported, bytes(fixedLength(signature, curve.size)), bytes(data));
    }
    const name = saltLength === null ? 'RSASSA-PKCS1-v1_5' : 'RSA-PSS';
    const imported = await subtle.importKey('jwk', key.jwk ?? {}, { name, hash }, false, ['verify']);
    const algorithm = saltLength === null ? { name } : { name, saltLength };
    return await subtle.verify(algorithm, imported, bytes(signature), bytes(data));
  } catch {
    return false;
  }
}

/** ECDSA-Sig-Value (RFC 3279, 2.2.3) as WebCrypto has it: r and s, each as long as the field. */
function fixedLength(der: Uint8Array, size: number): Uint8Array {
  const fields = cursor(readOnly(Buffer.from(der), 0x30));
  const [r, s] = [fields.next(), fields.next()].map((one) => {
    const octets = readIntegerBytes(one);
    const digits = octets[0] === 0 ? octets.subarray(1) : octets;
    if (digits.length > size || (octets[0] ?? 0) > 0x7f) throw new RangeError('number out of the field');
    return Buffer.concat([Buffer.alloc(size - digits.length), digits]);
  });
  fields.end();
  return Buffer.concat([r ?? Buffer.alloc(0), s ?? Buffer.alloc(0)]);
}
