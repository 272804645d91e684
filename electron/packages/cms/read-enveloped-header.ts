import { AppError } from '../../../shared/errors.ts';
import { LIMITS } from '../../../shared/limits.ts';
import { type ByteSource, readRange } from '../../files/bytes.ts';
import { type EnvelopedHeader, parseEnvelopedHeader } from './parse-enveloped-header.ts';

const FIRST_READ = 8 * 1024;
const GROWTH = 8;

/**
 * Reads the header from the start of a package, at most 1 MiB of it.
 * @throws PACKAGE_TRUNCATED, PACKAGE_MALFORMED, PACKAGE_ALGORITHM_REFUSED, PACKAGE_LIMIT_EXCEEDED
 */
export async function readEnvelopedHeader(source: ByteSource): Promise<EnvelopedHeader> {
  for (let length = FIRST_READ; ; length *= GROWTH) {
    const bytes = await readRange(source, 0, Math.min(length, LIMITS.header));
    const header = parseEnvelopedHeader(bytes);
    if (header !== 'more') return header;
    if (bytes.length >= source.size) throw new AppError('PACKAGE_TRUNCATED');
  }
}
