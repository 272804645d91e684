import { createCipheriv, createHmac } from 'node:crypto';
import type { Bytes } from '../../../shared/model/brand.ts';
import { deriveSubkey } from '../keys/kdf.ts';
import type { BlobId } from './blob-id.ts';

export interface ContentNamer {
  update(chunk: Buffer): void;
  /** Call once, at the end. */
  name(size: Bytes): BlobId;
}

/**
 * Names a blob by its content: HMAC-SHA256, under a key of the vault, over the size and the GMAC of the content under another key.
 * A GMAC of one fixed nonce is a universal hash; hidden under a PRF (hash-then-PRF, Wegman and Carter 1981) it makes a PRF of the content: equal names
 * mean equal contents but for a chance of about 2^-60 in a vault of a million blobs of 64 GiB, and tell nothing without the keys. SHA-256 would
 * cost as much again as decrypting and encrypting together (measured 2 GB/s against 30).
 */
export function createContentNamer(key: Buffer): ContentNamer {
  const digestKey = deriveSubkey(key, Buffer.alloc(0), 'content-digest');
  const nameKey = deriveSubkey(key, Buffer.alloc(0), 'content-name');
  const gmac = createCipheriv('aes-256-gcm', digestKey, Buffer.alloc(12));
  digestKey.fill(0);
  return {
    update: (chunk) => void gmac.setAAD(chunk),
    name: (size) => {
      gmac.final();
      const length = Buffer.alloc(8);
      length.writeBigUInt64BE(BigInt(size));
      const name = createHmac('sha256', nameKey).update(length).update(gmac.getAuthTag()).digest('hex');
      nameKey.fill(0);
      return name as BlobId;
    },
  };
}
