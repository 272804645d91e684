import { LIMITS } from '../../shared/limits.ts';
import type { Bytes } from '../../shared/model/brand.ts';
import { type Role, roleOf } from './bundle-manifest.ts';

/** How large a file of a kind may be that its reader holds whole. Containers are read in pieces, and nothing here reads the printed report. */
export const SIZE_LIMITS: Readonly<Partial<Record<Role, Bytes>>> = {
  timestamp: LIMITS.crl,
  certificate: LIMITS.crl,
  crl: LIMITS.crl,
  ocsp: LIMITS.crl,
  augmented: LIMITS.augmentedSignature,
  'archive-manifest': LIMITS.augmentedSignature,
  'archive-timestamp': LIMITS.augmentedSignature,
  rules: LIMITS.message,
  calendar: LIMITS.message,
  trust: LIMITS.message,
};

/** Held from the first container to the last; archive timestamps only while their own is judged. */
const SHARED: ReadonlySet<Role> = new Set(['timestamp', 'certificate', 'crl', 'ocsp']);
const OF_ONE: ReadonlySet<Role> = new Set(['augmented', 'archive-manifest', 'archive-timestamp']);

export interface SizedFile {
  readonly path: string;
  readonly size: Bytes;
}

/**
 * What of a bundle's files, its list aside, is more than its verifier takes; null where nothing is. Asked by who reads one and, before the first byte is written, by who makes
 * one: nobody shall hold a bundle for proof that no verifier opens.
 */
export function findExcess(files: readonly SizedFile[]): { readonly limit: string; readonly max: number } | null {
  if (files.length + 1 > LIMITS.entries) return { limit: 'entries', max: LIMITS.entries };
  const shared = new Map<string, Bytes>();
  for (const { path, size } of files) {
    const known = roleOf(path);
    if (known === null) return { limit: path, max: 0 };
    const { role, name } = known;
    const max = SIZE_LIMITS[role];
    if (max !== undefined && size > max) return { limit: path, max };
    const holder = SHARED.has(role) ? 'all' : OF_ONE.has(role) ? (name ?? '') : null;
    if (holder !== null) shared.set(holder, (shared.get(holder) ?? 0) + size);
  }
  const most = Math.max(0, ...shared.values());
  return most > LIMITS.evidenceValues ? { limit: 'values', max: LIMITS.evidenceValues } : null;
}
