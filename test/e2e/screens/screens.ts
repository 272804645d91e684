import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { build } from 'vite';
import { WINDOW } from '../../../build/bundle.ts';
import { contentPolicy } from '../../../electron/shell/content-policy.ts';
import { BUNDLE } from '../../fixtures/fake-bridge/evidence.ts';
import { FIRST_RECEIVED } from '../../fixtures/fake-bridge/inbox.ts';
import { SCENE, type Scene } from '../../fixtures/fake-bridge/scene.ts';
import { VERIFICATION } from '../../fixtures/fake-bridge/verification.ts';

/*
 * The window as it is built and served, with its own policy, on a stand-in for the preload: every screen full of data, without a
 * vault. What the screens do over a real office is for the other specs.
 */

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const CACHE = join(ROOT, 'node_modules/.cache/screens');
const HEADLESS_SHELL = '/usr/lib/chromium/chromium-headless-shell';
const ORIGIN = 'https://bundle.app.invalid';
const NONCE = 'n0nce';
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
};
/** 2026-11-24 10:20 in Shanghai, which the data belongs to. */
const NOW = new Date('2026-11-24T02:20:00.000Z');

export const WIDE = { width: 1280, height: 800 };
/** The default window at 200 % zoom, in CSS pixels. */
export const ZOOMED = { width: 640, height: 400 };

export interface Place {
  readonly name: string;
  /** Behind the hash. */
  readonly path: string;
  readonly scene?: Partial<Scene>;
  /** Done before it is looked at: what opens by a click alone. By place and role, for texts are in two languages. */
  readonly prepare?: (page: Page) => Promise<void>;
}

const clicked =
  (selector: string, shown: string) =>
  async (page: Page): Promise<void> => {
    await page.locator(selector).click();
    await page.locator(shown).waitFor();
  };
const MATTER = '/matters/019a0000-0000-7000-8000-000000000001';

/** Every screen that this room looks at. */
export const PLACES: readonly Place[] = [
  { name: 'unlock', path: '/', scene: { vault: 'locked' } },
  { name: 'first-run', path: '/', scene: { vault: 'none' } },
  { name: 'home', path: '/' },
  { name: 'home-empty', path: '/', scene: { empty: true } },
  { name: 'home-restored', path: '/', scene: { restored: true } },
  { name: 'matters', path: '/matters?q=亲属关系证明' },
  { name: 'matters-none', path: '/matters?q=没有' },
  { name: 'matter', path: MATTER },
  {
    name: 'matter-evidence',
    path: MATTER,
    prepare: clicked('.matter-proofs > button:last-child', '.evidence-holds'),
  },
  {
    name: 'matter-delivery',
    path: MATTER,
    prepare: async (page) => {
      await page.locator('.event:has(.event-delivery) .event-title button').first().click();
      await page.locator('.ant-dropdown-menu-item').last().click();
      await page.locator('.delivery-attempts').waitFor();
    },
  },
  { name: 'matter-remind', path: MATTER, prepare: clicked('.remind > button', '.remind-quick') },
  { name: 'new-request', path: '/new' },
  { name: 'draft', path: '/drafts/dddddddd-dddd-4ddd-8ddd-dddddddddddd' },
  { name: 'draft-staging', path: '/drafts/dddddddd-dddd-4ddd-8ddd-dddddddddddd', scene: { staging: true } },
  { name: 'inbox', path: `/inbox/${FIRST_RECEIVED}` },
  { name: 'rejected', path: '/inbox?tab=rejected' },
  { name: 'verify', path: '/verify' },
  { name: 'report', path: `/verify/${VERIFICATION}` },
  { name: 'bundle-form', path: '/verify', prepare: clicked('.verify-drop', '.bundle-form') },
  { name: 'bundle-verdict', path: `/verify/bundle/${BUNDLE}` },
  { name: 'signature-folder', path: '/signature-folder' },
  { name: 'signature-folder-empty', path: '/signature-folder', scene: { empty: true } },
  { name: 'directory', path: '/directory/12330000MB0000004T' },
  { name: 'directories', path: '/directory' },
  { name: 'audit', path: '/audit' },
  ...[
    'identity',
    'office',
    'routes',
    'trust',
    'revocation',
    'timestamps',
    'rules',
    'papers',
    'appearance',
    'lock',
    'backup',
    'addresses',
    'about',
  ].map((section) => ({ name: `settings-${section}`, path: `/settings/${section}` })),
];

