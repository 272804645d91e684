import { randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Agent, type Dispatcher, ProxyAgent, request } from 'undici';
import { AppError } from '../../../shared/errors.ts';
import type { Bytes, Milliseconds } from '../../../shared/model/brand.ts';
import type { WebdavConfig } from '../../../shared/model/channel-config.ts';
import type { ByteSource } from '../../files/bytes.ts';
import { createPace } from '../pace.ts';
import { createRangeSource } from '../range-source.ts';
import { readPieces } from '../read-pieces.ts';
import type { RemoteStore, StoredFile } from '../remote-store.ts';
import { toRouteError } from '../route-error.ts';
import { IN_PAIRS, IN_TURN, type Parts, resumeOffset, sendParts } from '../send-parts.ts';
import { readMultistatus } from './read-multistatus.ts';

/** A listing of 10,000 names is about 6 MB. */
const LARGEST_LISTING: Bytes = 16 * 1024 * 1024;
const TIMEOUT: Milliseconds = 60_000;
const PROPFIND = `<?xml version="1.0" encoding="utf-8"?><propfind xmlns="DAV:"><prop><resourcetype/><getcontentlength/><getlastmodified/></prop></propfind>`;

/** Mailboxes on a WebDAV server, over TLS alone (RFC 4918). */
export function openWebdavStore(config: WebdavConfig): RemoteStore {
  const dav = createDav(config);
  let parts: Parts | 'none' | null = null;
  return {
    list: (folder) => listFolder(dav, folder),
    makeFolder: (folder) => makeFolder(dav, folder),
    upload: async (path, source, signal) => {
      if (source.size > IN_PAIRS.part) parts ??= await probeParts(dav, path);
      await upload(dav, path, source, parts ?? 'none', config.bandwidth, signal);
    },
    move: (from, to) => move(dav, from, to),
    // mod_dav keeps the time of a file that is moved; a claim there is as old as its file, which costs no more than work done twice.
    touch: async () => {},
    now: () => readClock(dav),
    open: (path) => openFile(dav, path),
    remove: async (path) => void (await dav.ask('DELETE', path, { allow: [404] })),
    close: dav.close,
  };
}

interface Ask {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | AsyncIterable<Buffer>;
  /** Statuses beyond 2xx that the caller understands. */
  readonly allow?: readonly number[];
  /** The body is the caller's to read. */
  readonly keepBody?: boolean;
}

interface Dav {
  readonly base: URL;
  readonly ask: (method: string, path: string, options?: Ask) => Promise<Dispatcher.ResponseData>;
  readonly close: () => Promise<void>;
}

function createDav({ url, user, password, trustedCertificates, proxy }: WebdavConfig): Dav {
  const base = new URL(url.endsWith('/') ? url : `${url}/`);
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const tls = {
    minVersion: 'TLSv1.2',
    ...(trustedCertificates === undefined ? {} : { ca: trustedCertificates }),
  } as const;
  const timeouts = { headersTimeout: TIMEOUT, bodyTimeout: TIMEOUT, connectTimeout: 20_000 };
  let dispatcher: Dispatcher | null = null;
  const connected = (): Dispatcher => {
    dispatcher ??=
      proxy === undefined
        ? new Agent({ connect: tls, ...timeouts })
        : new ProxyAgent({ uri: proxy, requestTls: tls, ...timeouts });
    return dispatcher;
  };
  return {
    base,
    ask: async (method, path, { headers = {}, body, allow = [], keepBody = false } = {}) => {
      try {
        const response = await request(new URL(path, base), {
          method: method as Dispatcher.HttpMethod,
          dispatcher: connected(),
          headers: { authorization, ...headers },
          // undici takes any iterable, which spares the pieces a way through a stream; its types name streams alone.
          ...(body === undefined ? {} : { body: body as string | Readable }),
        });
        const { statusCode } = response;
        const isGood = (statusCode >= 200 && statusCode < 300) || allow.includes(statusCode);
        if (!isGood || !keepBody) await response.body.dump({ limit: 64 * 1024 }).catch(() => {});
        if (!isGood) throw refusal(statusCode);
        return response;
      } catch (error) {
        throw toRouteError(error);
      }
    },
    close: async () => {
      const dropped = dispatcher;
      dispatcher = null;
      await dropped?.destroy();
    },
  };
}

function refusal(status: number): AppError {
  switch (status) {
    case 401:
    case 407:
      return new AppError('ROUTE_LOGIN_REFUSED');
    case 403:
    case 405:
    case 423:
      return new AppError('ROUTE_READ_ONLY');
    case 413:
      return new AppError('ROUTE_TOO_LARGE');
    case 507:
      return new AppError('ROUTE_FULL');
    default:
      return new AppError('ROUTE_UNAVAILABLE', { reason: `http-${status}` });
  }
}

async function listFolder(dav: Dav, folder: string): Promise<StoredFile[]> {
  const response = await dav.ask('PROPFIND', `${folder}/`, {
    headers: { depth: '1', 'content-type': 'application/xml; charset=utf-8' },
    body: PROPFIND,
    allow: [404],
    keepBody: true,
  });
  if (response.statusCode === 404) {
    await response.body.dump();
    // A mailbox that nobody wrote to yet is empty; a root that is gone is a route that is down.
    await dav.ask('PROPFIND', '', { headers: { depth: '0' } });
    return [];
  }
  const here = decodeURIComponent(new URL(`${folder}/`, dav.base).pathname);
  return readMultistatus(await readText(response)).flatMap(({ path, isCollection, size, modifiedAt }): StoredFile[] => {
    const name = path.startsWith(here) ? path.slice(here.length) : '';
    if (isCollection || name === '' || name.includes('/') || size === null) return [];
    const time = modifiedAt ?? new Date(0);
    return [{ name, size, modifiedAt: time, changedAt: time }];
  });
}

