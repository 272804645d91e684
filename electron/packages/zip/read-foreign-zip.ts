import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { type Entry, fromRandomAccessReader, RandomAccessReader, type ZipFile } from 'yauzl';
import { AppError, isAppError } from '../../../shared/errors.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { Bytes } from '../../../shared/model/brand.ts';
import { type ByteSource, readRange } from '../../files/bytes.ts';
import { refuseUnsafeNames } from '../asic/entry-names.ts';

/** An entry of somebody else's ZIP: sizes are claims until it was read. */
export interface ForeignEntry {
  readonly name: string;
  readonly size: Bytes;
  /** Content of a small entry. @throws AppError CONTAINER_LIMIT_EXCEEDED over `limit` bytes, CONTAINER_MALFORMED */
  readAll(limit: Bytes): Promise<Buffer>;
  /** Digest of the whole content, read as a stream. */
  digest(algorithm: string): Promise<Buffer>;
  stream(): AsyncIterable<Buffer>;
}

const malformed = (reason: string, cause?: unknown): AppError => new AppError('CONTAINER_MALFORMED', { reason }, cause);
const refused = (reason: string): AppError => new AppError('CONTAINER_ENTRY_REFUSED', { reason });

/** What yauzl says about a name that leaves its folder; its text repeats the name, which ours must not. */
const NAME_REFUSAL = /^(absolute path|invalid relative path|invalid characters in fileName)/;

/** The code for what was wrong with the bytes; what the source itself threw (a tampered blob, a disk) stays what it is. */
function toContainerError(error: unknown): AppError {
  if (isAppError(error)) return error;
  const message = error instanceof Error ? error.message : '';
  const name = NAME_REFUSAL.exec(message)?.[1];
  return name === undefined ? malformed(message.slice(0, 120), error) : refused(name);
}

/**
 * Reads the directory of a ZIP that another program wrote: deflate and stored, within the bounds of limits.ts, names that stay in one folder.
 * @throws AppError CONTAINER_MALFORMED, CONTAINER_ENTRY_REFUSED, CONTAINER_LIMIT_EXCEEDED
 */
export async function readForeignZip(container: ByteSource): Promise<readonly ForeignEntry[]> {
  const zip = await openZip(container);
  const entries = await listEntries(zip);
  refuseUnsafeNames(entries.map(({ fileName }) => fileName));
  // What would come out beyond what is there: a container of ours may well be larger than that, in blocks that inflate to nothing
  const growth = entries.reduce((sum, entry) => sum + Math.max(0, entry.uncompressedSize - entry.compressedSize), 0);
  if (growth > LIMITS.inflateTotal) {
    throw new AppError('CONTAINER_LIMIT_EXCEEDED', { limit: 'inflateTotal', max: LIMITS.inflateTotal });
  }
  await checkLocalHeaders(zip, entries);
  return entries.map((entry) => foreignEntry(zip, entry));
}

/** yauzl asks its reader for streams of ranges; it demands a subclass. */
class SourceReader extends RandomAccessReader {
  readonly #source: ByteSource;
  constructor(source: ByteSource) {
    super();
    this.#source = source;
  }
  override _readStreamForRange(start: number, end: number): Readable {
    const source = this.#source;
    return Readable.from(
      (async function* () {
        for (let at = start; at < end; ) {
          const chunk = await readRange(source, at, Math.min(256 * 1024, end - at));
          if (chunk.length === 0) return;
          at += chunk.length;
          yield chunk;
        }
      })(),
      { objectMode: false },
    );
  }
}

function openZip(container: ByteSource): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    const options = {
      lazyEntries: true,
      autoClose: false,
      decodeStrings: true,
      validateEntrySizes: true,
      strictFileNames: true,
    };
    fromRandomAccessReader(new SourceReader(container), container.size, options, (error, zip) => {
      if (error === null) resolve(zip);
      else reject(toContainerError(error));
    });
  });
}

