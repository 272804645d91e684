import type { Bytes } from '../../../shared/model/brand.ts';

/**
 * The records of a ZIP file (APPNOTE.TXT 6.3.10) in the one form that our profile allows: for a given entry there is exactly one
 * sequence of bytes. The writer emits it and the strict reader compares with it, so the two cannot disagree.
 */
export const SIGNATURES = {
  local: 0x04034b50,
  descriptor: 0x08074b50,
  central: 0x02014b50,
  end: 0x06054b50,
  end64: 0x06064b50,
  locator64: 0x07064b50,
} as const;
export const SIZES = {
  local: 30,
  descriptor: 16,
  descriptor64: 24,
  central: 46,
  end: 22,
  end64: 56,
  locator64: 20,
} as const;
/** A 32-bit field with this value points to the ZIP64 field (4.4.8). */
export const ESCAPE = 0xffff_ffff;

const VERSION = 20;
const VERSION_64 = 45;
const FLAG_DESCRIPTOR = 0x0008;
const FLAG_UTF8 = 0x0800;
/** Unix, in the upper byte of "version made by": from MS-DOS, Info-ZIP would take names for a code page whatever the UTF-8 flag says. */
const HOST_UNIX = 3 << 8;
/** External attributes: a regular file, rw-r--r--. With Unix as the host, zeros would be a file that nobody may read. */
const UNIX_MODE = 0o100644 * 2 ** 16;
/** 1980-01-01: the claimed time stands in message.json, signed. */
const DOS_DATE = 0x0021;
const ZIP64_ID = 0x0001;

/** `stored`: sizes and CRC in the local header. `blocks`: method 8 of stored blocks, sizes and CRC in a descriptor behind the data. */
export type Layout = 'stored' | 'blocks';

export interface PlannedEntry {
  readonly name: string;
  readonly nameBytes: Buffer;
  readonly layout: Layout;
  /** Of the content. */
  readonly size: Bytes;
  /** What the content takes in the file. */
  readonly compressedSize: Bytes;
  /** Of the local header. */
  readonly offset: Bytes;
  readonly dataOffset: Bytes;
  /** Whether sizes are written with 8 bytes in local header and descriptor. */
  readonly zip64: boolean;
}

/** CRC-32 of the content goes into the header of a stored entry; 0 for `blocks`, where the descriptor has it. */
export function localHeader(entry: PlannedEntry, crc32: number): Buffer {
  const blocks = entry.layout === 'blocks';
  const extra = entry.zip64 ? zip64Extra(0, 0) : Buffer.alloc(0);
  const header = Buffer.alloc(SIZES.local);
  const size = entry.zip64 ? ESCAPE : blocks ? 0 : entry.size;
  header.writeUInt32LE(SIGNATURES.local, 0);
  header.writeUInt16LE(entry.zip64 ? VERSION_64 : VERSION, 4);
  header.writeUInt16LE(flags(entry.layout), 6);
  header.writeUInt16LE(method(entry.layout), 8);
  header.writeUInt16LE(DOS_DATE, 12);
  header.writeUInt32LE(blocks ? 0 : crc32, 14);
  header.writeUInt32LE(size, 18);
  header.writeUInt32LE(size, 22);
  header.writeUInt16LE(entry.nameBytes.length, 26);
  header.writeUInt16LE(extra.length, 28);
  return Buffer.concat([header, entry.nameBytes, extra]);
}

export function localHeaderSize(nameLength: Bytes, zip64: boolean): Bytes {
  return SIZES.local + nameLength + (zip64 ? 20 : 0);
}

/** Data descriptor with its signature (4.3.9); 8-byte sizes exactly where the local header has a ZIP64 field. */
export function descriptor(entry: PlannedEntry, crc32: number): Buffer {
  const record = Buffer.alloc(entry.zip64 ? SIZES.descriptor64 : SIZES.descriptor);
  record.writeUInt32LE(SIGNATURES.descriptor, 0);
  record.writeUInt32LE(crc32, 4);
  if (entry.zip64) {
    record.writeBigUInt64LE(BigInt(entry.compressedSize), 8);
    record.writeBigUInt64LE(BigInt(entry.size), 16);
  } else {
    record.writeUInt32LE(entry.compressedSize, 8);
    record.writeUInt32LE(entry.size, 12);
  }
  return record;
}

