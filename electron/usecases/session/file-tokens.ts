import { randomBytes } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import type { Bytes, Milliseconds } from '../../../shared/model/brand.ts';

/** What the window learns of a file that a person chose: never where it lies. */
export interface ChosenFile {
  readonly token: string;
  readonly name: string;
  readonly size: Bytes;
}

/** Paths that a person chose, behind names that say nothing. A token serves once and not for long: an old one must not reopen what was put away. */
export interface FileTokens {
  /**
   * Files that are gone or are no plain files are left out.
   *
   * @param purpose that the dialog named to the person; without it a file was dropped, proposed by a link or found in a folder
   */
  register(paths: readonly string[], purpose?: string): Promise<ChosenFile[]>;
  registerFolder(path: string, purpose: string): Promise<Pick<ChosenFile, 'token' | 'name'>>;
  /** The path, once; with a purpose only where it was chosen for that. @throws AppError FILE_NOT_CHOSEN */
  take(token: string, purpose?: string): string;
  /** The path, which may be asked for again: of a folder, or of a file that a mistyped secret must not cost. @throws AppError FILE_NOT_CHOSEN */
  look(token: string, purpose?: string): string;
  forget(tokens: readonly string[]): void;
  clear(): void;
}

const LIFE: Milliseconds = 30 * 60_000;
const MOST = 2_000;
const MOST_IN_FOLDER = 1_000;

interface Entry {
  readonly path: string;
  readonly purpose: string | null;
  readonly until: number;
}

export function createFileTokens(now: () => Date): FileTokens {
  const entries = new Map<string, Entry>();
  const add = (path: string, purpose: string | null = null): string => {
    for (const [token, { until }] of entries) {
      if (until >= now().getTime() && entries.size < MOST) break;
      entries.delete(token);
    }
    const token = randomBytes(16).toString('hex');
    entries.set(token, { path, purpose, until: now().getTime() + LIFE });
    return token;
  };
  const look = (token: string, purpose?: string): string => {
    const entry = entries.get(token);
    if (entry === undefined || entry.until < now().getTime()) throw new AppError('FILE_NOT_CHOSEN');
    if (purpose !== undefined && entry.purpose !== purpose) throw new AppError('FILE_NOT_CHOSEN');
    return entry.path;
  };
  return {
    register: async (paths, purpose) => {
      const chosen: ChosenFile[] = [];
      for (const path of paths) {
        const found = await stat(path).catch(() => null);
        if (found?.isFile()) chosen.push({ token: add(path, purpose), name: basename(path), size: found.size });
      }
      return chosen;
    },
    registerFolder: async (path, purpose) => ({ token: add(path, purpose), name: basename(path) }),
    take: (token, purpose) => {
      const path = look(token, purpose);
      entries.delete(token);
      return path;
    },
    look,
    forget: (tokens) => {
      for (const token of tokens) entries.delete(token);
    },
    clear: () => entries.clear(),
  };
}

/** Plain files of a folder that are not hidden, by name. */
export async function listFolder(path: string): Promise<string[]> {
  const names = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
    throw new AppError('FILE_NOT_READABLE', {}, error);
  });
  return names
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map(({ name }) => join(path, name))
    .sort()
    .slice(0, MOST_IN_FOLDER);
}
