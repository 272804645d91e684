import { Agent } from 'node:https';
import { connect as connectTls } from 'node:tls';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { z } from 'zod';
import { AppError, isAppError } from '../../../shared/errors.ts';
import type { Address, Bytes, Milliseconds } from '../../../shared/model/brand.ts';
import type { S3Config } from '../../../shared/model/channel-config.ts';
import type { ByteSource } from '../../files/bytes.ts';
import { connectThroughProxy } from '../connect-through-proxy.ts';
import type { Mailbox, MailboxEntry, MailboxName } from '../mailbox.ts';
import { MAILBOX_LIFE, type MailboxLife } from '../mailbox-life.ts';
import { isMailboxName } from '../mailbox-name.ts';
import { createPace } from '../pace.ts';
import { createRangeSource } from '../range-source.ts';
import { toRouteError } from '../route-error.ts';

/** S3 takes parts from 5 MiB on, and 10,000 of them. A cut costs what is under way, four of them: under 32 MiB at any size. */
const PART: Bytes = 5 * 1024 * 1024;
/** Up to this a package goes in one request. */
const WHOLE: Bytes = 16 * 1024 * 1024;
const MOST_PARTS = 9_000;
const PARALLEL = 4;
const MOST_ENTRIES = 10_000;
const LARGEST_CLAIM: Bytes = 1024;

/**
 * Mailboxes in a bucket: `<prefix><address>/new/<name>` holds a package, `<prefix><address>/claimed/<name>` says who works on it. An object appears whole
 * or not at all; a claim is a conditional put, of which one wins.
 */
export function openS3Mailbox(config: S3Config, life: MailboxLife = MAILBOX_LIFE): Mailbox {
  const box = createBox(config);
  return {
    put: (address, name, source, signal) => put(box, keyOf(box, address, 'new', name), source, signal),
    list: (address) => list(box, address),
    open: (address, name) => open(box, keyOf(box, address, 'new', name)),
    remove: async (address, name) => {
      for (const part of ['new', 'claimed'] as const) await removeKey(box, keyOf(box, address, part, name));
    },
    claim: (address, name, holder) => claim(box, address, name, holder, life),
    release: async (address, name, holder) => {
      const key = keyOf(box, address, 'claimed', name);
      if ((await readClaim(box, key))?.holder === holder) await removeKey(box, key);
    },
    sweep: (address) => sweep(box, address, life),
    close: box.close,
  };
}

interface Box {
  readonly bucket: string;
  readonly prefix: string;
  readonly bandwidth: number | undefined;
  readonly ask: <T>(task: (client: S3Client) => Promise<T>) => Promise<T>;
  /** By the store's clock, as its last answer gave it. */
  readonly now: () => number;
  readonly close: () => Promise<void>;
}

/** Age of what the store dated, by its own clock in its last answer. That is told in whole seconds (RFC 9110, 5.6.7), so both times are: nothing is dated after now. */
function ageOf(box: Box, date: Date): Milliseconds {
  return box.now() - Math.floor(date.getTime() / 1000) * 1000;
}

function createBox(config: S3Config): Box {
  let client: S3Client | null = null;
  let offset: number | null = null;
  return {
    bucket: config.bucket,
    prefix: config.prefix,
    bandwidth: config.bandwidth,
    ask: async (task) => {
      client ??= createClient(config, (date) => {
        offset = date.getTime() - performance.now();
      });
      try {
        return await task(client);
      } catch (error) {
        throw toS3Error(error);
      }
    },
    now: () => (offset === null ? Date.now() : offset + performance.now()),
    close: async () => {
      client?.destroy();
      client = null;
    },
  };
}

/** @param noteTime is told the time of each answer (RFC 9110, 6.6.1) */
function createClient(config: S3Config, noteTime: (date: Date) => void): S3Client {
  const client = new S3Client({
    endpoint: config.endpoint,
    region: config.region,
    forcePathStyle: config.pathStyle,
    credentials: { accessKeyId: config.accessKeyId, secretAccessKey: config.secretAccessKey },
    // Other stores than AWS refuse the trailers that newer SDKs add; what is stored is authenticated by its own tag anyway.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    followRegionRedirects: false,
    maxAttempts: 3,
    requestHandler: { httpsAgent: createAgent(config), connectionTimeout: 20_000, requestTimeout: 120_000 },
  });
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { headers } = result.response as { headers?: Record<string, string> };
      const time = Date.parse(headers?.['date'] ?? '');
      if (!Number.isNaN(time)) noteTime(new Date(time));
      return result;
    },
    { step: 'deserialize', priority: 'low', name: 'noteTime' },
  );
  return client;
}

