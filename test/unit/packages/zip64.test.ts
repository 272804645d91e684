import { describe, expect, test } from 'vitest';
import type { ByteSource } from '../../../electron/files/bytes.ts';
import { checkCentral } from '../../../electron/packages/zip/check-central.ts';
import { type EntrySpec, planZip, type ZipPlan } from '../../../electron/packages/zip/plan-zip.ts';
import { readForeignZip } from '../../../electron/packages/zip/read-foreign-zip.ts';
import { centralHeader, descriptor, endRecords, localHeader } from '../../../electron/packages/zip/records.ts';
import { BLOCK_HEADER_SIZE, BLOCK_SIZE, storedBlocksSize } from '../../../electron/packages/zip/stored-blocks.ts';

/** A container of any size that takes no memory: its records stand where they belong, content is zeros. */
function sparseContainer({ entries, central, size }: ZipPlan): ByteSource {
  const pieces = entries.flatMap((entry) => {
    const local = { at: entry.offset, bytes: localHeader(entry, 0) };
    return entry.layout === 'stored'
      ? [local]
      : [local, { at: entry.dataOffset + entry.compressedSize, bytes: descriptor(entry, 0) }];
  });
  const directory = [...entries.map((entry) => centralHeader(entry, 0)), endRecords(central)];
  pieces.push({ at: central.offset, bytes: Buffer.concat(directory) });
  return {
    size,
    read: async (target, position) => {
      const length = Math.max(0, Math.min(target.length, size - position));
      target.fill(0, 0, length);
      for (const { at, bytes } of pieces) {
        if (at < position + length && at + bytes.length > position) {
          bytes.copy(target, Math.max(0, at - position), Math.max(0, position - at), position + length - at);
        }
      }
      return length;
    },
    close: async () => {},
  };
}

const GiB = 2 ** 30;
const ESCAPE = 0xffff_ffff;
/** The content whose stored blocks take exactly `compressed` bytes. */
function contentOf(compressed: number): number {
  const blocks = Math.ceil(compressed / (BLOCK_SIZE + BLOCK_HEADER_SIZE));
  const size = compressed - BLOCK_HEADER_SIZE * blocks;
  expect(storedBlocksSize(size)).toBe(compressed);
  return size;
}

describe('an independent reader finds the sizes and places of', () => {
  test.each<[string, number[]]>([
    ['a document just small enough for 32 bits', [contentOf(ESCAPE - 1)]],
    ['a document whose blocks take 2^32 − 1 bytes: the value that means "see ZIP64"', [contentOf(ESCAPE)]],
    ['a document that is smaller than 4 GiB while its blocks are not', [ESCAPE - 100_000]],
    ['a document of 4 GiB', [4 * GiB]],
    ['a document of 60 GiB', [60 * GiB]],
    ['small documents behind 4 GiB', [3 * GiB, 3 * GiB, 5, 0]],
    ['documents that end just before 4 GiB, with a directory behind it', [contentOf(ESCAPE - 400)]],
  ])('%s', async (_, sizes) => {
    const specs: EntrySpec[] = [
      { name: 'mimetype', layout: 'stored', size: 31 },
      ...sizes.map((size, index): EntrySpec => ({ name: `documents/${index + 1}-卷.bin`, layout: 'blocks', size })),
      { name: 'message.json', layout: 'stored', size: 1_000 },
    ];
    const plan = planZip(specs);
    const container = sparseContainer(plan);
    const found = await readForeignZip(container);
    expect(found.map(({ name, size }) => ({ name, size }))).toEqual(specs.map(({ name, size }) => ({ name, size })));
    const entries = plan.entries.map((entry) => ({ ...entry, crc32: 0, sha256: '' as never }));
    await checkCentral(container, { entries, centralOffset: plan.central.offset });
  });
});