/** Central header; its ZIP64 field holds the values that do not fit, in the order of 4.5.3, and none that do. */
export function centralHeader(entry: PlannedEntry, crc32: number): Buffer {
  const large = [entry.size, entry.compressedSize, entry.offset].filter((value) => value >= ESCAPE);
  const extra = large.length === 0 ? Buffer.alloc(0) : zip64Extra(...large);
  const version = entry.zip64 || large.length > 0 ? VERSION_64 : VERSION;
  const header = Buffer.alloc(SIZES.central);
  header.writeUInt32LE(SIGNATURES.central, 0);
  header.writeUInt16LE(HOST_UNIX | version, 4);
  header.writeUInt16LE(version, 6);
  header.writeUInt16LE(flags(entry.layout), 8);
  header.writeUInt16LE(method(entry.layout), 10);
  header.writeUInt16LE(DOS_DATE, 14);
  header.writeUInt32LE(crc32, 16);
  header.writeUInt32LE(Math.min(entry.compressedSize, ESCAPE), 20);
  header.writeUInt32LE(Math.min(entry.size, ESCAPE), 24);
  header.writeUInt16LE(entry.nameBytes.length, 28);
  header.writeUInt16LE(extra.length, 30);
  header.writeUInt32LE(UNIX_MODE, 38);
  header.writeUInt32LE(Math.min(entry.offset, ESCAPE), 42);
  return Buffer.concat([header, entry.nameBytes, extra]);
}

export interface CentralPlace {
  readonly entries: number;
  readonly offset: Bytes;
  readonly size: Bytes;
}

/** End of central directory, after its ZIP64 record and locator where the directory begins beyond 4 GiB. */
export function endRecords(central: CentralPlace): Buffer {
  const end = Buffer.alloc(SIZES.end);
  end.writeUInt32LE(SIGNATURES.end, 0);
  end.writeUInt16LE(central.entries, 8);
  end.writeUInt16LE(central.entries, 10);
  end.writeUInt32LE(central.size, 12);
  end.writeUInt32LE(Math.min(central.offset, ESCAPE), 16);
  return central.offset >= ESCAPE ? Buffer.concat([end64(central), locator64(central), end]) : end;
}

export function endRecordsSize(centralOffset: Bytes): Bytes {
  return SIZES.end + (centralOffset >= ESCAPE ? SIZES.end64 + SIZES.locator64 : 0);
}

function end64(central: CentralPlace): Buffer {
  const record = Buffer.alloc(SIZES.end64);
  record.writeUInt32LE(SIGNATURES.end64, 0);
  record.writeBigUInt64LE(BigInt(SIZES.end64 - 12), 4);
  record.writeUInt16LE(HOST_UNIX | VERSION_64, 12);
  record.writeUInt16LE(VERSION_64, 14);
  record.writeBigUInt64LE(BigInt(central.entries), 24);
  record.writeBigUInt64LE(BigInt(central.entries), 32);
  record.writeBigUInt64LE(BigInt(central.size), 40);
  record.writeBigUInt64LE(BigInt(central.offset), 48);
  return record;
}

function locator64(central: CentralPlace): Buffer {
  const record = Buffer.alloc(SIZES.locator64);
  record.writeUInt32LE(SIGNATURES.locator64, 0);
  record.writeBigUInt64LE(BigInt(central.offset + central.size), 8);
  record.writeUInt32LE(1, 16);
  return record;
}

function zip64Extra(...values: readonly number[]): Buffer {
  const extra = Buffer.alloc(4 + 8 * values.length);
  extra.writeUInt16LE(ZIP64_ID, 0);
  extra.writeUInt16LE(8 * values.length, 2);
  for (const [index, value] of values.entries()) extra.writeBigUInt64LE(BigInt(value), 4 + 8 * index);
  return extra;
}

const flags = (layout: Layout): number => FLAG_UTF8 | (layout === 'blocks' ? FLAG_DESCRIPTOR : 0);
const method = (layout: Layout): number => (layout === 'blocks' ? 8 : 0);
