/**
 * Builds dist/evidence-viewer.html: the verifier of evidence bundles as one file for any current browser, and prints its SHA-256.
 *
 *     npm run evidence-viewer
 */
import './require-node.mjs';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** By its address: the build's own program does not include the page's. */
const PAGE_STYLE_FILE = new URL('../viewer/page-style.ts', import.meta.url).href;
export const VIEWER = join(ROOT, 'dist', 'evidence-viewer.html');

/** The seam: what the verifier takes from Node stands in viewer/ under the same names. Everything else is the source that the command runs. */
const INSTEAD: readonly (readonly [RegExp, string])[] = [
  [/^node:crypto$/, 'viewer/node-crypto.ts'],
  [/^node:zlib$/, 'viewer/node-zlib.ts'],
  [/^node:net$/, 'viewer/node-net.ts'],
  [/^node:fs\/promises$/, 'viewer/absent.ts'],
  [/\/read-foreign(?:-zip)?\.ts$/, 'viewer/absent.ts'],
  [/\/worker-digest\.ts$/, 'viewer/absent.ts'],
];
const WORKER_DIGEST = /openContentDigest\(size: Bytes\): ContentDigest \{[^}]*\}/;

function inBrowser(): Plugin {
  return {
    name: 'lexpost:in-browser',
    enforce: 'pre',
    resolveId: (id) => {
      const found = INSTEAD.find(([pattern]) => pattern.test(id));
      return found === undefined ? null : join(ROOT, found[1]);
    },
    transform(code, id) {
      if (!id.endsWith('/open-content-digest.ts')) return null;
      if (!WORKER_DIGEST.test(code)) throw new Error('build/evidence-viewer.ts does not find openContentDigest');
      return code.replace('size >= WORKER_FROM', 'false');
    },
  };
}

/** @returns the page; the same for the same source, wherever it is built */
export async function buildViewer(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    root: ROOT,
    publicDir: false,
    plugins: [inBrowser()],
    define: { global: 'globalThis' },
    build: {
      write: false,
      target: 'es2024',
      minify: true,
      rolldownOptions: {
        input: join(ROOT, 'viewer/start.ts'),
        output: { format: 'iife', entryFileNames: 'viewer.js' },
      },
    },
  });
  const outputs = Array.isArray(result) ? result : [result];
  const chunk = outputs.flatMap((one) => ('output' in one ? one.output : [])).find(({ type }) => type === 'chunk');
  if (chunk?.type !== 'chunk') throw new Error('nothing was built');
  const { PAGE_STYLE } = (await import(PAGE_STYLE_FILE)) as { readonly PAGE_STYLE: string };
  return pageOf(chunk.code.trim(), PAGE_STYLE);
}

/** The policy lets this one script and this one style in and nothing else, lets nothing be loaded or sent, and lets no text be parsed as markup. */
function pageOf(code: string, style: string): string {
  const script = code.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
  const allowed = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  const policy = [
    "default-src 'none'",
    `script-src ${allowed(script)}`,
    `style-src ${allowed(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>LexPost</title>
<style>${style}</style>
</head>
<body>
<script>${script}</script>
</body>
</html>
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const page = await buildViewer();
  mkdirSync(join(ROOT, 'dist'), { recursive: true });
  writeFileSync(VIEWER, page);
  console.log(`${createHash('sha256').update(page).digest('hex')}  dist/evidence-viewer.html`);
}