function createAgent({ trustedCertificates, proxy }: S3Config): Agent {
  const tls = {
    minVersion: 'TLSv1.2',
    ...(trustedCertificates === undefined ? {} : { ca: trustedCertificates }),
  } as const;
  const agent = new Agent({ keepAlive: true, maxSockets: 2 * PARALLEL, ...tls });
  if (proxy === undefined) return agent;
  return Object.assign(agent, {
    createConnection: (
      { host, port, servername }: { host: string; port: number; servername?: string },
      done: (error: Error | null, socket?: unknown) => void,
    ) => {
      connectThroughProxy(proxy, host, Number(port)).then(
        (socket) => done(null, connectTls({ socket, servername: servername ?? host, ...tls })),
        (error: Error) => done(error),
      );
    },
  });
}

function keyOf({ prefix }: Box, address: Address, part: 'new' | 'claimed', name: MailboxName): string {
  if (!isMailboxName(name)) throw new AppError('INTERNAL', { reason: 'mailbox name' });
  return `${prefix}${address}/${part}/${name}`;
}

async function put(box: Box, key: string, source: ByteSource, signal: AbortSignal | undefined): Promise<void> {
  const isWhole = async (): Promise<boolean> => (await findObject(box, key))?.size === source.size;
  if (source.size > WHOLE) {
    if (await isWhole()) return;
    await putParts(box, key, source, signal);
  } else {
    // The condition saves the look before: most packages are new.
    const isNew = await putWhole(box, key, source, signal, { IfNoneMatch: '*' });
    if (await isWhole()) return;
    if (!isNew) await putWhole(box, key, source, signal, {});
  }
  if (!(await isWhole())) throw new AppError('ROUTE_MISBEHAVES', { reason: 'size' });
}

type Condition = { readonly IfNoneMatch?: '*'; readonly IfMatch?: string };

/** @returns false where the condition does not hold */
async function putIf(
  box: Box,
  key: string,
  body: Buffer | string,
  condition: Condition,
  signal?: AbortSignal,
): Promise<boolean> {
  const command = new PutObjectCommand({ Bucket: box.bucket, Key: key, Body: body, ...condition });
  try {
    await box.ask((s3) => s3.send(command, abortable(signal)));
    return true;
  } catch (error) {
    if (isAppError(error) && error.params['reason'] === 'http-412') return false;
    throw error;
  }
}

async function putWhole(
  box: Box,
  key: string,
  source: ByteSource,
  signal: AbortSignal | undefined,
  condition: Condition,
): Promise<boolean> {
  await createPace(box.bandwidth)(source.size);
  return putIf(box, key, await readPart(source, 0, source.size), condition, signal);
}

const abortable = (signal: AbortSignal | undefined): { abortSignal?: AbortSignal } =>
  signal === undefined ? {} : { abortSignal: signal };

async function readPart(source: ByteSource, position: Bytes, length: Bytes): Promise<Buffer> {
  const part = Buffer.allocUnsafe(length);
  if (length > 0 && (await source.read(part, position)) !== length) throw new AppError('FILE_CHANGED');
  return part;
}

/** Goes on with the parts that the store has: their size depends on the source alone, so that they fit after a restart. */
async function putParts(box: Box, key: string, source: ByteSource, signal: AbortSignal | undefined): Promise<void> {
  const size = Math.max(PART, Math.ceil(source.size / MOST_PARTS));
  const count = Math.ceil(source.size / size);
  const lengthOf = (number: number): Bytes => Math.min(size, source.size - (number - 1) * size);
  const upload = (await findUpload(box, key)) ?? (await startUpload(box, key));
  const tags = await listParts(box, key, upload, lengthOf);
  const pace = createPace(box.bandwidth);
  let next = 1;
  const sender = async (): Promise<void> => {
    while (next <= count) {
      const number = next++;
      if (tags.has(number)) continue;
      if (signal?.aborted === true) throw new AppError('CANCELLED');
      await pace(lengthOf(number));
      const body = await readPart(source, (number - 1) * size, lengthOf(number));
      const { ETag } = await box.ask((s3) =>
        s3.send(
          new UploadPartCommand({ Bucket: box.bucket, Key: key, UploadId: upload, PartNumber: number, Body: body }),
          abortable(signal),
        ),
      );
      if (ETag === undefined) throw new AppError('ROUTE_MISBEHAVES', { reason: 'etag' });
      tags.set(number, ETag);
    }
  };
  await Promise.all(Array.from({ length: Math.min(PARALLEL, count) }, sender));
  const Parts = Array.from({ length: count }, (_, index) => ({ PartNumber: index + 1, ETag: tags.get(index + 1) }));
  await box.ask((s3) =>
    s3.send(
      new CompleteMultipartUploadCommand({
        Bucket: box.bucket,
        Key: key,
        UploadId: upload,
        MultipartUpload: { Parts },
      }),
    ),
  );
}

