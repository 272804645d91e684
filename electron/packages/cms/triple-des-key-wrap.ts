import { createDecipheriv, hash, timingSafeEqual } from 'node:crypto';

/** Initial value of the outer encryption (RFC 3217, 3.1). */
const OUTER_IV = Buffer.from('4adda22c79e82105', 'hex');
const BLOCK = 8;
const WRAPPED_LENGTH = 40;
const KEY_LENGTH = 24;

/** Triple-DES key unwrap (RFC 3217, 3.2), for reading old messages only. Null where the checksum fails. */
export function unwrapTripleDesKey(kek: Buffer, wrapped: Buffer): Buffer | null {
  if (wrapped.length !== WRAPPED_LENGTH) return null;
  const reversed = decrypt(kek, OUTER_IV, wrapped).reverse();
  const checked = decrypt(kek, reversed.subarray(0, BLOCK), reversed.subarray(BLOCK));
  const key = Buffer.from(checked.subarray(0, KEY_LENGTH));
  const checksum = hash('sha1', key, 'buffer').subarray(0, BLOCK);
  const intact = timingSafeEqual(checksum, checked.subarray(KEY_LENGTH));
  reversed.fill(0);
  checked.fill(0);
  if (intact) return key;
  key.fill(0);
  return null;
}

function decrypt(kek: Buffer, iv: Buffer, bytes: Buffer): Buffer {
  const decipher = createDecipheriv('des-ede3-cbc', kek, iv).setAutoPadding(false);
  return Buffer.concat([decipher.update(bytes), decipher.final()]);
}
