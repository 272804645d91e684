import { crc32 } from 'node:zlib';
import { AppError } from '../../shared/errors.ts';
import type { Bytes } from '../../shared/model/brand.ts';
import type { ByteSink, ByteSource } from '../files/bytes.ts';
import { readRange } from '../files/bytes.ts';
import { archiveNames, ENTRY } from './asic/entry-names.ts';
import type { Archive } from './verify/judge-archives.ts';
import { throwIfAborted } from './write-container.ts';
import type { ScanResult } from './zip/entry-scanner.ts';
import { endOf, planEntry } from './zip/plan-zip.ts';
import { centralHeader, endRecords, localHeader } from './zip/records.ts';

export interface Augmentation {
  readonly container: ByteSource;
  readonly scan: ScanResult;
  /** The signature with what proves it; the octets that were signed are the same. */
  readonly signature: Buffer;
  /** The oldest first. */
  readonly archives: readonly Archive[];
  readonly sink: ByteSink;
  readonly signal?: AbortSignal;
}

const CHUNK: Bytes = 1024 * 1024;

/**
 * Writes a copy of a container of our profile with another signature value and archive timestamps behind it: everything before the signature keeps its bytes and its
 * place, so that M stays the message's name (protocol.md 4: the stored container itself never changes).
 */
export async function writeAugmented(augmentation: Augmentation): Promise<Bytes> {
  const { container, scan, signature, archives, sink, signal } = augmentation;
  const place = scan.entries.findIndex(({ name }) => name === ENTRY.signature);
  const end = scan.entries[place]?.offset;
  if (end === undefined) throw new AppError('SIGNATURE_MISSING');
  for (let position = 0; position < end; position += CHUNK) {
    throwIfAborted(signal);
    await sink.write(await readRange(container, position, Math.min(CHUNK, end - position)));
  }
  const directory = scan.entries
    .slice(0, place)
    .map(({ name, layout, size, offset, crc32: crc }) => centralHeader(planEntry({ name, layout, size }, offset), crc));
  let offset = end;
  for (const { name, content } of newEntries(signature, archives)) {
    const entry = planEntry({ name, layout: 'stored', size: content.length }, offset);
    const crc = crc32(content);
    await sink.write(localHeader(entry, crc));
    await sink.write(content);
    directory.push(centralHeader(entry, crc));
    offset = endOf(entry);
  }
  const central = Buffer.concat(directory);
  const tail = endRecords({ entries: directory.length, offset, size: central.length });
  await sink.write(central);
  await sink.write(tail);
  return offset + central.length + tail.length;
}

/** An empty padding stays: the entries of the profile are the same in every copy. */
function newEntries(signature: Buffer, archives: readonly Archive[]): { name: string; content: Buffer }[] {
  const stamps = archives.flatMap(({ manifest, token }, index) => {
    const names = archiveNames(index, archives.length);
    return [
      { name: names.manifest, content: manifest },
      { name: names.token, content: token },
    ];
  });
  return [{ name: ENTRY.signature, content: signature }, { name: ENTRY.padding, content: Buffer.alloc(0) }, ...stamps];
}
