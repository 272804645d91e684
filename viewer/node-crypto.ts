import { sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { readPem } from '../electron/pki/pem.ts';
import { publicKeyOf, type ViewerKey } from './public-key.ts';
import { ask, type SignatureQuestion } from './question-book.ts';

/**
 * What the verifier's source takes from node:crypto, for browsers: the build puts this file in its place. Digests by @noble/hashes, because WebCrypto digests nothing in pieces;
 * signatures by WebCrypto, which answers later (question-book.ts). Nothing else is here, so that what would sign or decrypt fails when it is built.
 */
const DIGESTS = { sha1, sha256, sha384, sha512 } as const;
type DigestName = keyof typeof DIGESTS;

function digestOf(name: string) {
  const found = DIGESTS[name as DigestName];
  if (found === undefined) throw new Error(`no digest ${name}`);
  return found;
}

export interface Hash {
  update(data: Uint8Array | string): Hash;
  digest(encoding?: 'hex'): Buffer | string;
}

export function createHash(name: string): Hash {
  const state = digestOf(name).create();
  const self: Hash = {
    update: (data) => {
      state.update(typeof data === 'string' ? Buffer.from(data, 'utf8') : data);
      return self;
    },
    digest: (encoding) => {
      const bytes = Buffer.from(state.digest());
      return encoding === undefined ? bytes : bytes.toString(encoding);
    },
  };
  return self;
}

export function hash(name: string, data: Uint8Array | string, encoding: 'hex' | 'buffer' = 'hex'): Buffer | string {
  const made = createHash(name).update(data);
  return encoding === 'hex' ? made.digest('hex') : made.digest();
}

export function timingSafeEqual(left: Uint8Array, right: Uint8Array): boolean {
  let difference = left.length ^ right.length;
  for (let index = 0; index < left.length; index++) difference |= (left[index] ?? 0) ^ (right[index] ?? 0);
  return difference === 0;
}

export const constants = { RSA_PKCS1_PADDING: 1, RSA_PKCS1_PSS_PADDING: 6 } as const;

/** @param pem of a SubjectPublicKeyInfo */
export function createPublicKey(pem: string): ViewerKey {
  const [block] = readPem(Buffer.from(pem, 'latin1')) ?? [];
  if (block === undefined) throw new Error('no key');
  return publicKeyOf(block.der);
}

interface PssInput {
  readonly key: ViewerKey;
  readonly padding: number;
  readonly saltLength: number;
}

/**
 * False as long as nobody knows: whoever asked asks again once it is known.
 *
 * @param input a bare key: PKCS#1 v1.5 with RSA, DER with ECDSA
 */
export function verify(
  digest: string | null,
  data: Uint8Array,
  input: ViewerKey | PssInput,
  signature: Uint8Array,
): boolean {
  const isPss = 'padding' in input;
  const key = isPss ? input.key : input;
  const saltLength = isPss ? input.saltLength : null;
  const { hashAlgorithm = digest, saltLength: least = 0 } = key.asymmetricKeyDetails;
  if (hashAlgorithm !== digest || (saltLength ?? least) < least) return false;
  const question: SignatureQuestion = {
    key,
    digest,
    saltLength,
    data: Uint8Array.from(data),
    signature: Uint8Array.from(signature),
  };
  return ask(question);
}

export function sign(): never {
  throw new Error('nothing is signed here');
}
