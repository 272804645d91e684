import rc2 from 'node-forge/lib/rc2.js';
import forgeUtil from 'node-forge/lib/util.js';
import { AppError } from '../../../shared/errors.ts';
import type { ContentDecipher } from './content-decipher.ts';

const BLOCK = 8;

/**
 * RC2-CBC (RFC 2268), which neither OpenSSL 3 nor BoringSSL keeps: slow, for old mail that a person opens by hand. The
 * effective length of the key is its length, as CMS writers choose it.
 */
export function rc2Decipher(key: Buffer, iv: Buffer): ContentDecipher {
  const decipher = rc2.createDecryptionCipher(key.toString('latin1'), key.length * 8);
  const output = forgeUtil.createBuffer();
  decipher.start(iv.toString('latin1'), output);
  /** The last block is held back: it may be padding. */
  const takeAllBut = (held: number) => Buffer.from(output.getBytes(Math.max(0, output.length() - held)), 'latin1');
  return {
    update: (ciphertext) => {
      decipher.update(forgeUtil.createBuffer(ciphertext.toString('latin1')));
      return takeAllBut(BLOCK);
    },
    finish: () => {
      decipher.finish(() => true);
      return removePadding(takeAllBut(0));
    },
  };
}

/** PKCS #7 padding (RFC 5652, 6.3). */
function removePadding(last: Buffer): Buffer {
  const count = last.at(-1) ?? 0;
  const padded = count > 0 && count <= BLOCK && last.subarray(-count).every((byte) => byte === count);
  if (!padded || last.length < count) throw new AppError('PACKAGE_TAMPERED', { part: 'content' });
  return last.subarray(0, last.length - count);
}
