import type { Bytes } from '../../../shared/model/brand.ts';
import type { ByteSource } from '../../files/bytes.ts';
import type { ContentDigest } from '../content-digest.ts';
import { openContentDigest } from '../open-content-digest.ts';
import { createEntryScanner, type EntryScanner, type ScanResult } from './entry-scanner.ts';

const CHUNK: Bytes = 1024 * 1024;

/**
 * Reads a whole container of our profile, with the digests of its entries.
 * @throws AppError CONTAINER_MALFORMED
 */
export async function scanContainer(container: ByteSource): Promise<ScanResult> {
  const digest = openContentDigest(container.size);
  try {
    const scanner = createEntryScanner(digest);
    await pushAll(container, scanner, digest);
    return await scanner.finish();
  } finally {
    digest.close();
  }
}

/** Reads ahead by one buffer of two: the scanner keeps nothing of what it was given. */
async function pushAll(container: ByteSource, scanner: EntryScanner, digest: ContentDigest): Promise<void> {
  const size = Math.min(CHUNK, container.size);
  const buffers = [Buffer.allocUnsafeSlow(size), Buffer.allocUnsafeSlow(size)] as const;
  const read = async (index: number): Promise<Buffer> => {
    const buffer = buffers[(index % 2) as 0 | 1];
    return buffer.subarray(0, await container.read(buffer, index * CHUNK));
  };
  let ahead = read(0);
  for (let index = 0; index * CHUNK < container.size; index++) {
    const chunk = await ahead;
    if (chunk.length === 0) break;
    if ((index + 1) * CHUNK < container.size) {
      ahead = read(index + 1);
      // Awaited on the next round; a failure meanwhile must not count as unhandled
      ahead.catch(() => {});
    }
    scanner.push(chunk);
    await digest.ready();
  }
  await ahead;
}
