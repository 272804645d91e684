import { readFile, rm } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { build } from 'vite';
import { WINDOW } from '../../../build/bundle.ts';
import { contentPolicy } from '../../../electron/shell/content-policy.ts';
import { createI18n } from '../../../shared/i18n/create-i18n.ts';
import { SCENE, type Scene } from '../../fixtures/fake-bridge/scene.ts';
import type { Place } from './places.ts';

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
  // Of this process alone: another one that builds would take its scripts away
  const folder = join(CACHE, String(process.pid));
  const bridge = await buildBridge();
  await build({ ...WINDOW, logLevel: 'error', build: { ...WINDOW.build, outDir: folder } });
  const browser = await chromium.launch({
    executablePath: HEADLESS_SHELL,
    args: ['--no-sandbox', '--font-render-hinting=none'],
  });
  const open = (place: Place, options: OpenOptions = {}) => openScreen(browser, folder, bridge, place, options);
  const pages = new Map<string, OpenScreen>();
  /** What was opened by hand is open in no other place. */
  let prepared: OpenScreen | null = null;
  return {
    open,
    show: async (place, options = {}) => {
      await prepared?.close();
      prepared = null;
      if (place.prepare !== undefined) {
        prepared = await open(place, options);
        return prepared;
      }
      const key = JSON.stringify([place.scene, options]);
      const known = pages.get(key);
      const screen = known ?? (await open(place, options));
      pages.set(key, screen);
      screen.complaints.length = 0;
      if (known !== undefined) await goTo(screen.page, place);
      return screen;
    },
    close: async () => {
      await browser.close();
      await rm(folder, { recursive: true, force: true });
    },
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
  await place.prepare?.({ page, t: createI18n(scene.language === 'en' ? 'en' : 'zh-CN').t });
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
  await drawn(page);
}

/** What is measured once it is laid out (charts, grids) draws one frame later, and what follows the width of the window likewise. */
export function drawn(page: Page): Promise<unknown> {
  return page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
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
