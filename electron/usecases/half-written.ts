import { lstat, stat, unlink } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { isMissing } from '../files/file-error.ts';
import { isTemporary } from '../files/temporary-name.ts';
import type { TemporaryNote } from '../files/temporary-note.ts';
import type { ReadableDb } from '../vault/db/handle.ts';
import { listMetaKeys, putMeta, removeMeta } from '../vault/repositories/meta.ts';
import type { Vault } from '../vault/vault.ts';

/**
 * What leaves the vault is in the clear. Where the program dies while it writes such a file, half of it lies under a hidden name in a folder that somebody chose, and nobody would look for
 * it: the vault notes that name before the first byte and removes what it finds there when it is opened next. One row a file: a message may hold ten thousand documents.
 */
const PREFIX = 'half-written:';

export function noteOfHalfWritten({ write }: Pick<Vault, 'write'>): TemporaryNote {
  return {
    begin: (path) => write((db) => putMeta(db, PREFIX + resolve(path), '')),
    end: (path) => {
      try {
        write((db) => removeMeta(db, PREFIX + resolve(path)));
      } catch {
        // Locked meanwhile: the file is whole or gone, and a note too many costs the next opening one look
      }
    },
  };
}

/** Call it before anything is written: what is noted then, nobody writes any more. A folder that is not there, a disk that is unplugged, is looked at again next time. */
export async function removeHalfWritten({ read, write }: Pick<Vault, 'read' | 'write'>): Promise<void> {
  for (const path of listHalfWritten(read)) {
    // Whatever else is noted here, nothing but such a file is ever removed
    const isDone = !isTemporary(path) || (await remove(path));
    if (isDone) write((db) => removeMeta(db, PREFIX + path));
  }
}

/** The absolute paths that are noted. */
export function listHalfWritten(db: ReadableDb): string[] {
  return listMetaKeys(db, PREFIX).map((key) => key.slice(PREFIX.length));
}

async function remove(path: string): Promise<boolean> {
  try {
    // Ours was a plain file: what else has taken its name since, somebody put there
    if ((await lstat(path)).isFile()) await unlink(path);
    return true;
  } catch (error) {
    return isMissing(error) && (await stat(dirname(path)).catch(() => null)) !== null;
  }
}
