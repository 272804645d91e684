import { createHash } from 'node:crypto';
import { connect as connectTcp, type Socket } from 'node:net';
import { posix } from 'node:path';
import { Client, type ConnectConfig, type FileEntry, type SFTPWrapper, type Stats } from 'ssh2';
import { AppError } from '../../../shared/errors.ts';
import type { Bytes, Milliseconds } from '../../../shared/model/brand.ts';
import type { SftpConfig } from '../../../shared/model/channel-config.ts';
import type { ByteSource } from '../../files/bytes.ts';
import { connectThroughProxy } from '../connect-through-proxy.ts';
import { randomMailboxName } from '../mailbox-name.ts';
import { createPace } from '../pace.ts';
import type { RemoteStore, StoredFile } from '../remote-store.ts';
import { isRouteError, toRouteError } from '../route-error.ts';
import { IN_PAIRS, resumeOffset, sendParts } from '../send-parts.ts';

/** What OpenSSH takes in one packet, less its header. */
const PACKET: Bytes = 255 * 1024;
/** Packets of one part under way at once, 32 of both parts: more gain nothing on a line of 100 ms and cost memory. */
const DEPTH = 16;
/** Names of one folder, and answers that bring them: OpenSSH puts a hundred names into one. */
const LARGEST_LISTING = 50_000;
const MOST_ANSWERS = 2_000;
const CONNECT_TIMEOUT: Milliseconds = 20_000;
const KEEPALIVE: Milliseconds = 10_000;

/** Status codes of SFTP version 3 (draft-ietf-secsh-filexfer-02, 7). */
const STATUS = { eof: 1, noSuchFile: 2, permissionDenied: 3, failure: 4 } as const;

/** Mailboxes on an SFTP server (ssh2). The host key is pinned: a server that shows another one never sees a password. */
export function openSftpStore(config: SftpConfig): RemoteStore {
  const link = createLink(config);
  const at = (path: string): string => posix.join(config.root, path);
  return {
    list: (folder) => link.run((sftp) => listFolder(sftp, config.root, at(folder))),
    makeFolder: (folder) => link.run((sftp) => makeFolder(sftp, config.root, folder)),
    upload: (path, source, signal) => link.run((sftp) => upload(sftp, at(path), source, config.bandwidth, signal)),
    move: (from, to) => link.run((sftp) => move(sftp, at(from), at(to))),
    touch: async (path, now) => {
      const date = await now();
      await link.run((sftp) => touch(sftp, at(path), date));
    },
    now: (folder) => link.run((sftp) => readClock(sftp, posix.join(at(folder), randomMailboxName()))),
    open: (path) => link.run((sftp) => openFile(link, sftp, at(path))),
    remove: (path) => link.run((sftp) => ignoreMissing(call((done) => sftp.unlink(at(path), done)))),
    close: link.close,
  };
}

