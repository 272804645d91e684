import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openLayoutMailbox } from '../../electron/exchange/layout-mailbox.ts';
import type { Mailbox } from '../../electron/exchange/mailbox.ts';
import { randomMailboxName } from '../../electron/exchange/mailbox-name.ts';
import { openS3Mailbox } from '../../electron/exchange/transports/s3-mailbox.ts';
import { openWebdavStore } from '../../electron/exchange/transports/webdav-store.ts';
import { bufferSource, readAll } from '../../electron/files/bytes.ts';
import { makeTlsFiles, type TlsFiles } from '../fixtures/servers/tls-files.ts';

/** Servers whose certificate is good and whose word is not. */

let dir: string;
let tls: TlsFiles;
let server: Server | null = null;
const [address, name] = [randomMailboxName(), randomMailboxName()];

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'lexpost-lies-'));
  tls = makeTlsFiles(dir);
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = null;
});

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

async function lying(answer: Answer): Promise<string> {
  const made = createServer(
    { cert: readFileSync(tls.certificate), key: readFileSync(tls.key) },
    (request, response) => {
      request.resume();
      request.on('end', () => answer(request, response));
    },
  );
  server = made;
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  const bound = made.address();
  return `https://localhost:${typeof bound === 'object' && bound !== null ? bound.port : 0}/`;
}

const webdav = (url: string): Mailbox =>
  openLayoutMailbox(openWebdavStore({ url, user: 'box', password: 'secret', trustedCertificates: tls.ca }));

const s3 = (endpoint: string): Mailbox =>
  openS3Mailbox({
    endpoint: endpoint.replace(/\/$/, ''),
    region: 'us-east-1',
    bucket: 'lexpost',
    prefix: '',
    accessKeyId: 'a',
    secretAccessKey: 's',
    pathStyle: true,
    trustedCertificates: tls.ca,
  });

const member = (href: string, size: string): string =>
  `<D:response><D:href>${href}</D:href><D:propstat><D:prop><D:resourcetype/><D:getcontentlength>${size}</D:getcontentlength><D:getlastmodified>Tue, 24 Nov 2026 06:00:00 GMT</D:getlastmodified></D:prop></D:propstat></D:response>`;
const multistatus = (...members: string[]): string =>
  `<?xml version="1.0"?><D:multistatus xmlns:D="DAV:">${members.join('')}</D:multistatus>`;