function listEntries(zip: ZipFile): Promise<Entry[]> {
  return new Promise((resolve, reject) => {
    const entries: Entry[] = [];
    if (zip.entryCount > LIMITS.entries) {
      reject(new AppError('CONTAINER_LIMIT_EXCEEDED', { limit: 'entries', max: LIMITS.entries }));
      return;
    }
    zip.on('error', (error: Error) => reject(toContainerError(error)));
    zip.on('end', () => resolve(entries));
    zip.on('entry', (entry: Entry) => {
      const refusal = refusalOf(entry);
      if (refusal !== null) {
        reject(refusal);
        return;
      }
      if (!entry.fileName.endsWith('/')) entries.push(entry);
      zip.readEntry();
    });
    zip.readEntry();
  });
}

function refusalOf(entry: Entry): AppError | null {
  if (entry.isEncrypted()) return refused('encrypted entry');
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) {
    return refused(`compression method ${entry.compressionMethod}`);
  }
  // 0x7075 gives an entry a second name: two readers would see two names (package-format.md, point 3)
  if (entry.extraFields.some(({ id }) => id === 0x7075)) return refused('second name');
  if (entry.externalFileAttributes >>> 28 === 0xa) return refused('symbolic link');
  const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize);
  if (entry.compressionMethod === 8 && entry.uncompressedSize > 1_000_000 && ratio > LIMITS.inflateRatio) {
    return new AppError('CONTAINER_LIMIT_EXCEEDED', { limit: 'inflateRatio', max: LIMITS.inflateRatio });
  }
  return null;
}

/**
 * Local headers say what the directory says, since some programs believe the one and some the other; and no two entries share bytes, which would make a
 * bomb out of a small file (David Fifield, 2019).
 */
async function checkLocalHeaders(zip: ZipFile, entries: readonly Entry[]): Promise<void> {
  const sorted = [...entries].sort((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader);
  let free = 0;
  for (const entry of sorted) {
    if (entry.relativeOffsetOfLocalHeader < free) throw refused('entries overlap');
    const local = await zip.readLocalFileHeaderPromise(entry).catch((error: unknown) => {
      throw toContainerError(error);
    });
    const agrees =
      local.fileName.equals(entry.fileNameRaw) &&
      local.compressionMethod === entry.compressionMethod &&
      (local.generalPurposeBitFlag & 1) === 0;
    if (!agrees) throw malformed('local and central headers differ');
    free = local.fileDataStart + entry.compressedSize;
  }
}

function foreignEntry(zip: ZipFile, entry: Entry): ForeignEntry {
  const stream = (): AsyncIterable<Buffer> => contentOf(zip, entry);
  // Many manifests may name one large entry: it is read once for each algorithm, whatever they are
  const digests = new Map<string, Promise<Buffer>>();
  return {
    name: entry.fileName,
    size: entry.uncompressedSize,
    stream,
    async readAll(limit) {
      if (entry.uncompressedSize > limit)
        throw new AppError('CONTAINER_LIMIT_EXCEEDED', { limit: 'entry', max: limit });
      const chunks: Buffer[] = [];
      for await (const chunk of stream()) chunks.push(chunk);
      return Buffer.concat(chunks);
    },
    digest(algorithm) {
      const known = digests.get(algorithm) ?? digestOf(stream(), algorithm);
      digests.set(algorithm, known);
      return known;
    },
  };
}

async function digestOf(content: AsyncIterable<Buffer>, algorithm: string): Promise<Buffer> {
  const hash = createHash(algorithm);
  for await (const chunk of content) hash.update(chunk);
  return hash.digest();
}

async function* contentOf(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  const stream = await new Promise<Readable>((resolve, reject) => {
    zip.openReadStream(entry, (error, opened) => {
      if (error === null) resolve(opened);
      else reject(toContainerError(error));
    });
  });
  let crc = 0;
  try {
    for await (const chunk of stream) {
      crc = crc32(chunk as Buffer, crc);
      yield chunk as Buffer;
    }
  } catch (error) {
    throw toContainerError(error);
  }
  if (crc !== entry.crc32) throw malformed('CRC differs');
}
