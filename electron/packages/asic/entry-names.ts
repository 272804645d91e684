import { AppError } from '../../../shared/errors.ts';
import { LIMITS } from '../../../shared/limits.ts';

/** The entries of a container of our profile (ETSI EN 319 162-1, 4.4), in their order; documents stand between the first two. */
export const ENTRY = {
  mimetype: 'mimetype',
  message: 'message.json',
  manifest: 'META-INF/ASiCManifest001.xml',
  signature: 'META-INF/signature001.p7s',
  padding: 'META-INF/padding.bin',
} as const;

/**
 * Archive timestamps (EN 319 162-1, 4.4.3.2 and A.7): the newest manifest has no number, older ones have theirs; of the tokens each has its own.
 * @param index from 0, the oldest first
 */
export function archiveNames(index: number, count: number): { readonly manifest: string; readonly token: string } {
  const number = String(index + 1).padStart(3, '0');
  return {
    manifest: `META-INF/ASiCArchiveManifest${index === count - 1 ? '' : number}.xml`,
    token: `META-INF/timestamp${number}.tst`,
  };
}

export const isArchiveEntry = (name: string): boolean =>
  /^META-INF\/(?:ASiCArchiveManifest\d*\.xml|timestamp\d+\.tst)$/.test(name);

export const ASIC_E_MIMETYPE = 'application/vnd.etsi.asic-e+zip';
export const ASIC_S_MIMETYPE = 'application/vnd.etsi.asic-s+zip';

/** Whether two entries of these names could be one file on some machine: NFC and case folding. */
export const foldedName = (name: string): string => name.normalize('NFC').toLowerCase();

/**
 * Refuses names that could leave the folder they are written to, or stand for another entry.
 * @throws AppError CONTAINER_ENTRY_REFUSED
 */
export function refuseUnsafeNames(names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    const reason = refusalOf(name);
    if (reason !== null) throw new AppError('CONTAINER_ENTRY_REFUSED', { reason });
    const folded = foldedName(name);
    if (seen.has(folded)) throw new AppError('CONTAINER_ENTRY_REFUSED', { reason: 'duplicate name' });
    seen.add(folded);
  }
}

function refusalOf(name: string): string | null {
  if (name === '' || Buffer.byteLength(name) > 2 * LIMITS.nameBytes) return 'length of name';
  if (!name.isWellFormed()) return 'name is not text';
  if (/[\u0000-\u001f\u007f-\u009f\\:\ufffd]/.test(name)) return 'character in name';
  if (name.startsWith('/')) return 'absolute path';
  if (name.split('/').some((part) => part === '' || part === '.' || part === '..')) return 'path leaves its folder';
  return null;
}
