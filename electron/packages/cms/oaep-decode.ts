import { createHash, hash } from 'node:crypto';
import { equalBytesMask, equalMask, select } from './constant-time.ts';

/**
 * EME-OAEP decoding (RFC 8017, 7.1.2) for what node:crypto cannot express: MGF1 with another hash than that of the
 * label. Every failure looks the same and takes the same steps (Manger's attack asks which one it was).
 * @param encoded the RSA result, as long as the modulus
 * @param length of the message that is expected, in bytes: a CEK's length is known from the content's cipher
 * @returns null where the padding is wrong or the message has another length
 */
export function decodeOaep(
  encoded: Buffer,
  { hashName, mgfHash, label, length }: { hashName: string; mgfHash: string; label: Buffer; length: number },
): Buffer | null {
  const labelHash = hash(hashName, label, 'buffer');
  const dbStart = 1 + labelHash.length;
  const paddingLength = encoded.length - dbStart - labelHash.length - 1 - length;
  if (paddingLength < 0) return null;
  const seed = xor(encoded.subarray(1, dbStart), mgf1(mgfHash, encoded.subarray(dbStart), labelHash.length));
  const db = xor(encoded.subarray(dbStart), mgf1(mgfHash, seed, encoded.length - dbStart));
  let good = equalMask(encoded[0] ?? 1, 0) & equalBytesMask(db.subarray(0, labelHash.length), labelHash);
  for (let i = 0; i < paddingLength; i++) good &= equalMask(db[labelHash.length + i] ?? 1, 0);
  good &= equalMask(db[labelHash.length + paddingLength] ?? 0, 1);
  const message = Buffer.alloc(length);
  for (let i = 0; i < length; i++) message[i] = select(good, db[db.length - length + i] ?? 0, 0);
  seed.fill(0);
  db.fill(0);
  return good === 0xff ? message : null;
}

function mgf1(hashName: string, seed: Buffer, length: number): Buffer {
  const blocks: Buffer[] = [];
  const counter = Buffer.alloc(4);
  for (let done = 0; done < length; ) {
    counter.writeUInt32BE(blocks.length);
    const block = createHash(hashName).update(seed).update(counter).digest();
    blocks.push(block);
    done += block.length;
  }
  return Buffer.concat(blocks, length);
}

function xor(a: Buffer, b: Buffer): Buffer {
  const result = Buffer.alloc(a.length);
  for (let i = 0; i < a.length; i++) result[i] = (a[i] ?? 0) ^ (b[i] ?? 0);
  return result;
}