describe('a WebDAV server that lies', () => {
  test('about names: what is not a mailbox’s own entry is never listed', async () => {
    const url = await lying((request, response) => {
      const here = request.url ?? '';
      const forged = [
        member(`${here}..%2f..%2fetc%2fpasswd`, '5'),
        member(`/other/new/${name}`, '5'),
        member(`${here}${name}/deeper`, '5'),
        member(`${here}${name}.exe`, '5'),
        member(`${here}%zz`, '5'),
        member(`https://elsewhere.test${here}${name.toUpperCase()}`, '5'),
        member(`${here}${randomMailboxName()}`, '-5'),
        member(`${here}${randomMailboxName()}`, '99999999999999999999'),
      ];
      response.writeHead(207, { 'content-type': 'application/xml' }).end(multistatus(...forged));
    });
    expect(await webdav(url).list(address)).toEqual([]);
  });

  test.each([
    ['no XML', 'hello'],
    ['a document type', '<!DOCTYPE x [<!ENTITY e "1">]><D:multistatus xmlns:D="DAV:">&e;</D:multistatus>'],
    ['another document', '<html xmlns="http://www.w3.org/1999/xhtml"/>'],
    ['XML that ends early', '<D:multistatus xmlns:D="DAV:"><D:response>'],
  ])('with %s for a listing is told so', async (_, body) => {
    const url = await lying((_request, response) => response.writeHead(207).end(body));
    await expect(webdav(url).list(address)).rejects.toMatchObject({ code: 'ROUTE_MISBEHAVES' });
  });

  test('without end in its listing is cut off', async () => {
    const url = await lying((_request, response) => {
      response.writeHead(207);
      const flood = (): void => {
        while (response.write(' '.repeat(65_536))) if (response.destroyed) return;
        response.once('drain', flood);
      };
      flood();
    });
    await expect(webdav(url).list(address)).rejects.toMatchObject({ code: 'ROUTE_MISBEHAVES' });
  });

  test('that says a package arrived and keeps nothing is not believed', async () => {
    const url = await lying((request, response) => {
      if (request.method === 'PROPFIND') response.writeHead(207).end(multistatus());
      else if (request.method === 'HEAD') response.writeHead(404).end();
      else response.writeHead(201).end();
    });
    const put = webdav(url).put(address, name, bufferSource(Buffer.from('sealed')));
    await expect(put).rejects.toMatchObject({ code: 'ROUTE_MISBEHAVES' });
  });

  test('that sends the way elsewhere is not followed', async () => {
    const seen: string[] = [];
    const url = await lying((request, response) => {
      seen.push(request.url ?? '');
      response.writeHead(302, { location: `https://localhost:1/${name}` }).end();
    });
    await expect(webdav(url).list(address)).rejects.toMatchObject({ code: 'ROUTE_UNAVAILABLE' });
    expect(new Set(seen.map((path) => path.split('/')[1]))).toEqual(new Set([address]));
  });

  test.each([
    ['gives another range than asked for', 206, 'bytes 5-10/100', 'ROUTE_MISBEHAVES'],
    ['gives the whole of another size', 206, 'bytes 0-99/5000', 'ROUTE_MISBEHAVES'],
    ['ends a range early', 206, 'bytes 0-99/100', 'ROUTE_UNAVAILABLE'],
  ])('that %s is told so', async (_, status, range, code) => {
    const url = await lying((request, response) => {
      if (request.method === 'PROPFIND') response.writeHead(207).end(multistatus());
      else if (request.method === 'HEAD') response.writeHead(200, { 'content-length': '100' }).end();
      else {
        response.writeHead(status, { 'content-range': range, 'content-length': '100' });
        response.write('short');
        setTimeout(() => response.destroy(), 50);
      }
    });
    const source = await webdav(url).open(address, name);
    if (source === null) throw new Error('not there');
    await expect(readAll(source, 1000)).rejects.toMatchObject({ code });
    await source.close();
  });
});

const listing = (...contents: string[]): string =>
  `<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IsTruncated>false</IsTruncated>${contents.join('')}</ListBucketResult>`;
const object = (key: string, size: number): string =>
  `<Contents><Key>${key}</Key><Size>${size}</Size><LastModified>2026-11-24T06:00:00.000Z</LastModified></Contents>`;

describe('an S3 store that lies', () => {
  test('about names: what is not a mailbox’s own entry is never listed', async () => {
    const url = await lying((_request, response) => {
      const forged = [
        object(`other/new/${name}`, 5),
        object(`${address}/new/../../x`, 5),
        object(`${address}/new/${name}.exe`, 5),
        object(`${address}/claimed/${name}`, 5),
      ];
      response.writeHead(200, { 'content-type': 'application/xml' }).end(listing(...forged));
    });
    expect(await s3(url).list(address)).toEqual([]);
  });

  test('that says a package arrived and keeps nothing is not believed', async () => {
    const url = await lying((request, response) => {
      if (request.method === 'GET') response.writeHead(200, { 'content-type': 'application/xml' }).end(listing());
      else response.writeHead(200, { etag: '"x"' }).end();
    });
    const put = s3(url).put(address, name, bufferSource(Buffer.from('sealed')));
    await expect(put).rejects.toMatchObject({ code: 'ROUTE_MISBEHAVES' });
  });

  test('that gives another range than asked for is told so', async () => {
    const url = await lying((request, response) => {
      if ((request.url ?? '').includes('list-type=2')) {
        response
          .writeHead(200, { 'content-type': 'application/xml' })
          .end(listing(object(`${address}/new/${name}`, 100)));
      } else {
        response.writeHead(206, { 'content-range': 'bytes 5-10/100' }).end('abcdef');
      }
    });
    const source = await s3(url).open(address, name);
    if (source === null) throw new Error('not there');
    await expect(readAll(source, 1000)).rejects.toMatchObject({ code: 'ROUTE_MISBEHAVES' });
    await source.close();
  });
});
