import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFetcher, type Resolve } from '../../../electron/network/create-fetcher.ts';
import type { FetchRequest } from '../../../electron/network/fetcher.ts';
import { LIMITS } from '../../../shared/limits.ts';
import { NO_NETWORK, type TrustNetwork } from '../../../shared/model/trust-network.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, body: Buffer) => void;

const asked: string[] = [];
const HANDLERS: Readonly<Record<string, Handler>> = {
  '/list': (_, response) => response.end('list'),
  '/echo': (request, response, body) => {
    response.setHeader('content-type', 'application/ocsp-response; charset=x');
    response.end(`${request.method} ${request.headers['content-type']} ${body.toString()}`);
  },
  '/redirect': (_, response) => response.writeHead(302, { location: '/list' }).end(),
  '/gone': (_, response) => response.writeHead(404).end('nothing'),
  '/page': (_, response) => response.setHeader('content-type', 'text/html').end('<html>'),
  '/large': (_, response) => {
    response.setHeader('content-type', 'application/ocsp-response');
    response.on('error', () => {});
    const chunk = Buffer.alloc(64 * 1024);
    const write = (): void => {
      while (!response.destroyed && response.write(chunk)) if (response.socket?.destroyed === true) return;
    };
    response.on('drain', write);
    write();
  },
  '/drip': (_, response) => {
    const timer = setInterval(() => response.write('x'), 20);
    response.on('close', () => clearInterval(timer));
  },
  '/silent': () => {},
  '/reset': (request) => request.socket.destroy(),
};

