import { crc32 } from 'node:zlib';
import type { Bytes, Sha256 } from '../../shared/model/brand.ts';
import type { ContentDigest } from './content-digest.ts';
import { type Emit, stagedEmit } from './staged-emit.ts';
import { type SealDocument, writeDocument } from './write-document.ts';
import { endOf, planEntry } from './zip/plan-zip.ts';
import { centralHeader, endRecords, localHeader, type PlannedEntry } from './zip/records.ts';

/** Writes entries one behind the other, then their directory, in the form of records.ts. */
export interface ContainerWriter {
  /** An entry whose content is at hand. */
  store(name: string, content: Buffer): Promise<void>;
  /** An entry of stored blocks; its digest may be known only later. */
  storeDocument(name: string, document: SealDocument, digest: ContentDigest): Promise<{ sha256: Promise<Sha256> }>;
  /** Writes the directory. @returns the size of the container */
  finish(): Promise<Bytes>;
}

/** Of what is encrypted and written at once; smaller and larger ones are slower (measured). */
const STAGE: Bytes = 512 * 1024;

/** @param size of the whole container, about: small ones take little memory */
export function createContainerWriter(size: Bytes, emit: Emit): ContainerWriter {
  const { append, flush } = stagedEmit(Math.min(size, STAGE), emit);
  const directory: Buffer[] = [];
  let offset = 0;
  const close = (entry: PlannedEntry, crc: number): void => {
    directory.push(centralHeader(entry, crc));
    offset = endOf(entry);
  };
  return {
    async store(name, content) {
      const entry = planEntry({ name, layout: 'stored', size: content.length }, offset);
      const crc = crc32(content);
      await append(localHeader(entry, crc));
      await append(content);
      close(entry, crc);
    },
    async storeDocument(name, document, digest) {
      const entry = planEntry({ name, layout: 'blocks', size: document.source.size }, offset);
      const { crc, sha256 } = await writeDocument(document, entry, digest, append);
      close(entry, crc);
      return { sha256 };
    },
    async finish() {
      const central = Buffer.concat(directory);
      const end = endRecords({ entries: directory.length, offset, size: central.length });
      await append(central);
      await append(end);
      await flush();
      return offset + central.length + end.length;
    },
  };
}
