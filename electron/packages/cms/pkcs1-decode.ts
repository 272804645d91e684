import { equalMask, select } from './constant-time.ts';

const HEADER_LENGTH = 2;
const MIN_PADDING = 8;

/**
 * EME-PKCS1-v1_5 decoding (RFC 8017, 7.2.2) of a key of known length. Where anything is wrong it returns `fallback` and
 * does not say so: whoever asks learns nothing but a failed decryption (RFC 3218, 2.3.2), so that a recipient is no
 * Bleichenbacher oracle.
 * @param encoded the RSA result, as long as the modulus
 * @param fallback fresh random bytes, as long as the key
 */
export function decodePkcs1Key(encoded: Buffer, fallback: Buffer): Buffer {
  const separator = encoded.length - fallback.length - 1;
  if (separator < HEADER_LENGTH + MIN_PADDING) return Buffer.from(fallback);
  let good = equalMask(encoded[0] ?? 1, 0) & equalMask(encoded[1] ?? 0, 2) & equalMask(encoded[separator] ?? 1, 0);
  for (let i = HEADER_LENGTH; i < separator; i++) good &= ~equalMask(encoded[i] ?? 0, 0) & 0xff;
  const key = Buffer.alloc(fallback.length);
  for (let i = 0; i < key.length; i++) key[i] = select(good, encoded[separator + 1 + i] ?? 0, fallback[i] ?? 0);
  return key;
}