interface Link {
  /** Runs a task on the connection, which is made when it is not there. A task whose connection dies is rejected at once: ssh2 leaves its callbacks waiting. */
  readonly run: <T>(task: (sftp: SFTPWrapper) => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
}

interface Connection {
  readonly client: Client;
  readonly sftp: SFTPWrapper;
  /** Rejects when the connection ends; never resolves. */
  readonly ended: Promise<never>;
}

function createLink(config: SftpConfig): Link {
  let current: Promise<Connection> | null = null;
  const drop = (): void => {
    const dropped = current;
    current = null;
    dropped?.then(({ client }) => client.destroy()).catch(() => {});
  };
  return {
    run: async (task) => {
      current ??= connect(config);
      try {
        const { sftp, ended } = await current;
        return await Promise.race([task(sftp), ended]);
      } catch (error) {
        const known = toSftpError(error);
        if (isRouteError(known) && known.code === 'ROUTE_UNAVAILABLE') drop();
        if (isRouteError(known) && current !== null && (await isDead(current))) drop();
        throw known;
      }
    },
    close: async () => {
      const dropped = current;
      current = null;
      await dropped?.then(({ client }) => client.end()).catch(() => {});
    },
  };
}

async function isDead(current: Promise<Connection>): Promise<boolean> {
  return current.then(
    () => false,
    () => true,
  );
}

async function connect(config: SftpConfig): Promise<Connection> {
  const client = new Client();
  let hostKeyRefused = false;
  const ended = new Promise<never>((_, reject) => {
    client.on('error', (error) => reject(hostKeyRefused ? wrongHostKey() : error));
    client.on('close', () =>
      reject(hostKeyRefused ? wrongHostKey() : new AppError('ROUTE_UNAVAILABLE', { reason: 'closed' })),
    );
  });
  ended.catch(() => {});
  const ready = new Promise<void>((resolve) => client.on('ready', resolve));
  client.connect({
    ...(await target(config)),
    hostVerifier: (key: Buffer) => {
      const matches = fingerprintOf(key) === config.hostKey;
      hostKeyRefused = !matches;
      return matches;
    },
  });
  try {
    await Promise.race([ready, ended]);
    const sftp = await Promise.race([call<SFTPWrapper>((done) => client.sftp(done)), ended]);
    return { client, sftp, ended };
  } catch (error) {
    client.destroy();
    throw error;
  }
}

async function target({
  host,
  port,
  user,
  password,
  privateKey,
  keyPassphrase,
  proxy,
}: SftpConfig): Promise<ConnectConfig> {
  return {
    host,
    port,
    username: user,
    ...(password === undefined ? {} : { password }),
    ...(privateKey === undefined ? {} : { privateKey }),
    ...(keyPassphrase === undefined ? {} : { passphrase: keyPassphrase }),
    sock: joinWrites(proxy === undefined ? connectTcp({ host, port }) : await connectThroughProxy(proxy, host, port)),
    readyTimeout: CONNECT_TIMEOUT,
    keepaliveInterval: KEEPALIVE,
    keepaliveCountMax: 3,
    agentForward: false,
  };
}

/**
 * ssh2 writes each packet in three pieces. Together they cost one system call a turn instead of three a packet, and Nagle's algorithm, which would hold each
 * request back until the last was acknowledged (44 ms here), has nothing to do.
 */
function joinWrites(socket: Socket): Socket {
  const write = socket.write.bind(socket) as (...given: unknown[]) => boolean;
  let isHeld = false;
  const release = (): void => {
    isHeld = false;
    socket.uncork();
  };
  const joined = (...given: unknown[]): boolean => {
    if (!isHeld) {
      isHeld = true;
      socket.cork();
      process.nextTick(release);
    }
    return write(...given);
  };
  return Object.assign(socket.setNoDelay(true), { write: joined });
}

const fingerprintOf = (key: Buffer): string =>
  `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;

const wrongHostKey = (): AppError => new AppError('ROUTE_SERVER_NOT_TRUSTED', { reason: 'host-key' });

/** ssh2's callbacks as a promise. */
function call<T = void>(start: (done: (error: unknown, value?: T) => void) => unknown): Promise<T> {
  return new Promise((resolve, reject) => {
    start((error, value) => (error === undefined || error === null ? resolve(value as T) : reject(error)));
  });
}

async function listFolder(sftp: SFTPWrapper, root: string, folder: string): Promise<StoredFile[]> {
  const entries = await readNames(sftp, folder).catch(async (error: unknown) => {
    if (statusOf(error) !== STATUS.noSuchFile) throw error;
    // A mailbox that nobody wrote to yet is empty; a root that is gone is a route that is down.
    await call<Stats>((done) => sftp.stat(root, done));
    return [];
  });
  return entries
    .filter(({ attrs }) => (attrs.mode & 0o170000) === 0o100000)
    .map(({ filename, attrs: { size, mtime } }) => {
      const modifiedAt = new Date(mtime * 1000);
      return { name: filename, size, modifiedAt, changedAt: modifiedAt };
    });
}

/** ssh2's own reading of a folder goes on for as long as the server has names to give. */
async function readNames(sftp: SFTPWrapper, folder: string): Promise<FileEntry[]> {
  const handle = await call<Buffer>((done) => sftp.opendir(folder, done));
  const entries: FileEntry[] = [];
  try {
    for (let answers = 1; ; answers++) {
      const more = await call<FileEntry[]>((done) => sftp.readdir(handle, done)).catch((error: unknown) => {
        if (statusOf(error) !== STATUS.eof) throw error;
        return null;
      });
      if (more === null) return entries;
      entries.push(...more);
      if (entries.length > LARGEST_LISTING || answers > MOST_ANSWERS) {
        throw new AppError('ROUTE_MISBEHAVES', { reason: 'listing' });
      }
    }
  } finally {
    await call((done) => sftp.close(handle, done));
  }
}

async function makeFolder(sftp: SFTPWrapper, root: string, folder: string): Promise<void> {
  let path = root;
  for (const part of folder.split('/')) {
    path = posix.join(path, part);
    const isThere = await call<Stats>((done) => sftp.stat(path, done)).then(
      () => true,
      (error: unknown) => {
        if (statusOf(error) === STATUS.noSuchFile) return false;
        throw error;
      },
    );
    if (isThere) continue;
    await call((done) => sftp.mkdir(path, done)).catch(async (error: unknown) => {
      // Another office made it in the same moment, which version 3 of the protocol calls a failure.
      if (statusOf(error) !== STATUS.failure) throw error;
      await call<Stats>((done) => sftp.stat(path, done));
    });
  }
}

async function upload(
  sftp: SFTPWrapper,
  path: string,
  source: ByteSource,
  bandwidth: number | undefined,
  signal: AbortSignal | undefined,
): Promise<void> {
  const stored = await call<Stats>((done) => sftp.stat(path, done)).then(({ size }) => size, ifMissing);
  const offset = resumeOffset(stored ?? 0, source.size, IN_PAIRS);
  const handle = await call<Buffer>((done) => sftp.open(path, offset === 0 ? 'w' : 'r+', done));
  const pace = createPace(bandwidth);
  const durable = new Set<Bytes>();
  try {
    await sendParts(offset, source.size, IN_PAIRS, async (start, end) => {
      await uploadPart(sftp, handle, source, start, end, async (bytes) => {
        if (signal?.aborted === true) throw new AppError('CANCELLED');
        await pace(bytes);
      });
      await sync(sftp, handle);
      durable.add(start);
    });
  } catch (error) {
    if (statusOf(error) !== null) await cutBack(sftp, handle, offset, durable);
    throw error;
  } finally {
    await call((done) => sftp.close(handle, done));
  }
  const { size } = await call<Stats>((done) => sftp.stat(path, done));
  if (size !== source.size) throw new AppError('ROUTE_MISBEHAVES', { reason: 'size' });
}

/** The bytes after a refused sync are there already, and a longer file would vouch for what the disk did not keep. */
async function cutBack(sftp: SFTPWrapper, handle: Buffer, offset: Bytes, durable: ReadonlySet<Bytes>): Promise<void> {
  let size = offset;
  while (durable.has(size)) size += IN_PAIRS.part;
  await call((done) => sftp.fsetstat(handle, { size }, done)).catch(() => {});
}

/** Sends from `start` to `end`, many packets under way at once; all are acknowledged when it resolves. */
async function uploadPart(
  sftp: SFTPWrapper,
  handle: Buffer,
  source: ByteSource,
  start: Bytes,
  end: Bytes,
  before: (bytes: Bytes) => Promise<void>,
): Promise<void> {
  let next = start;
  const sender = async (): Promise<void> => {
    const buffer = Buffer.allocUnsafe(PACKET);
    while (next < end) {
      const position = next;
      const length = Math.min(PACKET, end - position);
      next += length;
      await before(length);
      const got = await source.read(buffer.subarray(0, length), position);
      if (got !== length) throw new AppError('FILE_CHANGED');
      await call((done) => sftp.write(handle, buffer, 0, length, position, done));
    }
  };
  await Promise.all(Array.from({ length: DEPTH }, sender));
}

/** Where the server cannot sync, its own care must do. */
async function sync(sftp: SFTPWrapper, handle: Buffer): Promise<void> {
  try {
    await call((done) => sftp.ext_openssh_fsync(handle, done));
  } catch (error) {
    if (statusOf(error) !== null || isRouteError(error)) throw error;
  }
}

async function move(sftp: SFTPWrapper, from: string, to: string): Promise<boolean> {
  try {
    await call((done) => sftp.ext_openssh_rename(from, to, done));
    return true;
  } catch (error) {
    if (statusOf(error) === STATUS.noSuchFile) return false;
    throw error;
  }
}

async function touch(sftp: SFTPWrapper, path: string, now: Date): Promise<void> {
  await call((done) => sftp.utimes(path, now, now, done)).catch(() => {});
}

/** The protocol has no word for the server's time, but a file that was just made has its date. */
async function readClock(sftp: SFTPWrapper, path: string): Promise<Date> {
  const handle = await call<Buffer>((done) => sftp.open(path, 'wx', done));
  try {
    return new Date((await call<Stats>((done) => sftp.fstat(handle, done))).mtime * 1000);
  } finally {
    await call((done) => sftp.close(handle, done));
    await call((done) => sftp.unlink(path, done));
  }
}

async function openFile(link: Link, sftp: SFTPWrapper, path: string): Promise<ByteSource | null> {
  const handle = await call<Buffer>((done) => sftp.open(path, 'r', done)).catch(ifMissing);
  if (handle === null) return null;
  const { size } = await call<Stats>((done) => sftp.fstat(handle, done));
  // A handle belongs to its connection: after a new one it is void, and the reader opens the entry again.
  const sameLink = <T>(task: () => Promise<T>): Promise<T> =>
    link.run((now) => {
      if (now !== sftp) throw new AppError('ROUTE_UNAVAILABLE', { reason: 'reconnected' });
      return task();
    });
  return {
    size,
    read: (target, position) => sameLink(() => readParallel(sftp, handle, target, position, size)),
    close: () => sameLink(() => call((done) => sftp.close(handle, done))).catch(() => {}),
  };
}

async function readParallel(
  sftp: SFTPWrapper,
  handle: Buffer,
  target: Buffer,
  position: Bytes,
  size: Bytes,
): Promise<Bytes> {
  const length = Math.max(0, Math.min(target.length, size - position));
  const starts = Array.from({ length: Math.ceil(length / PACKET) }, (_, index) => index * PACKET);
  await Promise.all(
    starts.map(async (start) => {
      for (let done = start; done < Math.min(length, start + PACKET); ) {
        const wanted = Math.min(length, start + PACKET) - done;
        const got = await readOnce(sftp, handle, target, done, wanted, position + done);
        if (got === 0) throw new AppError('ROUTE_MISBEHAVES', { reason: 'size' });
        done += got;
      }
    }),
  );
  return length;
}

function readOnce(
  sftp: SFTPWrapper,
  handle: Buffer,
  target: Buffer,
  offset: number,
  length: number,
  position: Bytes,
): Promise<Bytes> {
  return new Promise((resolve, reject) => {
    sftp.read(handle, target, offset, length, position, (error, got) => {
      if (error === undefined || error === null) resolve(got);
      else if (statusOf(error) === STATUS.eof) resolve(0);
      else reject(error);
    });
  });
}

async function ignoreMissing(task: Promise<unknown>): Promise<void> {
  await task.catch(ifMissing);
}

function ifMissing(error: unknown): null {
  if (statusOf(error) === STATUS.noSuchFile) return null;
  throw error;
}

/** SFTP's own status; null for anything else. */
function statusOf(error: unknown): number | null {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'number' ? code : null;
}

function toSftpError(error: unknown): AppError {
  if ((error as { level?: unknown } | null)?.level === 'client-authentication') {
    return new AppError('ROUTE_LOGIN_REFUSED', {}, error);
  }
  switch (statusOf(error)) {
    case null:
      return toRouteError(error);
    case STATUS.permissionDenied:
      return new AppError('ROUTE_READ_ONLY', {}, error);
    case STATUS.failure:
      // Version 3 has no status for a full disk: OpenSSH answers every failed write so.
      return new AppError('ROUTE_FULL', {}, error);
    default:
      return new AppError('ROUTE_UNAVAILABLE', { reason: `sftp-${statusOf(error)}` }, error);
  }
}
