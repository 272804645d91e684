import { crc32 } from 'node:zlib';
import { AppError } from '../../../shared/errors.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { Bytes, Sha256 } from '../../../shared/model/brand.ts';
import type { ContentDigest } from '../content-digest.ts';
import { planEntry } from './plan-zip.ts';
import { descriptor, ESCAPE, type Layout, localHeader, type PlannedEntry, SIGNATURES, SIZES } from './records.ts';
import { BLOCK_HEADER_SIZE, readBlockHeader } from './stored-blocks.ts';

/** An entry as its bytes say, in the order of the file. */
export interface ScannedEntry {
  readonly name: string;
  readonly layout: Layout;
  readonly offset: Bytes;
  readonly dataOffset: Bytes;
  readonly size: Bytes;
  readonly crc32: number;
  readonly sha256: Sha256;
}

export interface ScanResult {
  readonly entries: readonly ScannedEntry[];
  /** Where the central directory begins. */
  readonly centralOffset: Bytes;
}

export interface EntryScanner {
  /** Takes a chunk at once; whoever pushes many awaits the digest's `ready` between them. */
  push(chunk: Buffer): void;
  /** @throws AppError CONTAINER_MALFORMED where the bytes were not entries of our profile */
  finish(): Promise<ScanResult>;
}

type State =
  | { readonly kind: 'header' }
  | { readonly kind: 'content'; left: Bytes }
  | { readonly kind: 'block-header' }
  | { readonly kind: 'block'; left: Bytes; readonly final: boolean }
  | { readonly kind: 'descriptor' }
  | { readonly kind: 'central' }
  | { readonly kind: 'failed'; readonly reason: string };

interface Open {
  readonly name: string;
  readonly layout: Layout;
  readonly offset: Bytes;
  readonly dataOffset: Bytes;
  readonly zip64: boolean;
  readonly claimedCrc: number;
  crc: number;
  size: Bytes;
}

/** Longest record that must be in one piece: a local header with a name of `LIMITS.nameBytes` and a ZIP64 field. */
const MAX_RECORD = SIZES.local + 0xffff + 20;

/**
 * Follows the entries of a container of our profile while its bytes stream by, so that their digests are known without a second pass. The bytes may
 * not be authentic yet: a fault is kept until {@link EntryScanner.finish}, which is called only after the tag was checked, so that no
 * difference in time or answer tells a forger how far he came.
 */
