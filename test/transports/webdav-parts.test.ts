import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { RemoteStore } from '../../electron/exchange/remote-store.ts';
import { IN_PAIRS, IN_TURN, type Parts } from '../../electron/exchange/send-parts.ts';
import { openWebdavStore } from '../../electron/exchange/transports/webdav-store.ts';
import { bufferSource } from '../../electron/files/bytes.ts';
import { makeTlsFiles, type TlsFiles } from '../fixtures/servers/tls-files.ts';

/** What servers make of a PUT with Content-Range, as RFC 9110, 14.4 leaves it to them; Apache's own way is tested with Apache. */
const SERVERS: readonly { readonly name: string; readonly place: Place; readonly parts: Parts | null }[] = [
  { name: 'takes parts in any order', place: anywhere, parts: IN_PAIRS },
  {
    name: 'takes a part at the end alone',
    place: (old, part, start) => (start === old.length ? anywhere(old, part, start) : null),
    parts: IN_TURN,
  },
  { name: 'refuses parts', place: () => null, parts: null },
  { name: 'says well and puts the part in the place of the whole', place: (_, part) => part, parts: null },
  { name: 'says well and drops the part', place: (old) => old, parts: null },
];

/** What lies there afterwards, null where it refuses. */
type Place = (old: Buffer, part: Buffer, start: number) => Buffer | null;

function anywhere(old: Buffer, part: Buffer, start: number): Buffer {
  const all = Buffer.alloc(Math.max(old.length, start + part.length));
  old.copy(all);
  part.copy(all, start);
  return all;
}

let dir: string;
let tls: TlsFiles;
let server: Server | null = null;
let kept: { files: Map<string, Buffer>; puts: string[]; under: number; most: number };

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'lexpost-parts-'));
  tls = makeTlsFiles(dir);
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

test.each(SERVERS)(
  'a server that $name gets a package whole, in the largest steps that it understands',
  async ({ place, parts }) => {
    const store = await serve(place);
    const bytes = randomBytes(3 * IN_TURN.part + 5);
    await store.upload('large', bufferSource(bytes));
    expect(digest(kept.files.get('/large'))).toBe(digest(bytes));
    expect([...kept.files.keys()], 'the file that tried it out is gone').toEqual(['/large']);
    expect(kept.puts).toHaveLength(parts === null ? 1 : Math.ceil(bytes.length / parts.part));
    expect(kept.most).toBe(parts?.abreast ?? 1);
    await store.close();
  },
);

const digest = (data: Buffer | undefined): string =>
  createHash('sha256')
    .update(data ?? '')
    .digest('hex');

async function serve(place: Place): Promise<RemoteStore> {
  kept = { files: new Map(), puts: [], under: 0, most: 0 };
  const made = createServer(
    { cert: readFileSync(tls.certificate), key: readFileSync(tls.key) },
    (request, response) => {
      const chunks: Buffer[] = [];
      if (request.method === 'PUT') kept.most = Math.max(kept.most, ++kept.under);
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => answer(place, request, response, Buffer.concat(chunks)));
    },
  );
  server = made;
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  const { port } = made.address() as AddressInfo;
  const url = `https://localhost:${port}/`;
  return openWebdavStore({ url, user: 'box', password: 'secret', trustedCertificates: tls.ca });
}

function answer(
  place: Place,
  { method, url = '', headers }: IncomingMessage,
  response: ServerResponse,
  sent: Buffer,
): void {
  const { files } = kept;
  const old = files.get(url);
  switch (method) {
    case 'HEAD':
      return void response.writeHead(old === undefined ? 404 : 200, { 'content-length': old?.length ?? 0 }).end();
    case 'GET':
      return void response.writeHead(200).end(old);
    case 'DELETE':
      return void response.writeHead(files.delete(url) ? 204 : 404).end();
    default: {
      kept.under--;
      const range = headers['content-range'];
      if (url === '/large') kept.puts.push(range ?? 'whole');
      const start = /^bytes (?<start>\d+)-\d+\/\d+$/.exec(range ?? '')?.groups?.['start'];
      const placed = start === undefined ? sent : place(old ?? Buffer.alloc(0), sent, Number(start));
      if (placed !== null) files.set(url, placed);
      response.writeHead(placed === null ? 400 : 201).end();
    }
  }
}
