import { chmod, lstat, mkdir, open, readdir, rename, stat, unlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, isAppError } from '../../shared/errors.ts';
import type { Address, Milliseconds } from '../../shared/model/brand.ts';
import { type ByteSource, fileSource } from '../files/bytes.ts';
import { isMissing, toFileError } from '../files/file-error.ts';
import { syncFolder } from '../files/sync-folder.ts';
import { writeFully } from '../files/write-fully.ts';
import type { Mailbox, MailboxEntry, MailboxName } from './mailbox.ts';
import { isMailboxName } from './mailbox-name.ts';

/** A claim older than this is void: its holder has died or lost the route. */
const CLAIM_LIFE: Milliseconds = 15 * 60_000;
/** Pieces of a put that ended half-way are swept by the owner after this. */
const PARTIAL_LIFE: Milliseconds = 7 * 24 * 3600_000;
const CHUNK = 1024 * 1024;

/**
 * A mailbox in a folder: a network share, a synced folder, a USB stick (FORMAT.md, Mailbox). `<root>/<address>/new/<name>` holds what waits,
 * `claimed/<name>.<holder>` what is being worked on, `tmp/<name>` what is still being written. Any other name is a sync tool's and is ignored.
 */
export function openFolderMailbox(root: string): Mailbox {
  return {
    put: (address, name, source, signal) => onRoute(() => put(root, address, checked(name), source, signal)),
    list: (address) => onRoute(() => list(root, address)),
    open: (address, name) => onRoute(() => openEntry(root, address, checked(name))),
    remove: (address, name) => onRoute(() => remove(root, address, checked(name))),
    claim: (address, name, holder, now) => onRoute(() => claim(root, address, checked(name), checked(holder), now)),
    release: (address, name, holder) => onRoute(() => release(root, address, checked(name), checked(holder))),
    sweep: (address, now) => onRoute(() => sweep(root, address, now)),
  };
}

const inNew = (root: string, address: Address, name: MailboxName): string => join(root, address, 'new', name);
const inClaimed = (root: string, address: Address, name: MailboxName, holder: MailboxName): string =>
  join(root, address, 'claimed', `${name}.${holder}`);

async function put(
  root: string,
  address: Address,
  name: MailboxName,
  source: ByteSource,
  signal?: AbortSignal,
): Promise<void> {
  const mode = await makeFolders(root, address);
  const present = (await entriesOf(root, address)).find((entry) => entry.name === name);
  if (present?.size === source.size) return;
  const partial = join(root, address, 'tmp', name);
  await writeWhole(partial, source, signal);
  await chmod(partial, mode & 0o666).catch(() => {});
  await rename(partial, inNew(root, address, name));
  await syncFolder(join(root, address, 'new'));
}

/**
 * Whoever may write into the root must be able to take its files away, so everything below has the root's own permissions, whatever the umask.
 *
 * @returns the root's mode
 */
async function makeFolders(root: string, address: Address): Promise<number> {
  const { mode } = await stat(root);
  for (const part of ['', 'tmp', 'new', 'claimed']) {
    const folder = join(root, address, part);
    const made = await mkdir(folder).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'EEXIST') return false;
        throw error;
      },
    );
    if (made) await chmod(folder, mode & 0o777).catch(() => {});
  }
  return mode;
}