let server: Server;
let base = '';
let host = '';
beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      asked.push(`${request.headers.host} ${request.url}`);
      HANDLERS[request.url ?? '']?.(request, response, Buffer.concat(chunks));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  host = `127.0.0.1:${address.port}`;
  base = `http://${host}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const fetchFrom = (request: FetchRequest, change: Partial<TrustNetwork> = {}, resolve?: Resolve): Promise<Buffer> =>
  createFetcher(() => ({ ...NO_NETWORK, hosts: [host], ...change }), resolve)(request);
const failure = (request: FetchRequest, change: Partial<TrustNetwork> = {}, resolve?: Resolve) =>
  fetchFrom(request, change, resolve).then(
    (answer) => ({ answer: answer.toString() }),
    (error: { code: string; params: Record<string, unknown> }) => ({
      code: error.code,
      reason: error.params['reason'],
    }),
  );

describe('what a server answers', () => {
  test('a sink is not given every byte as it comes, up to the limit of its kind', async () => {
    const taken: Buffer[] = [];
    const sink = { write: async (chunk: Buffer) => void taken.push(Buffer.from(chunk)) };
    expect((await fetchFrom({ kind: 'crl', url: `${base}/list`, sink })).length).toBe(0);
    expect(Buffer.concat(taken).toString()).toBe('list');
    taken.length = 0;
    const body = Buffer.from('q');
    expect(await failure({ kind: 'ocsp', url: `${base}/large`, body, sink })).toMatchObject({ code: 'FETCH_FAILED' });
    expect(Buffer.concat(taken).length).toBeLessThanOrEqual(LIMITS.ocsp);
  });

  test('a list or an answer is not brought back as it is', async () => {
    expect((await fetchFrom({ kind: 'crl', url: `${base}/list` })).toString()).toBe('list');
    const body = Buffer.from('question');
    const answer = await fetchFrom({ kind: 'ocsp', url: `${base}/echo`, body });
    expect(answer.toString()).toBe('POST application/ocsp-request question');
  });

  test.each([
    ['/redirect', 'redirect'],
    ['/gone', 'status 404'],
    ['/page', 'media type of the answer'],
    ['/large', `answer over ${LIMITS.ocsp} bytes`],
    ['/drip', 'no whole answer in time'],
    ['/silent', 'no whole answer in time'],
    ['/reset', 'UND_ERR_SOCKET'],
  ])('%s is taken for an answer, or for another fault', async (path, reason) => {
    const kind = path === '/drip' ? 'crl' : 'ocsp';
    const before = asked.length;
    expect(await failure({ kind, url: `${base}${path}`, timeout: 1500 })).toEqual({ code: 'FETCH_FAILED', reason });
    // a redirect is not followed
    expect(asked.length).toBe(before + 1);
  });

  test('who gives up waits on', async () => {
    const controller = new AbortController();
    const waiting = failure({ kind: 'crl', url: `${base}/silent`, signal: controller.signal });
    setTimeout(() => controller.abort(), 50);
    expect(await waiting).toMatchObject({ code: 'CANCELLED' });
  });

  test('a server that nobody runs is another fault', async () => {
    const url = 'http://127.0.0.1:9/';
    expect(await failure({ kind: 'crl', url }, { hosts: ['127.0.0.1:9'] })).toMatchObject({
      code: 'FETCH_FAILED',
      reason: 'ECONNREFUSED',
    });
  });
});

describe('a server is asked that the office did not allow', () => {
  const url = (name: string) => `http://${name}:${host.split(':')[1]}/list`;
  const port = () => host.split(':')[1];
  const to =
    (...addresses: string[]): Resolve =>
    async () =>
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

  test('of another host', async () => {
    const before = asked.length;
    expect(await failure({ kind: 'crl', url: `${base}/list` }, { hosts: ['crl.example.cn'] })).toEqual({
      code: 'FETCH_REFUSED',
      reason: 'host is not configured',
    });
    expect(asked.length).toBe(before);
  });

  test('whose name leads to this machine or a private network', async () => {
    const before = asked.length;
    const hosts = [`crl.example.cn:${port()}`];
    for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1', '10.0.0.1', '169.254.169.254']) {
      expect(await failure({ kind: 'crl', url: url('crl.example.cn') }, { hosts }, to(address))).toEqual({
        code: 'FETCH_REFUSED',
        reason: `private address ${address}`,
      });
    }
    // one bad address among good ones is enough
    expect(
      await failure({ kind: 'crl', url: url('crl.example.cn') }, { hosts }, to('8.8.8.8', '127.0.0.1')),
    ).toMatchObject({ code: 'FETCH_REFUSED' });
    expect(asked.length).toBe(before);
  });

  test('or one is not that it did allow by address', async () => {
    const hosts = [`crl.example.cn:${port()}`];
    const request = { kind: 'crl', url: url('crl.example.cn') } as const;
    expect(await failure(request, { hosts, addresses: ['127.0.0.1'] }, to('127.0.0.1'))).toEqual({ answer: 'list' });
    expect(asked.at(-1)).toBe(`crl.example.cn:${port()} /list`);
  });

  test('because a name leads elsewhere once it was checked', async () => {
    const answers = ['127.0.0.1', '10.0.0.1'];
    let calls = 0;
    const rebinding: Resolve = async () => [{ address: answers[calls++] ?? '', family: 4 }];
    const hosts = [`crl.example.cn:${port()}`];
    const found = await failure(
      { kind: 'crl', url: url('crl.example.cn') },
      { hosts, addresses: ['127.0.0.1'] },
      rebinding,
    );
    // the address that was checked is the one that was connected to: the name was asked once
    expect([found, calls]).toEqual([{ answer: 'list' }, 1]);
  });
});

test('a proxy that is configured is passed by', async () => {
  const tunnelled: string[] = [];
  const proxy = createServer((request, response) => {
    tunnelled.push(`${request.method} ${request.url}`);
    response.end('by the proxy');
  });
  proxy.on('connect', (request, socket) => {
    tunnelled.push(`CONNECT ${request.url}`);
    const [, port] = host.split(':');
    const upstream = connect(Number(port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on('error', () => socket.destroy());
    socket.on('error', () => upstream.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  try {
    const address = proxy.address();
    const port = typeof address === 'object' ? address?.port : null;
    const change = { hosts: ['crl.example.cn'], proxy: `http://127.0.0.1:${port}` };
    await fetchFrom({ kind: 'crl', url: 'http://crl.example.cn/list' }, change);
    expect(tunnelled).toHaveLength(1);
    expect(tunnelled[0]).toContain('crl.example.cn');
    expect(await failure({ kind: 'crl', url: 'http://10.0.0.1/list' }, change)).toMatchObject({
      code: 'FETCH_REFUSED',
    });
  } finally {
    proxy.closeAllConnections();
    proxy.close();
  }
});