async function startUpload(box: Box, key: string): Promise<string> {
  const { UploadId } = await box.ask((s3) =>
    s3.send(new CreateMultipartUploadCommand({ Bucket: box.bucket, Key: key })),
  );
  if (UploadId === undefined) throw new AppError('ROUTE_MISBEHAVES', { reason: 'upload' });
  return UploadId;
}

interface Upload {
  readonly key: string;
  readonly id: string;
  readonly startedAt: Date;
}

async function listUploads(box: Box, prefix: string): Promise<Upload[]> {
  const { Uploads = [] } = await box.ask((s3) =>
    s3.send(new ListMultipartUploadsCommand({ Bucket: box.bucket, Prefix: prefix })),
  );
  return Uploads.flatMap(({ Key, UploadId, Initiated }) =>
    Key === undefined || UploadId === undefined
      ? []
      : [{ key: Key, id: UploadId, startedAt: Initiated ?? new Date(0) }],
  );
}

async function findUpload(box: Box, key: string): Promise<string | null> {
  const own = (await listUploads(box, key)).filter((upload) => upload.key === key);
  return own.sort((a, b) => b.startedAt.getTime() - a.startedAt.getTime())[0]?.id ?? null;
}

async function listParts(
  box: Box,
  key: string,
  upload: string,
  lengthOf: (number: number) => Bytes,
): Promise<Map<number, string>> {
  const tags = new Map<number, string>();
  let marker: string | undefined;
  do {
    const page = await box.ask((s3) =>
      s3.send(new ListPartsCommand({ Bucket: box.bucket, Key: key, UploadId: upload, PartNumberMarker: marker })),
    );
    for (const { PartNumber, Size, ETag } of page.Parts ?? []) {
      if (PartNumber !== undefined && ETag !== undefined && Size === lengthOf(PartNumber)) tags.set(PartNumber, ETag);
    }
    marker = page.IsTruncated === true ? page.NextPartNumberMarker : undefined;
  } while (marker !== undefined && tags.size < MOST_PARTS);
  return tags;
}

interface Found {
  readonly key: string;
  readonly size: Bytes;
  readonly modifiedAt: Date;
}

async function list(box: Box, address: Address): Promise<MailboxEntry[]> {
  const base = `${box.prefix}${address}/`;
  const found = await listKeys(box, base);
  const claims = found.filter(({ key }) => key.startsWith(`${base}claimed/`));
  const claimed = new Map(claims.map(({ key }) => [key.slice(`${base}claimed/`.length), key]));
  const entries: MailboxEntry[] = [];
  for (const { key, size, modifiedAt } of found) {
    const name = key.startsWith(`${base}new/`) ? key.slice(`${base}new/`.length) : '';
    if (!isMailboxName(name)) continue;
    const claim = claimed.get(name);
    const holder = claim === undefined ? null : ((await readClaim(box, claim))?.holder ?? null);
    entries.push({ name, size, modifiedAt, holder });
  }
  return entries.sort((a, b) => a.modifiedAt.getTime() - b.modifiedAt.getTime() || (a.name < b.name ? -1 : 1));
}

/** One request for up to a thousand keys: an empty mailbox costs one, however much lies in the others. */
async function listKeys(box: Box, prefix: string): Promise<Found[]> {
  const found: Found[] = [];
  let token: string | undefined;
  do {
    const page = await box.ask((s3) =>
      s3.send(new ListObjectsV2Command({ Bucket: box.bucket, Prefix: prefix, ContinuationToken: token })),
    );
    for (const { Key, Size, LastModified } of page.Contents ?? []) {
      if (Key?.startsWith(prefix) === true)
        found.push({ key: Key, size: Size ?? 0, modifiedAt: LastModified ?? new Date(0) });
    }
    token = page.IsTruncated === true ? page.NextContinuationToken : undefined;
  } while (token !== undefined && found.length < MOST_ENTRIES);
  return found;
}

/** By listing: the answer to a HEAD that was refused has no body, and so not the reason. */
async function findObject(box: Box, key: string): Promise<Found | null> {
  return (await listKeys(box, key)).find((found) => found.key === key) ?? null;
}

