import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Settled } from '../electron/evidence/judge-containers.ts';
import { Asn1Error, cursor, readIntegerBytes, readOnly } from '../electron/pki/asn1/der-reader.ts';
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

/** Null: nothing here can compute it. */
const answers = new Map<string, boolean | null>();
const open = new Map<string, SignatureQuestion>();
/** Algorithms that a round asked for in vain. */
const missing = new Set<string>();
/** More than any honest container asks in a round after round. */
const MOST_ROUNDS = 64;

export function ask(question: SignatureQuestion): boolean {
  const name = nameOf(question);
  const known = answers.get(name);
  if (known === undefined) open.set(name, question);
  if (known === null) missing.add(algorithmOf(question));
  return known ?? false;
}

/** One at a time: the book is one. */
export async function settle<T>(work: () => Promise<T>): Promise<Settled<T>> {
  for (let round = 0; round < MOST_ROUNDS; round++) {
    open.clear();
    missing.clear();
    const result = await work();
    if (open.size === 0) return { result, missing: [...missing] };
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

function algorithmOf({ key, digest, saltLength }: SignatureQuestion): string {
  const { asymmetricKeyType, asymmetricKeyDetails } = key;
  const name = asymmetricKeyDetails.namedCurve ?? asymmetricKeyType;
  return [name, ...(saltLength === null ? [] : ['pss']), ...(digest === null ? [] : [digest])].join(' ');
}

const WEB_DIGESTS: Readonly<Record<string, string>> = {
  sha1: 'SHA-1',
  sha256: 'SHA-256',
  sha384: 'SHA-384',
  sha512: 'SHA-512',
};

const bytes = (from: Uint8Array): Uint8Array<ArrayBuffer> => Uint8Array.from(from);

/** Null where WebCrypto refuses the algorithm or the key: that says nothing about the signature. */
async function answer(question: SignatureQuestion): Promise<boolean | null> {
  const { key, signature } = question;
  const curve = Object.values(CURVES).find(({ node }) => node === key.asymmetricKeyDetails.namedCurve);
  const value = curve === undefined ? signature : fixedLength(signature, curve.size);
  if (value === null) return false;
  try {
    return await compute({ ...question, signature: value }, curve?.web ?? null);
  } catch {
    return null;
  }
}

/** @param namedCurve as WebCrypto calls it; null: no key of a curve that ECDSA knows */
async function compute(
  { key, digest, saltLength, data, signature }: SignatureQuestion,
  namedCurve: string | null,
): Promise<boolean> {
  const { subtle } = crypto;
  const hash = WEB_DIGESTS[digest ?? ''] ?? '';
  if (key.asymmetricKeyType === 'ed25519') {
    const imported = await subtle.importKey('raw', bytes(key.raw), 'Ed25519', false, ['verify']);
    return subtle.verify('Ed25519', imported, bytes(signature), bytes(data));
  }
  if (namedCurve !== null) {
    const spki = bytes(key.export({ format: 'der', type: 'spki' }));
    const algorithm = { name: 'ECDSA', namedCurve, hash };
    const imported = await subtle.importKey('spki', spki, algorithm, false, ['verify']);
    return subtle.verify(algorithm, imported, bytes(signature), bytes(data));
  }
  const name = saltLength === null ? 'RSASSA-PKCS1-v1_5' : 'RSA-PSS';
  const imported = await subtle.importKey('jwk', key.jwk ?? {}, { name, hash }, false, ['verify']);
  const algorithm = saltLength === null ? { name } : { name, saltLength };
  return subtle.verify(algorithm, imported, bytes(signature), bytes(data));
}

/** ECDSA-Sig-Value (RFC 3279, 2.2.3) as WebCrypto has it: r and s, each as long as the field. Null: it is none. */
function fixedLength(der: Uint8Array, size: number): Uint8Array | null {
  try {
    const fields = cursor(readOnly(Buffer.from(der), 0x30));
    const numbers = [fields.next(), fields.next()].map((one) => coordinate(readIntegerBytes(one), size));
    fields.end();
    const [r, s] = numbers;
    return r == null || s == null ? null : Buffer.concat([r, s]);
  } catch (error) {
    if (error instanceof Asn1Error) return null;
    throw error;
  }
}

/** Null: negative, or larger than the field. */
function coordinate(octets: Buffer, size: number): Buffer | null {
  const digits = octets[0] === 0 ? octets.subarray(1) : octets;
  if (digits.length > size || (octets[0] ?? 0) > 0x7f) return null;
  return Buffer.concat([Buffer.alloc(size - digits.length), digits]);
}