export function createEntryScanner(digest: ContentDigest): EntryScanner {
  const entries: (Omit<ScannedEntry, 'sha256'> & { readonly sha256: Promise<Sha256> })[] = [];
  let state: State = { kind: 'header' };
  let open: Open | null = null;
  let position = 0;
  let carry: Buffer = Buffer.alloc(0);

  const fail = (reason: string): 0 => {
    state = { kind: 'failed', reason };
    open = null;
    return 0;
  };

  function push(chunk: Buffer): void {
    if (state.kind === 'central' || state.kind === 'failed') return;
    let rest = carry.length === 0 ? chunk : Buffer.concat([carry, chunk]);
    carry = Buffer.alloc(0);
    while (rest.length > 0 || state.kind === 'content' || state.kind === 'block') {
      const used = step(rest);
      if (used === null) {
        if (rest.length > MAX_RECORD) fail('record too long');
        // The caller may reuse its chunk: what is kept must be a copy
        carry = Buffer.from(rest);
        return;
      }
      position += used;
      rest = rest.subarray(used);
      const { kind } = state as State;
      if (kind === 'central' || kind === 'failed') return;
      if (used === 0 && rest.length === 0) return;
    }
  }

  /** Bytes used, or null where the record is not whole yet. */
  function step(bytes: Buffer): number | null {
    switch (state.kind) {
      case 'header':
        return readLocal(bytes);
      case 'content':
        return readContent(bytes, state);
      case 'block-header':
        return readBlock(bytes);
      case 'block':
        return readBlockContent(bytes, state);
      case 'descriptor':
        return readDescriptor(bytes);
      default:
        return 0;
    }
  }

  function readLocal(bytes: Buffer): number | null {
    if (bytes.length < 4) return null;
    const signature = bytes.readUInt32LE(0);
    if (signature === SIGNATURES.central) {
      state = { kind: 'central' };
      return 0;
    }
    if (signature !== SIGNATURES.local) {
      return fail('no local header');
    }
    if (bytes.length < SIZES.local) return null;
    const length = SIZES.local + bytes.readUInt16LE(26) + bytes.readUInt16LE(28);
    if (bytes.length < length) return null;
    const refusal = begin(bytes.subarray(0, length));
    return refusal === null ? length : fail(refusal);
  }

  /** Opens the entry, or says why its header is not of the profile. */
  function begin(header: Buffer): string | null {
    const nameBytes = header.subarray(SIZES.local, SIZES.local + header.readUInt16LE(26));
    const name = nameBytes.toString('utf8');
    const layout: Layout = header.readUInt16LE(8) === 8 ? 'blocks' : 'stored';
    const zip64 = header.readUInt32LE(18) === ESCAPE;
    const size = layout === 'blocks' ? (zip64 ? ESCAPE : 0) : header.readUInt32LE(18);
    const claimedCrc = header.readUInt32LE(14);
    const planned = planEntry({ name, layout, size }, position);
    if (entries.length >= LIMITS.entries) return 'too many entries';
    if (!Buffer.from(name, 'utf8').equals(nameBytes)) return 'name is not UTF-8';
    if (layout === 'stored' && zip64) return 'stored entry too large';
    if (!localHeader(planned, claimedCrc).equals(header)) return 'local header is not of the profile';
    open = {
      name,
      layout,
      offset: position,
      dataOffset: position + header.length,
      zip64,
      claimedCrc,
      crc: 0,
      size: 0,
    };
    state = layout === 'blocks' ? { kind: 'block-header' } : { kind: 'content', left: size };
    if (layout === 'stored' && size === 0) endStored();
    return null;
  }

  /** Passes the first bytes on as content of the entry; how many of them there were. */
  function take(bytes: Buffer, content: { left: Bytes }): Bytes {
    const length = Math.min(bytes.length, content.left);
    if (open === null || length === 0) return 0;
    digest.write(bytes, 0, length);
    open.crc = crc32(bytes.subarray(0, length), open.crc);
    open.size += length;
    content.left -= length;
    return length;
  }

  function readContent(bytes: Buffer, content: { left: Bytes }): number | null {
    if (bytes.length === 0) return null;
    const used = take(bytes, content);
    if (content.left === 0) endStored();
    return used;
  }

  function endStored(): void {
    if (open !== null && open.crc !== open.claimedCrc) fail('CRC differs');
    else close();
  }

  function readBlock(bytes: Buffer): number | null {
    if (bytes.length < BLOCK_HEADER_SIZE) return null;
    const block = readBlockHeader(bytes);
    if (block === null || (block.length === 0 && !(block.final && open?.size === 0))) {
      return fail('not a stored block of the profile');
    }
    state = { kind: 'block', left: block.length, final: block.final };
    if (block.length === 0) state = { kind: 'descriptor' };
    return BLOCK_HEADER_SIZE;
  }

  function readBlockContent(bytes: Buffer, block: { left: Bytes; readonly final: boolean }): number | null {
    if (bytes.length === 0) return null;
    const used = take(bytes, block);
    if (block.left === 0) state = block.final ? { kind: 'descriptor' } : { kind: 'block-header' };
    return used;
  }

  function readDescriptor(bytes: Buffer): number | null {
    if (open === null) return 0;
    const planned: PlannedEntry = planEntry({ name: open.name, layout: 'blocks', size: open.size }, open.offset);
    if (planned.zip64 !== open.zip64) {
      return fail('ZIP64 where it is not needed, or not where it is');
    }
    const expected = descriptor(planned, open.crc);
    if (bytes.length < expected.length) return null;
    if (!expected.equals(bytes.subarray(0, expected.length))) {
      return fail('descriptor differs');
    }
    close();
    return expected.length;
  }

  function close(): void {
    if (open === null) return;
    const { name, layout, offset, dataOffset, size, crc } = open;
    entries.push({ name, layout, offset, dataOffset, size, crc32: crc, sha256: digest.finish() });
    open = null;
    state = { kind: 'header' };
  }

  return {
    push,
    async finish() {
      if (state.kind === 'failed') throw new AppError('CONTAINER_MALFORMED', { reason: state.reason });
      if (state.kind !== 'central') throw new AppError('CONTAINER_MALFORMED', { reason: 'no central directory' });
      const digested = entries.map(async (entry) => ({ ...entry, sha256: await entry.sha256 }));
      return { entries: await Promise.all(digested), centralOffset: position };
    },
  };
}
