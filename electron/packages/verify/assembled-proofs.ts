import { hash } from 'node:crypto';
import type { Sha256 } from '../../../shared/model/brand.ts';
import { archiveNames, ENTRY, isArchiveEntry } from '../asic/entry-names.ts';
import { parseManifest } from '../asic/manifest.ts';
import type { TimestampTrust } from '../timestamp/verify-timestamp.ts';
import { type Archive, type ArchiveFinding, judgeArchives } from './judge-archives.ts';

/** A container's proofs put together, as they stand in an exported copy. */
export interface AssembledProofs {
  readonly signature: Buffer;
  /** The oldest first. */
  readonly archives: readonly Archive[];
}

/** Digests by name of everything that stands in a container with its proofs, the padding aside. */
export function entryDigests(
  { manifest }: { readonly manifest: Buffer },
  { signature, archives }: AssembledProofs,
): Map<string, Sha256> {
  const digest = (bytes: Buffer) => hash('sha256', bytes) as Sha256;
  const signed = parseManifest(manifest).references.map((one) => [one.name, one.digest.toString('hex')] as const);
  const stamps = archives.flatMap((archive, index) => {
    const names = archiveNames(index, archives.length);
    return [
      [names.manifest, digest(archive.manifest)],
      [names.token, digest(archive.token)],
    ] as const;
  });
  return new Map<string, Sha256>([
    ...signed.map(([name, sha256]) => [name, sha256 as Sha256] as const),
    [ENTRY.manifest, digest(manifest)],
    [ENTRY.signature, digest(signature)],
    ...stamps,
  ]);
}

/** By when the archive timestamps put together with a container prove all of it. */
export function judgeAssembled(
  container: { readonly manifest: Buffer },
  proofs: AssembledProofs,
  trust: TimestampTrust,
  at: Date,
): ArchiveFinding {
  if (proofs.archives.length === 0) return { provenAt: null, checks: [], faults: [] };
  const digests = entryDigests(container, proofs);
  const required = [...digests.keys()].filter((name) => !isArchiveEntry(name));
  return judgeArchives(proofs.archives, (name) => digests.get(name) ?? null, required, trust, at);
}
