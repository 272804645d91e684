import { createHash } from 'node:crypto';
import { context, octetString, sequence } from '../../pki/asn1/der-writer.ts';

/**
 * ANSI X9.63 key derivation as RFC 5753 7.2 and SEC 1 3.6.1 define it: Hash(Z || counter || SharedInfo), cut to
 * `length` bytes.
 */
export function x963Kdf(hash: string, secret: Buffer, sharedInfo: Buffer, length: number): Buffer {
  const blocks: Buffer[] = [];
  let done = 0;
  for (let counter = 1; done < length; counter++) {
    const block = createHash(hash).update(secret).update(uint32(counter)).update(sharedInfo).digest();
    blocks.push(block);
    done += block.length;
  }
  const output = Buffer.concat(blocks);
  for (const block of blocks) block.fill(0);
  const key = Buffer.from(output.subarray(0, length));
  output.fill(0);
  return key;
}

/**
 * ECC-CMS-SharedInfo (RFC 5753, 7.2).
 * @param keyInfo the key-wrap AlgorithmIdentifier as DER
 * @param keyLength of the key-encryption key, in bytes
 */
export function eccCmsSharedInfo(keyInfo: Buffer, userKeyingMaterial: Buffer | null, keyLength: number): Buffer {
  const partyU = userKeyingMaterial === null ? [] : [context(0, octetString(userKeyingMaterial))];
  return sequence(keyInfo, ...partyU, context(2, octetString(uint32(keyLength * 8))));
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
