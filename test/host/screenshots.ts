/**
 * `npm run screenshots [-- --output FOLDER]`: the pictures of the README, drawn from the demonstration's own offices: eight screens in Chinese and light, home and
 * a matter also in dark and in English.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Page } from '@playwright/test';
import { bundle } from '../../build/bundle.ts';
import type { LexpostBridge } from '../../shared/ipc/contract.ts';
import { launchApp } from './launch.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** The office whose desk is shown: it has something of everything. */
const DESK = /^firm/;

interface Look {
  readonly language: 'zh-CN' | 'en';
  readonly appearance: 'light' | 'dark';
}
interface Screen {
  readonly name: string;
  readonly route: string;
  /** Done before the picture, e.g. opening the first row. */
  readonly prepare?: (page: Page) => Promise<void>;
}

const openFirstMatter = async (page: Page): Promise<void> => {
  await page.getByRole('grid').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(/#\/matters\/./);
};
const SCREENS: readonly Screen[] = [
  { name: 'home', route: '/' },
  { name: 'matters', route: '/matters' },
  { name: 'matter', route: '/matters', prepare: openFirstMatter },
  { name: 'new-request', route: '/new' },
  { name: 'inbox', route: '/inbox' },
  { name: 'signature-folder', route: '/signature-folder' },
  { name: 'directory', route: '/directory' },
  { name: 'verify', route: '/verify' },
];
const LOOKS: readonly (Look & { readonly suffix: string; readonly only?: readonly string[] })[] = [
  { language: 'zh-CN', appearance: 'light', suffix: '' },
  { language: 'zh-CN', appearance: 'dark', suffix: '-dark', only: ['home', 'matter'] },
  { language: 'en', appearance: 'light', suffix: '-en', only: ['home', 'matter'] },
];

const { values } = parseArgs({ options: { output: { type: 'string', default: join(ROOT, 'docs', 'screens') } } });
const output = resolve(values.output);
const folder = mkdtempSync(join(tmpdir(), 'lexpost-screens-'));
try {
  await bundle({ watch: false });
  const demo = join(folder, 'demo');
  execFileSync(process.execPath, ['build/start.mjs', 'demo', '--dir', demo], { cwd: ROOT, stdio: 'ignore' });
  mkdirSync(output, { recursive: true });
  await drawAll(demo);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function drawAll(demo: string): Promise<void> {
  const userData = join(folder, 'desk');
  const vault = readdirSync(join(demo, 'vaults')).find((name) => DESK.test(name)) ?? '';
  cpSync(join(demo, 'vaults', vault), join(userData, 'vault'), { recursive: true });
  const passphrase = readFileSync(join(demo, 'keys', 'passphrase.txt'), 'utf8').trim();
  const app = await launchApp({ userData });
  const { page } = app;
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.getByRole('textbox').fill(passphrase);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation').first().waitFor();
  for (const { suffix, only, ...look } of LOOKS) {
    await page.evaluate(
      (wanted) => (window as unknown as { lexpost: LexpostBridge }).lexpost.invoke('app:set-preferences', wanted),
      look,
    );
    await page.emulateMedia({ colorScheme: look.appearance, reducedMotion: 'reduce' });
    for (const screen of SCREENS.filter(({ name }) => only?.includes(name) ?? true)) {
      const file = join(output, `${screen.name}${suffix}.png`);
      await draw(page, screen, file);
      console.log(file);
    }
  }
  await app.close();
}

async function draw(page: Page, { route, prepare }: Screen, file: string): Promise<void> {
  await page.evaluate((hash) => location.assign(`#${hash}`), route);
  await page.waitForTimeout(800);
  await prepare?.(page);
  // Charts and previews draw after their data came
  await page.waitForTimeout(1200);
  await page.screenshot({ path: file });
}