async function readText({ body }: Dispatcher.ResponseData): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of body) {
      length += chunk.length;
      if (length > LARGEST_LISTING) throw new AppError('ROUTE_MISBEHAVES', { reason: 'listing' });
      chunks.push(chunk);
    }
  } catch (error) {
    throw toRouteError(error);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** 405: it is there already (RFC 4918, 9.3.1). */
async function makeFolder(dav: Dav, folder: string): Promise<void> {
  let path = '';
  for (const part of folder.split('/')) {
    path += `${part}/`;
    await dav.ask('MKCOL', path, { allow: [405] });
  }
}

/**
 * Whether the server takes a PUT with Content-Range as a part (RFC 9110, 14.4 leaves it to the server), and in any order: Apache does, others refuse it, and some say
 * 201 and put the part in the place of the whole. Only a look at the result tells.
 */
async function probeParts(dav: Dav, path: string): Promise<Parts | 'none'> {
  const probe = `${path}.${randomBytes(4).toString('hex')}`;
  const put = async (bytes: string, range: string): Promise<boolean> => {
    const headers = { 'content-range': `bytes ${range}` };
    const { statusCode } = await dav.ask('PUT', probe, { headers, body: bytes, allow: [400, 405, 409, 416, 500, 501] });
    return statusCode < 300;
  };
  const isThere = async (bytes: string): Promise<boolean> =>
    (await readText(await dav.ask('GET', probe, { keepBody: true }))) === bytes;
  try {
    await dav.ask('PUT', probe, { body: 'ab' });
    if (!(await put('cd', '2-3/4')) || !(await isThere('abcd'))) return 'none';
    const inAnyOrder = (await put('gh', '6-7/8')) && (await put('ef', '4-5/8')) && (await isThere('abcdefgh'));
    return inAnyOrder ? IN_PAIRS : IN_TURN;
  } finally {
    await dav.ask('DELETE', probe, { allow: [404] });
  }
}

async function upload(
  dav: Dav,
  path: string,
  source: ByteSource,
  taken: Parts | 'none',
  bandwidth: number | undefined,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { size } = source;
  const parts = taken === 'none' ? { part: Math.max(1, size), abreast: 1 } : taken;
  const stored = await sizeOf(dav, path);
  const offset = taken === 'none' ? 0 : resumeOffset(stored ?? 0, size, parts);
  if (offset === 0 && stored !== null) await dav.ask('DELETE', path, { allow: [404] });
  const pace = createPace(bandwidth);
  await sendParts(offset, size, parts, (start, end) => {
    const range = end - start === size ? {} : { 'content-range': `bytes ${start}-${end - 1}/${size}` };
    return dav.ask('PUT', path, {
      headers: { 'content-length': String(end - start), ...range },
      body: readPieces(source, start, end, pace, signal),
    });
  });
  if ((await sizeOf(dav, path)) !== size) throw new AppError('ROUTE_MISBEHAVES', { reason: 'size' });
}

async function sizeOf(dav: Dav, path: string): Promise<Bytes | null> {
  const { statusCode, headers } = await dav.ask('HEAD', path, { allow: [404] });
  if (statusCode === 404) return null;
  const length = String(headers['content-length'] ?? '');
  if (!/^\d{1,15}$/.test(length)) throw new AppError('ROUTE_MISBEHAVES', { reason: 'size' });
  return Number(length);
}

async function move(dav: Dav, from: string, to: string): Promise<boolean> {
  const destination = new URL(to, dav.base).href;
  const { statusCode } = await dav.ask('MOVE', from, { headers: { destination, overwrite: 'T' }, allow: [404] });
  return statusCode !== 404;
}

/** RFC 9110 6.6.1: a server that has a clock says its time with each answer. Without one, ours must do. */
async function readClock(dav: Dav): Promise<Date> {
  const { headers } = await dav.ask('PROPFIND', '', { headers: { depth: '0' } });
  const time = Date.parse(String(headers['date'] ?? ''));
  return Number.isNaN(time) ? new Date() : new Date(time);
}

async function openFile(dav: Dav, path: string): Promise<ByteSource | null> {
  const size = await sizeOf(dav, path);
  if (size === null) return null;
  return createRangeSource(size, async (position, length) => {
    const response = await dav.ask('GET', path, {
      headers: { range: `bytes=${position}-${position + length - 1}` },
      keepBody: true,
    });
    const isWhole = response.statusCode === 200 && position === 0 && length === size;
    if (!isWhole && !isRange(response, position, length, size)) {
      await response.body.dump({ limit: 0 }).catch(() => {});
      throw new AppError('ROUTE_MISBEHAVES', { reason: 'range' });
    }
    return onRoute(response.body);
  });
}

function isRange(
  { statusCode, headers }: Dispatcher.ResponseData,
  position: Bytes,
  length: Bytes,
  size: Bytes,
): boolean {
  return statusCode === 206 && headers['content-range'] === `bytes ${position}-${position + length - 1}/${size}`;
}

async function* onRoute(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw toRouteError(error);
  }
}
