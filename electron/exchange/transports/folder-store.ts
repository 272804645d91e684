import { chmod, lstat, mkdir, open, readdir, rename, stat, unlink, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError, type ErrorCode, isAppError } from '../../../shared/errors.ts';
import { type ByteSource, fileSource } from '../../files/bytes.ts';
import { isMissing, toFileError } from '../../files/file-error.ts';
import { syncFolder } from '../../files/sync-folder.ts';
import { writeFully } from '../../files/write-fully.ts';
import { randomMailboxName } from '../mailbox-name.ts';
import type { RemoteStore, StoredFile } from '../remote-store.ts';
import { IN_TURN, resumeOffset } from '../send-parts.ts';

const CHUNK = 1024 * 1024;

/** A network share, a synced folder, a USB stick. */
export function openFolderStore(root: string): RemoteStore {
  const at = (path: string): string => join(root, ...path.split('/'));
  return {
    list: (folder) => onRoute(() => listFolder(root, at(folder))),
    makeFolder: (folder) => onRoute(() => makeFolder(root, folder)),
    upload: (path, source, signal) => onRoute(() => upload(root, at(path), source, signal)),
    move: (from, to) => onRoute(() => move(at(from), at(to))),
    touch: (path) => onRoute(() => touch(at(path))),
    now: (folder) => onRoute(() => readClock(join(at(folder), randomMailboxName()))),
    open: (path) => onRoute(() => fileSource(at(path)).catch(ifMissing)),
    remove: (path) => onRoute(async () => void (await unlink(at(path)).catch(ifMissing))),
    close: async () => {},
  };
}

async function listFolder(root: string, folder: string): Promise<StoredFile[]> {
  await stat(root);
  const files: StoredFile[] = [];
  for (const name of await namesIn(folder)) {
    // Not followed: a link that somebody put there must neither bring in a file of this machine nor, looping, close the route.
    const facts = await lstat(join(folder, name)).catch(ifMissing);
    if (facts?.isFile() !== true) continue;
    files.push({ name, size: facts.size, modifiedAt: facts.mtime, changedAt: facts.ctime });
  }
  return files;
}

async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(ifMissing)) ?? [];
}

/** Whoever may write into the root must be able to take its files away, so everything below has the root's own permissions, whatever the umask. */
async function makeFolder(root: string, folder: string): Promise<void> {
  const { mode } = await stat(root);
  let path = root;
  for (const part of folder.split('/')) {
    path = join(path, part);
    const made = await mkdir(path).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'EEXIST') return false;
        throw error;
      },
    );
    if (made) await chmod(path, mode & 0o777).catch(() => {});
  }
}

async function upload(root: string, path: string, source: ByteSource, signal?: AbortSignal): Promise<void> {
  const file = await open(path, 'r+').catch(ifMissing);
  const target = file ?? (await open(path, 'w'));
  try {
    const { size } = await target.stat();
    let position = resumeOffset(size, source.size, IN_TURN);
    // What lies after it is written over; cut off, the length would vouch for one part less after every try that brought nothing
    if (size > source.size) await target.truncate(0);
    const buffer = Buffer.allocUnsafe(Math.min(CHUNK, Math.max(1, source.size)));
    while (position < source.size) {
      if (signal?.aborted === true) throw new AppError('CANCELLED');
      const got = await source.read(buffer.subarray(0, Math.min(buffer.length, source.size - position)), position);
      if (got === 0) throw new AppError('FILE_CHANGED');
      await writeFully(target, [buffer.subarray(0, got)], position);
      position += got;
      if (position % IN_TURN.part === 0) await target.sync();
    }
    const { mode } = await stat(root);
    await target.chmod(mode & 0o666).catch(() => {});
    await target.sync();
  } finally {
    await target.close();
  }
}

async function move(from: string, to: string): Promise<boolean> {
  const moved = await rename(from, to).then(() => true, ifMissing);
  if (moved !== true) return false;
  await syncFolder(dirname(to));
  return true;
}

/** Not every file system moves ctime on a rename, and ctime is when it was claimed. */
async function touch(path: string): Promise<void> {
  const { atime, mtime } = await stat(path);
  await utimes(path, atime, mtime).catch(() => {});
}

/** A share is dated by the machine that holds it. */
async function readClock(path: string): Promise<Date> {
  const file = await open(path, 'wx');
  try {
    return (await file.stat()).mtime;
  } finally {
    await file.close();
    await unlink(path);
  }
}

function ifMissing(error: unknown): null {
  if (isMissing(error)) return null;
  throw error;
}

/** What a folder of this machine's own would say is here the word of a route: missing, read-only or full, it is somebody else's to mend. */
const CODES: Partial<Record<ErrorCode, ErrorCode>> = {
  FILE_NOT_FOUND: 'ROUTE_UNAVAILABLE',
  FILE_EXISTS: 'ROUTE_UNAVAILABLE',
  IO_ERROR: 'ROUTE_UNAVAILABLE',
  FOLDER_NOT_WRITABLE: 'ROUTE_READ_ONLY',
  DISK_FULL: 'ROUTE_FULL',
};

async function onRoute<T>(task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    const known = toFileError(error);
    if (!isAppError(known)) throw known;
    const code = CODES[known.code];
    throw code === undefined ? known : new AppError(code, known.params, known);
  }
}