async function open(box: Box, key: string): Promise<ByteSource | null> {
  const found = await findObject(box, key);
  if (found === null) return null;
  return createRangeSource(found.size, async (position, length) => {
    const last = position + length - 1;
    const { Body, ContentRange } = await box.ask((s3) =>
      s3.send(new GetObjectCommand({ Bucket: box.bucket, Key: key, Range: `bytes=${position}-${last}` })),
    );
    if (Body === undefined || ContentRange !== `bytes ${position}-${last}/${found.size}`) {
      throw new AppError('ROUTE_MISBEHAVES', { reason: 'range' });
    }
    return onRoute(Body as AsyncIterable<Uint8Array>);
  });
}

async function* onRoute(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw toS3Error(error);
  }
}

const claimBody = z.strictObject({ holder: z.string().refine(isMailboxName), at: z.iso.datetime() });

interface Claim {
  readonly holder: MailboxName;
  /** By the store's clock. */
  readonly at: Date;
  readonly tag: string;
}

/** Null where there is none, or none that this version understands. */
async function readClaim(box: Box, key: string): Promise<Claim | null> {
  return orNull(async () => {
    const { Body, ETag, ContentLength, LastModified } = await box.ask((s3) =>
      s3.send(new GetObjectCommand({ Bucket: box.bucket, Key: key })),
    );
    if (Body === undefined || ETag === undefined || (ContentLength ?? LARGEST_CLAIM) >= LARGEST_CLAIM) return null;
    const parsed = claimBody.safeParse(parseJson(await Body.transformToString()));
    return parsed.success ? { holder: parsed.data.holder, at: LastModified ?? new Date(0), tag: ETag } : null;
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function claim(
  box: Box,
  address: Address,
  name: MailboxName,
  holder: MailboxName,
  life: MailboxLife,
): Promise<boolean> {
  if ((await findObject(box, keyOf(box, address, 'new', name))) === null) return false;
  const key = keyOf(box, address, 'claimed', name);
  const body = JSON.stringify({ holder, at: new Date(box.now()).toISOString() });
  const put = (condition: Condition): Promise<boolean> => putIf(box, key, body, condition);
  if (await put({ IfNoneMatch: '*' })) return true;
  const present = await readClaim(box, key);
  if (present === null) {
    // Garbage in the place of a claim must not keep a package from its owner.
    await removeKey(box, key);
    return put({ IfNoneMatch: '*' });
  }
  if (present.holder === holder) return true;
  if (ageOf(box, present.at) < life.claim) return false;
  // Ceph compares the tag with the quotes that RFC 9110 8.8.3 puts around it to its own without: a dead holder's claim would stand for ever.
  return (await put({ IfMatch: present.tag })) || put({ IfMatch: present.tag.replaceAll('"', '') });
}

async function removeKey(box: Box, key: string): Promise<void> {
  await box.ask((s3) => s3.send(new DeleteObjectCommand({ Bucket: box.bucket, Key: key })));
}

async function sweep(box: Box, address: Address, life: MailboxLife): Promise<void> {
  for (const { key, id, startedAt } of await listUploads(box, `${box.prefix}${address}/`)) {
    if (ageOf(box, startedAt) < life.partial) continue;
    await box.ask((s3) => s3.send(new AbortMultipartUploadCommand({ Bucket: box.bucket, Key: key, UploadId: id })));
  }
}

async function orNull<T>(task: () => Promise<T>): Promise<T | null> {
  try {
    return await task();
  } catch (error) {
    if (isAppError(error) && error.params['reason'] === 'http-404') return null;
    throw error;
  }
}

const LOGIN = new Set(['InvalidAccessKeyId', 'SignatureDoesNotMatch', 'InvalidToken', 'ExpiredToken']);
const FULL = new Set(['QuotaExceeded', 'InsufficientCapacity', 'TooManyObjects']);

function toS3Error(error: unknown): AppError {
  if (isAppError(error)) return error;
  const { name = '', $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode;
  if (name === 'AbortError') return new AppError('CANCELLED', {}, error);
  if (LOGIN.has(name)) return new AppError('ROUTE_LOGIN_REFUSED', {}, error);
  if (FULL.has(name) || status === 507) return new AppError('ROUTE_FULL', {}, error);
  if (name === 'NoSuchBucket') return new AppError('ROUTE_UNAVAILABLE', { reason: 'bucket' }, error);
  if (name === 'EntityTooLarge') return new AppError('ROUTE_TOO_LARGE', {}, error);
  if (status === 401 || status === 407) return new AppError('ROUTE_LOGIN_REFUSED', {}, error);
  if (status === 403) return new AppError('ROUTE_READ_ONLY', {}, error);
  if (status !== undefined && status >= 300)
    return new AppError('ROUTE_UNAVAILABLE', { reason: `http-${status}` }, error);
  return toRouteError(error);
}