async function writeWhole(path: string, source: ByteSource, signal?: AbortSignal): Promise<void> {
  const file = await open(path, 'w');
  try {
    const buffer = Buffer.allocUnsafe(Math.min(CHUNK, Math.max(1, source.size)));
    for (let position = 0; position < source.size; ) {
      if (signal?.aborted === true) throw new AppError('CANCELLED');
      const got = await source.read(buffer.subarray(0, Math.min(buffer.length, source.size - position)), position);
      if (got === 0) throw new AppError('FILE_CHANGED');
      await writeFully(file, [buffer.subarray(0, got)]);
      position += got;
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

async function list(root: string, address: Address): Promise<MailboxEntry[]> {
  await stat(root);
  const entries = await entriesOf(root, address);
  return entries.sort((a, b) => a.modifiedAt.getTime() - b.modifiedAt.getTime() || (a.name < b.name ? -1 : 1));
}

async function entriesOf(root: string, address: Address): Promise<MailboxEntry[]> {
  const found = new Map<MailboxName, MailboxEntry>();
  for (const part of ['claimed', 'new'] as const) {
    const folder = join(root, address, part);
    for (const file of await namesIn(folder)) {
      const [name, holder, ...rest] = file.split('.');
      const shaped = part === 'new' ? holder === undefined : holder !== undefined && isMailboxName(holder);
      if (name === undefined || !isMailboxName(name) || !shaped || rest.length > 0) continue;
      // Not followed: a link that somebody put there must neither bring in a file of this machine nor, looping, close the route.
      const facts = await lstat(join(folder, file)).catch(ifMissing);
      if (facts?.isFile() !== true) continue;
      found.set(name, { name, size: facts.size, modifiedAt: facts.mtime, holder: holder ?? null });
    }
  }
  return [...found.values()];
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

function ifMissing(error: unknown): null {
  if (isMissing(error)) return null;
  throw error;
}

async function pathsOf(root: string, address: Address, name: MailboxName): Promise<string[]> {
  const claimed = (await namesIn(join(root, address, 'claimed'))).filter((file) => file.startsWith(`${name}.`));
  return [inNew(root, address, name), ...claimed.map((file) => join(root, address, 'claimed', file))];
}

async function openEntry(root: string, address: Address, name: MailboxName): Promise<ByteSource | null> {
  for (const path of await pathsOf(root, address, name)) {
    const source = await fileSource(path).catch(ifMissing);
    if (source !== null) return source;
  }
  return null;
}

async function remove(root: string, address: Address, name: MailboxName): Promise<void> {
  for (const path of await pathsOf(root, address, name)) await unlink(path).catch(ifMissing);
}

async function claim(
  root: string,
  address: Address,
  name: MailboxName,
  holder: MailboxName,
  now: Date,
): Promise<boolean> {
  const target = inClaimed(root, address, name, holder);
  const [fresh, ...claimed] = await pathsOf(root, address, name);
  if (claimed.includes(target)) return true;
  await mkdir(join(root, address, 'claimed'), { recursive: true });
  for (const path of [...(fresh === undefined ? [] : [fresh]), ...claimed]) {
    const facts = await stat(path).catch(ifMissing);
    if (facts === null || (path !== fresh && now.getTime() - facts.ctimeMs < CLAIM_LIFE)) continue;
    const moved = await rename(path, target).then(() => true, ifMissing);
    if (moved !== true) continue;
    // Not every file system moves ctime on a rename, and ctime is when it was claimed.
    await utimes(target, facts.atime, facts.mtime).catch(() => {});
    return true;
  }
  return false;
}

async function release(root: string, address: Address, name: MailboxName, holder: MailboxName): Promise<void> {
  await rename(inClaimed(root, address, name, holder), inNew(root, address, name)).catch(ifMissing);
}

async function sweep(root: string, address: Address, now: Date): Promise<void> {
  const folder = join(root, address, 'tmp');
  for (const file of await namesIn(folder)) {
    const path = join(folder, file);
    const facts = await stat(path).catch(ifMissing);
    if (facts !== null && now.getTime() - facts.mtimeMs > PARTIAL_LIFE) await unlink(path).catch(ifMissing);
  }
}

function checked(name: MailboxName): MailboxName {
  if (!isMailboxName(name)) throw new AppError('INTERNAL', { reason: 'mailbox name' });
  return name;
}

/** A folder that is missing, read-only or failing is a route that is down; a full disk is the other side's to empty. */
async function onRoute<T>(task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    const known = toFileError(error);
    if (!isAppError(known)) throw known;
    const down = ['FILE_NOT_FOUND', 'FOLDER_NOT_WRITABLE', 'FILE_EXISTS', 'IO_ERROR'].includes(known.code);
    throw down ? new AppError('ROUTE_UNAVAILABLE', known.params, known) : known;
  }
}
