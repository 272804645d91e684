import { AppError } from '../../shared/errors.ts';
import { LIMITS } from '../../shared/limits.ts';
import type { Bytes, Sha256 } from '../../shared/model/brand.ts';
import { type ByteSource, readRange } from '../files/bytes.ts';
import { refuseUnsafeNames } from '../packages/asic/entry-names.ts';
import { checkCentral } from '../packages/zip/check-central.ts';
import type { ScannedEntry } from '../packages/zip/entry-scanner.ts';
import { scanContainer } from '../packages/zip/scan-container.ts';
import { storedBlocksSource } from '../packages/zip/stored-blocks.ts';
import { type BundleManifest, bundleManifest, MANIFEST, parseFile, type Role, roleOf } from './bundle-manifest.ts';

export interface BundleFile {
  readonly path: string;
  readonly role: Role;
  /** The M or digest in its path. */
  readonly name: string | null;
  readonly sha256: Sha256;
  readonly source: ByteSource;
}

export interface Bundle {
  readonly manifest: BundleManifest;
  readonly files: readonly BundleFile[];
}

const refuse = (reason: string): never => {
  throw new AppError('EVIDENCE_MALFORMED', { reason });
};

/**
 * Reads a bundle's structure whole: a ZIP in the one form of packages/zip (stored, nothing to inflate, no byte outside its entries), whose last entry lists every other one with its
 * digest. Nothing of it is believed yet.
 *
 * @throws AppError EVIDENCE_MALFORMED, CONTAINER_MALFORMED, CONTAINER_ENTRY_REFUSED
 */
export async function readBundle(bundle: ByteSource): Promise<Bundle> {
  const scan = await scanContainer(bundle);
  await checkCentral(bundle, scan);
  refuseUnsafeNames(scan.entries.map(({ name }) => name));
  const last = scan.entries.at(-1);
  if (last?.name !== MANIFEST || last.size > LIMITS.message) return refuse('no list of files');
  const manifest = parseFile(bundleManifest, await readRange(contentOf(bundle, last), 0, last.size));
  if (manifest === null) return refuse('list of files');
  const entries = scan.entries.slice(0, -1);
  if (entries.length !== manifest.files.length) refuse('files and list differ in number');
  const files = entries.map((entry, index): BundleFile => {
    const listed = manifest.files[index];
    if (listed?.path !== entry.name) return refuse('names and list differ');
    if (listed.size !== entry.size || listed.sha256 !== entry.sha256) return refuse(`digest of ${entry.name}`);
    const known = roleOf(entry.name);
    if (known === null) return refuse('file of no kind');
    return { path: entry.name, ...known, sha256: entry.sha256, source: contentOf(bundle, entry) };
  });
  return { manifest, files };
}

function contentOf(bundle: ByteSource, { layout, dataOffset, size }: ScannedEntry): ByteSource {
  return layout === 'blocks' ? storedBlocksSource(bundle, dataOffset, size) : sliceSource(bundle, dataOffset, size);
}

function sliceSource(source: ByteSource, from: Bytes, size: Bytes): ByteSource {
  return {
    size,
    read: (target, position) =>
      source.read(target.subarray(0, Math.max(0, Math.min(target.length, size - position))), from + position),
    close: async () => {},
  };
}
