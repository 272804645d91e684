import { stat, unlink } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { isTemporary } from '../../files/temporary-name.ts';
import type { TemporaryNote } from '../../files/temporary-note.ts';
import type { ReadableDb, WritableDb } from '../../vault/db/handle.ts';
import { findMeta, putMeta, removeMeta } from '../../vault/repositories/meta.ts';
import type { Vault } from '../../vault/vault.ts';

/**
 * A bundle is in the clear. Where the program dies while it writes one, half of it lies under a hidden name in a folder that somebody chose, and nobody would look for it: the vault
 * notes that name before the first byte and removes what it finds there when it is opened next.
 */
const KEY = 'evidence.half-written';
const KEPT = 100;

const stored = z.array(z.string());

export function noteOfHalfWritten({ write }: Pick<Vault, 'write'>): TemporaryNote {
  return {
    begin: (path) => write((db) => put(db, [...list(db), resolve(path)].slice(-KEPT))),
    end: (path) => write((db) => forget(db, resolve(path))),
  };
}

/** Call it before anything is written: what is noted then, nobody writes any more. A folder that is not there, a disk that is unplugged, is looked at again next time. */
export async function removeHalfWritten({ read, write }: Pick<Vault, 'read' | 'write'>): Promise<void> {
  for (const path of list(read)) {
    // Whatever else is noted here, nothing but such a file is ever removed
    const isDone = !isTemporary(path) || (await remove(path));
    if (isDone) write((db) => forget(db, path));
  }
}

async function remove(path: string): Promise<boolean> {
  try {
    await unlink(path);
    return true;
  } catch (error) {
    const isGone = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return isGone && (await stat(dirname(path)).catch(() => null)) !== null;
  }
}

function list(db: ReadableDb): string[] {
  const text = findMeta(db, KEY);
  return text === null ? [] : stored.parse(JSON.parse(text));
}

function forget(db: WritableDb, path: string): void {
  put(
    db,
    list(db).filter((one) => one !== path),
  );
}

function put(db: WritableDb, paths: readonly string[]): void {
  if (paths.length === 0) removeMeta(db, KEY);
  else putMeta(db, KEY, JSON.stringify(paths));
}
