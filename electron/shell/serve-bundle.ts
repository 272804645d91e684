import { readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { contentPolicy } from './content-policy.ts';
import { isOwnAddress } from './own-scheme.ts';

/** Vite puts it where a nonce belongs (build/bundle.ts). */
const NONCE_PLACEHOLDER = 'LEXPOST-NONCE';

/** What a build of the window consists of; nothing else has an address. */
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.bcmap': 'application/octet-stream',
  '.pfb': 'application/octet-stream',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
};

const HEADERS = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'permissions-policy':
    'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), midi=(), display-capture=()',
  // The page carries a nonce: an old one must not be shown again
  'cache-control': 'no-store',
} as const;

/** Where in `folder` an address lies; null for whatever is not plainly a file of it. */
export function findBundled(folder: string, address: string): string | null {
  if (!isOwnAddress(address)) return null;
  const { pathname } = new URL(address);
  // The URL parser has taken out "." and ".."; an encoded slash, backslash or NUL is how one comes back in
  if (!/^\/[\w./-]+$/.test(pathname) || pathname.includes('..')) return null;
  const path = join(folder, pathname);
  return path.startsWith(folder + sep) && TYPES[extname(path)] !== undefined ? path : null;
}

/**
 * Answers the window's own scheme from the built bundle.
 *
 * @param folder of the built window
 * @param createNonce fresh for each page
 */
export async function serveBundle(
  folder: string,
  request: Pick<Request, 'method' | 'url'>,
  createNonce: () => string,
): Promise<Response> {
  const path = request.method === 'GET' ? findBundled(folder, request.url) : null;
  const bytes = path === null ? null : await readFile(path).catch(() => null);
  if (path === null || bytes === null) return new Response(null, { status: 404, headers: HEADERS });
  const type = TYPES[extname(path)] ?? '';
  if (extname(path) !== '.html') return new Response(bytes, { headers: { ...HEADERS, 'content-type': type } });
  const nonce = createNonce();
  return new Response(bytes.toString('utf8').replaceAll(NONCE_PLACEHOLDER, nonce), {
    headers: { ...HEADERS, 'content-type': type, 'content-security-policy': contentPolicy(nonce) },
  });
}
