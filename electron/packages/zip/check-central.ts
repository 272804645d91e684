import { AppError } from '../../../shared/errors.ts';
import type { Bytes } from '../../../shared/model/brand.ts';
import { type ByteSource, readRange } from '../../files/bytes.ts';
import type { ScanResult } from './entry-scanner.ts';
import { planEntry } from './plan-zip.ts';
import { centralHeader, endRecords, endRecordsSize } from './records.ts';

/**
 * Checks that everything behind the entries is, byte for byte, the one central directory and the end records that belong to the entries
 * which were scanned: so there is no gap, no overlap, no comment, no second directory and no header that disagrees.
 * @throws AppError CONTAINER_MALFORMED
 */
export async function checkCentral(container: ByteSource, { entries, centralOffset }: ScanResult): Promise<void> {
  const headers = entries.map(({ name, layout, size, offset, crc32 }) =>
    centralHeader(planEntry({ name, layout, size }, offset), crc32),
  );
  const directory = Buffer.concat(headers);
  const expected = Buffer.concat([
    directory,
    endRecords({ entries: entries.length, offset: centralOffset, size: directory.length }),
  ]);
  const size: Bytes = centralOffset + directory.length + endRecordsSize(centralOffset);
  if (container.size !== size) throw new AppError('CONTAINER_MALFORMED', { reason: 'bytes outside the directory' });
  const found = await readRange(container, centralOffset, expected.length);
  if (!found.equals(expected)) throw new AppError('CONTAINER_MALFORMED', { reason: 'central directory differs' });
}
