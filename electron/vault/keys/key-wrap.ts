import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { AppError } from '../../../shared/errors.ts';

const NONCE = 12;
const TAG = 16;

/**
 * Seals a key under another one: AES-256-GCM, as nonce ‖ ciphertext ‖ tag.
 *
 * @param aad what the key is for and all that must not be changed beside it
 */
export function wrapKey(kek: Buffer, key: Buffer, aad: string): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', kek, nonce).setAAD(Buffer.from(aad, 'utf8'));
  return Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
}

/** The key, or null where `kek` or `aad` are not those it was wrapped with, or the bytes were changed. Zero it after use. */
export function unwrapKey(kek: Buffer, wrapped: Buffer, aad: string): Buffer | null {
  if (wrapped.length <= NONCE + TAG) throw new AppError('VAULT_CORRUPT', { part: 'wrapped-key' });
  const decipher = createDecipheriv('aes-256-gcm', kek, wrapped.subarray(0, NONCE), { authTagLength: TAG })
    .setAAD(Buffer.from(aad, 'utf8'))
    .setAuthTag(wrapped.subarray(wrapped.length - TAG));
  const key = decipher.update(wrapped.subarray(NONCE, wrapped.length - TAG));
  try {
    decipher.final();
    return key;
  } catch {
    key.fill(0);
    return null;
  }
}
