import { hash } from 'node:crypto';
import { DIGEST_LENGTH, type Digest } from './algorithm-identifier.ts';

/** The ID byte of RFC 7292, appendix B.3. */
export const PURPOSE = { encryptionKey: 1, initializationVector: 2, macKey: 3 } as const;
export type Purpose = (typeof PURPOSE)[keyof typeof PURPOSE];

interface Pkcs12KdfInput {
  readonly digest: Digest;
  readonly purpose: Purpose;
  /** BMPString octets with the two terminating zeros, or none at all. */
  readonly password: Buffer;
  readonly salt: Buffer;
  readonly iterations: number;
  /** Bytes wanted. */
  readonly length: number;
}

/** The key derivation of RFC 7292, appendix B.2. The caller zeroes the result. */
export function derivePkcs12Key({ digest, purpose, password, salt, iterations, length }: Pkcs12KdfInput): Buffer {
  const blockLength = digest === 'sha384' || digest === 'sha512' ? 128 : 64;
  const input = Buffer.concat([
    Buffer.alloc(blockLength, purpose),
    repeatToBlocks(salt, blockLength),
    repeatToBlocks(password, blockLength),
  ]);
  const output = Buffer.alloc(length);
  for (let offset = 0; offset < length; offset += DIGEST_LENGTH[digest]) {
    const block = iterateHash(digest, input, iterations);
    block.copy(output, offset);
    for (let at = blockLength; at < input.length; at += blockLength) {
      addBlock(input.subarray(at, at + blockLength), block);
    }
    block.fill(0);
  }
  input.fill(0);
  return output;
}

function iterateHash(digest: Digest, input: Buffer, iterations: number): Buffer {
  let block = hash(digest, input, 'buffer');
  for (let round = 1; round < iterations; round++) {
    const next = hash(digest, block, 'buffer');
    block.fill(0);
    block = next;
  }
  return block;
}

/** Step 2 and 3: copies of `bytes` up to a multiple of the block length; nothing stays nothing. */
function repeatToBlocks(bytes: Buffer, blockLength: number): Buffer {
  const length = blockLength * Math.ceil(bytes.length / blockLength);
  return length === 0 ? Buffer.alloc(0) : Buffer.alloc(length, bytes);
}

/** Step 6 C: target = (target + B + 1) mod 2^(8·v), where B repeats `block` over the target's length. */
function addBlock(target: Buffer, block: Buffer): void {
  let carry = 1;
  for (let at = target.length - 1; at >= 0; at--) {
    carry += (target[at] ?? 0) + (block[at % block.length] ?? 0);
    target[at] = carry & 0xff;
    carry >>= 8;
  }
}
