import type { Bytes } from '../../../shared/model/brand.ts';
import {
  type CentralPlace,
  centralHeader,
  ESCAPE,
  endRecordsSize,
  type Layout,
  localHeaderSize,
  type PlannedEntry,
  SIZES,
} from './records.ts';
import { storedBlocksSize } from './stored-blocks.ts';

/** What must be known of an entry before its content was read. */
export interface EntrySpec {
  readonly name: string;
  readonly layout: Layout;
  readonly size: Bytes;
}

export interface ZipPlan {
  readonly entries: readonly PlannedEntry[];
  readonly central: CentralPlace;
  /** Of the whole file: exact, before the first byte is written. */
  readonly size: Bytes;
}

/** Lays the entries out one behind the other, then the central directory. */
export function planZip(specs: readonly EntrySpec[]): ZipPlan {
  let offset = 0;
  const entries = specs.map((spec) => {
    const entry = planEntry(spec, offset);
    offset = endOf(entry);
    return entry;
  });
  const centralSize = entries.reduce((sum, entry) => sum + centralHeader(entry, 0).length, 0);
  const central = { entries: entries.length, offset, size: centralSize };
  return { entries, central, size: offset + centralSize + endRecordsSize(offset) };
}

/** One entry whose local header stands at `offset`. */
export function planEntry(spec: EntrySpec, offset: Bytes): PlannedEntry {
  const nameBytes = Buffer.from(spec.name, 'utf8');
  const compressedSize = spec.layout === 'blocks' ? storedBlocksSize(spec.size) : spec.size;
  const zip64 = compressedSize >= ESCAPE;
  const dataOffset = offset + localHeaderSize(nameBytes.length, zip64);
  return { ...spec, nameBytes, compressedSize, offset, dataOffset, zip64 };
}

/** The first byte behind the entry, its descriptor included. */
export function endOf(entry: PlannedEntry): Bytes {
  const behind = entry.layout === 'stored' ? 0 : entry.zip64 ? SIZES.descriptor64 : SIZES.descriptor;
  return entry.dataOffset + entry.compressedSize + behind;
}
