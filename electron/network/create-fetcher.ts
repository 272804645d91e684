import type { LookupAddress, LookupOptions } from 'node:dns';
import { lookup } from 'node:dns';
import type { Dispatcher } from 'undici';
import { AppError, isAppError } from '../../shared/errors.ts';
import { LIMITS } from '../../shared/limits.ts';
import type { Bytes, Milliseconds } from '../../shared/model/brand.ts';
import type { ByteSink } from '../files/bytes.ts';
import { checkUrl, isAllowedAddress, literalAddress } from './check-url.ts';
import type { AllowedNetwork, Fetcher, FetchKind, FetchRequest } from './fetcher.ts';

interface Way {
  readonly method: 'GET' | 'POST';
  readonly requestType: string | null;
  /** Media types of RFC 6960 A.2 and RFC 3161 3.4; lists come under several, also wrong ones, and are parsed strictly. */
  readonly answerType: string | null;
  readonly limit: Bytes;
  readonly timeout: Milliseconds;
}

const WAYS: Readonly<Record<FetchKind, Way>> = {
  crl: { method: 'GET', requestType: null, answerType: null, limit: LIMITS.crl, timeout: LIMITS.fetchCrlTime },
  issuer: {
    method: 'GET',
    requestType: null,
    answerType: null,
    limit: LIMITS.certificate,
    timeout: LIMITS.fetchTime,
  },
  ocsp: {
    method: 'POST',
    requestType: 'application/ocsp-request',
    answerType: 'application/ocsp-response',
    limit: LIMITS.ocsp,
    timeout: LIMITS.fetchTime,
  },
  timestamp: {
    method: 'POST',
    requestType: 'application/timestamp-query',
    answerType: 'application/timestamp-reply',
    limit: LIMITS.timestampReply,
    timeout: LIMITS.fetchTime,
  },
  release: {
    method: 'GET',
    requestType: null,
    answerType: null,
    limit: LIMITS.updateRelease,
    timeout: LIMITS.fetchTime,
  },
  installer: {
    method: 'GET',
    requestType: null,
    answerType: null,
    limit: LIMITS.updateInstaller,
    timeout: LIMITS.fetchInstallerTime,
  },
};

/** Loaded when something is fetched: most commands never do. */
type Undici = typeof import('undici');

/** Names to addresses, all of them. */
export type Resolve = (name: string) => Promise<readonly LookupAddress[]>;

const resolveBySystem: Resolve = (name) =>
  new Promise((resolve, reject) => {
    lookup(name, { all: true }, (error, addresses) => (error === null ? resolve(addresses) : reject(error)));
  });

/**
 * The fetcher that really fetches. No redirect is followed, no cookie kept, nothing said about this machine. The connection goes to the very address that
 * was checked, so that a name cannot lead elsewhere a moment later (DNS rebinding). Through a proxy the proxy resolves names: it is the office's own, and
 * private addresses are then its to refuse; what stands as an address in the URL is checked here all the same.
 *
 * @param network asked for anew each time, so that a change holds at once
 */
export function createFetcher(network: () => AllowedNetwork, resolve: Resolve = resolveBySystem): Fetcher {
  return async (asked) => {
    const allowed = network();
    const url = checkUrl(asked, allowed);
    const literal = literalAddress(url);
    if (literal !== null && !isAllowedAddress(literal, url, allowed)) throw refusedAddress(url, literal);
    const undici = await import('undici');
    const dispatcher =
      allowed.proxy === null ? directly(undici, url, allowed, resolve) : new undici.ProxyAgent(allowed.proxy);
    try {
      return await send(undici, url, asked, dispatcher);
    } finally {
      await dispatcher.destroy();
    }
  };
}

const refusedAddress = ({ host }: URL, address: string): AppError =>
  new AppError('FETCH_REFUSED', { url: host, reason: `private address ${address}` });

/** One connection, to an address that was checked just before it is used. */
function directly({ Agent }: Undici, url: URL, network: AllowedNetwork, resolve: Resolve): Dispatcher {
  const checkedLookup = (
    name: string,
    options: LookupOptions,
    callback: (error: Error | null, address: string | LookupAddress[], family?: number) => void,
  ): void => {
    resolve(name).then(
      (found) => {
        const bad = found.find(({ address }) => !isAllowedAddress(address, url, network));
        const [first] = found;
        if (bad !== undefined) callback(refusedAddress(url, bad.address), '');
        else if (first === undefined) callback(new Error('no address'), '');
        else if (options.all === true) callback(null, [...found]);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), ''),
    );
  };
  return new Agent({ connect: { lookup: checkedLookup }, pipelining: 0 });
}

async function send(
  { request }: Undici,
  url: URL,
  { kind, body, timeout, signal, sink }: FetchRequest,
  dispatcher: Dispatcher,
): Promise<Buffer> {
  const way = WAYS[kind];
  const limit = Math.min(timeout ?? way.timeout, way.timeout);
  // One clock for everything: who sends a byte now and then must not hold us longer
  const deadline = AbortSignal.timeout(limit);
  try {
    const {
      statusCode,
      headers,
      body: answer,
    } = await request(url, {
      method: way.method,
      dispatcher,
      signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]),
      headers: way.requestType === null ? {} : { 'content-type': way.requestType, accept: way.answerType ?? '*/*' },
      body: body ?? null,
      headersTimeout: limit,
      bodyTimeout: limit,
    });
    if (statusCode >= 300 && statusCode < 400) throw failed(url, 'redirect');
    if (statusCode !== 200) throw failed(url, `status ${statusCode}`);
    requireType(url, way, headers['content-type']);
    return await collect(url, answer, way.limit, sink);
  } catch (error) {
    throw toFetchError(error, url, signal, deadline);
  }
}

function requireType(url: URL, { answerType }: Way, header: string | string[] | undefined): void {
  if (answerType === null) return;
  const given = (Array.isArray(header) ? header[0] : header)?.split(';')[0]?.trim().toLowerCase();
  if (given !== answerType) throw failed(url, 'media type of the answer');
}

async function collect(url: URL, answer: AsyncIterable<Buffer>, limit: Bytes, sink?: ByteSink): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer) {
    size += chunk.length;
    if (size > limit) throw failed(url, `answer over ${limit} bytes`);
    if (sink === undefined) chunks.push(chunk);
    else await sink.write(chunk);
  }
  return Buffer.concat(chunks);
}

const failed = ({ host }: URL, reason: string, cause?: unknown): AppError =>
  new AppError('FETCH_FAILED', { url: host, reason }, cause);

function toFetchError(error: unknown, url: URL, signal: AbortSignal | undefined, deadline: AbortSignal): AppError {
  if (signal?.aborted === true) return new AppError('CANCELLED', {}, error);
  if (isAppError(error)) return error;
  if (deadline.aborted) return failed(url, 'no whole answer in time', error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreachable';
  return failed(url, code, error);
}
