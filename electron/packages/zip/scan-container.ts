import { type ByteSource, readRange } from '../../files/bytes.ts';
import { openContentDigest } from '../open-content-digest.ts';
import { createEntryScanner, type ScanResult } from './entry-scanner.ts';

const CHUNK = 1024 * 1024;

/**
 * Reads a whole container of our profile, with the digests of its entries.
 * @throws AppError CONTAINER_MALFORMED
 */
export async function scanContainer(container: ByteSource): Promise<ScanResult> {
  const digest = openContentDigest(container.size);
  try {
    const scanner = createEntryScanner(digest);
    let next = readRange(container, 0, CHUNK);
    for (let position = 0; position < container.size; ) {
      const chunk = await next;
      if (chunk.length === 0) break;
      position += chunk.length;
      next = readRange(container, position, CHUNK);
      next.catch(() => {});
      scanner.push(chunk);
      await digest.ready();
    }
    await next.catch(() => {});
    return await scanner.finish();
  } finally {
    digest.close();
  }
}
