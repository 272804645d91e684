import { createDecipheriv, type Decipheriv } from 'node:crypto';
import { AppError } from '../../../shared/errors.ts';
import {
  type AuthenticatedEncryption,
  type BlockEncryption,
  type ContentEncryption,
  RC2_CBC,
} from './content-encryption.ts';
import { rc2Decipher } from './rc2-decipher.ts';
import type { EnvelopedTrailer } from './read-trailer.ts';

export interface ContentDecipher {
  /** The plaintext of some ciphertext: not to be believed before {@link finish} returned. */
  update(ciphertext: Buffer): Buffer;
  /** Checks tag or padding. @throws PACKAGE_TAMPERED */
  finish(): Buffer;
}

/**
 * @param trailer with the tag, which stands behind the ciphertext, so that tag and attributes are known before it is
 *   decrypted
 * @throws PACKAGE_ALGORITHM_REFUSED where this runtime lacks the cipher
 */
export function contentDecipher(
  encryption: ContentEncryption,
  cek: Buffer,
  trailer: Pick<EnvelopedTrailer, 'tag' | 'additionalData'>,
): ContentDecipher {
  if (encryption.cipher === RC2_CBC && encryption.mode === 'cbc')
    return rc2Decipher(cek, encryption.iv ?? Buffer.alloc(0));
  const decipher = encryption.mode === 'gcm' ? gcmDecipher(encryption, cek, trailer) : blockDecipher(encryption, cek);
  return {
    update: (ciphertext) => decipher.update(ciphertext),
    finish: () => {
      try {
        return decipher.final();
      } catch (error) {
        throw new AppError('PACKAGE_TAMPERED', { part: 'content' }, error);
      }
    },
  };
}

function gcmDecipher(
  { cipher, nonce, tagLength }: AuthenticatedEncryption,
  cek: Buffer,
  { tag, additionalData }: Pick<EnvelopedTrailer, 'tag' | 'additionalData'>,
): Decipheriv {
  const name = cipher as 'aes-256-gcm';
  const decipher = createDecipheriv(name, cek, nonce, { authTagLength: tagLength });
  if (tag === null) throw new AppError('INTERNAL', { reason: 'GCM without a tag' });
  if (additionalData.length > 0) decipher.setAAD(additionalData);
  return decipher.setAuthTag(tag);
}

function blockDecipher({ cipher, iv }: BlockEncryption, cek: Buffer): Decipheriv {
  try {
    return createDecipheriv(cipher, cek, iv);
  } catch (error) {
    // BoringSSL has none of the older ciphers
    throw new AppError('PACKAGE_ALGORITHM_REFUSED', { algorithm: cipher }, error);
  }
}