export interface Screens {
  /** In a page of its own. */
  open(place: Place, options?: OpenOptions): Promise<OpenScreen>;
  /** In a page that other places of the same scene and size are shown in too: for looking only. */
  show(place: Place, options?: OpenOptions): Promise<OpenScreen>;
  close(): Promise<void>;
}

interface OpenOptions {
  readonly size?: { readonly width: number; readonly height: number };
  readonly scene?: Partial<Scene>;
}

export interface OpenScreen {
  readonly page: Page;
  /** What the page complained of: errors, and what its policy refused. */
  readonly complaints: string[];
  close(): Promise<void>;
}

/** Builds the window once and starts the browser. */
export async function startScreens(): Promise<Screens> {
  const folder = join(CACHE, 'window');
  const bridge = await buildBridge();
  await build({ ...WINDOW, logLevel: 'error', build: { ...WINDOW.build, outDir: folder } });
  const browser = await chromium.launch({
    executablePath: HEADLESS_SHELL,
    args: ['--no-sandbox', '--font-render-hinting=none'],
  });
  const open = (place: Place, options: OpenOptions = {}) => openScreen(browser, folder, bridge, place, options);
  const pages = new Map<string, Promise<OpenScreen>>();
  return {
    open,
    show: async (place, options = {}) => {
      // What was opened by hand stays open
      const key = JSON.stringify([place.scene, options, place.prepare === undefined ? null : place.name]);
      const known = pages.get(key);
      const screen = await (known ?? open(place, options));
      pages.set(key, Promise.resolve(screen));
      screen.complaints.length = 0;
      if (known !== undefined) await goTo(screen.page, place);
      return screen;
    },
    close: () => browser.close(),
  };
}

/** The stand-in as one script that a page can be given. */
async function buildBridge(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    root: ROOT,
    build: {
      write: false,
      minify: false,
      lib: { entry: join(ROOT, 'test/fixtures/fake-bridge/bridge.ts'), formats: ['iife'], name: 'fakeBridge' },
    },
  });
  const [first] = [built].flat();
  if (first === undefined || !('output' in first)) throw new Error('the stand-in was not built');
  return first.output[0].code;
}

async function openScreen(
  browser: Browser,
  folder: string,
  bridge: string,
  place: Place,
  options: OpenOptions,
): Promise<OpenScreen> {
  const scene: Scene = { ...SCENE, ...place.scene, ...options.scene };
  const context = await browser.newContext({
    viewport: options.size ?? WIDE,
    reducedMotion: 'reduce',
    colorScheme: scene.appearance === 'dark' ? 'dark' : 'light',
    locale: scene.language === 'en' ? 'en-US' : 'zh-CN',
  });
  const complaints: string[] = [];
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await serve(context, folder);
  await page.clock.setFixedTime(NOW);
  await page.addInitScript(`globalThis.lexpostScene = ${JSON.stringify(scene)};\n${bridge}`);
  await page.goto(`${ORIGIN}/index.html#${place.path}`);
  await settle(page);
  await place.prepare?.(page);
  return { page, complaints, close: () => context.close() };
}

async function goTo(page: Page, { path }: Place): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, path);
  await settle(page);
}

async function settle(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  await page.waitForFunction(() => document.querySelector('.waiting-rows') === null);
  // What is measured once it is laid out (charts, grids) draws one frame later.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

async function serve(context: BrowserContext, folder: string): Promise<void> {
  await context.route('**/*', async (route) => {
    const request = route.request();
    const { origin, pathname } = new URL(request.url());
    if (origin !== ORIGIN) return route.abort();
    const bytes = await readFile(join(folder, pathname)).catch(() => null);
    if (bytes === null) return route.fulfill({ status: 404 });
    const type = TYPES[extname(pathname)] ?? 'application/octet-stream';
    if (type !== 'text/html') return route.fulfill({ contentType: type, body: bytes });
    return route.fulfill({
      contentType: type,
      headers: { 'content-security-policy': contentPolicy(NONCE) },
      body: bytes.toString('utf8').replaceAll('LEXPOST-NONCE', NONCE),
    });
  });
}
