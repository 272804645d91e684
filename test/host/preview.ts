/**
 * `npm run preview`: the built app in the system's Chromium, marked as a preview.
 *
 *     npm run preview -- [--no-build] [--user-data FOLDER] [--locale en] [--screenshot FILE.png [--route /matters] [--dark] [--size 1440x900] [--wait 1000] [--answers MODULE.ts]]
 *
 * With --screenshot nothing is shown: the window is drawn once into the file.
 */
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bundle } from '../../build/bundle.ts';
import { connect, forkHost, hostConfig, launchApp, MAIN } from './launch.ts';

const BROWSERS = [
  process.env['CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/microsoft-edge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];
const BANNER =
  '预览：主进程与窗口是真的，系统部分（托盘、通知、打印、钥匙串）是替身 · Preview: real main and window, stand-ins for the system';

const { values } = parseArgs({
  options: {
    'user-data': { type: 'string' },
    locale: { type: 'string', default: 'zh-CN' },
    screenshot: { type: 'string' },
    route: { type: 'string' },
    dark: { type: 'boolean', default: false },
    size: { type: 'string', default: '1440x900' },
    wait: { type: 'string', default: '1000' },
    answers: { type: 'string' },
    'no-build': { type: 'boolean', default: false },
  },
});
const userData = resolve(values['user-data'] ?? mkdtempSync(join(tmpdir(), 'lexpost-preview-')));
if (!values['no-build']) await bundle({ watch: false });
if (values.screenshot === undefined) await showWindow();
else await draw(values.screenshot);

async function showWindow(): Promise<void> {
  const browser = BROWSERS.find((path) => path !== undefined && existsSync(path));
  if (browser === undefined) {
    console.error('No Chromium, Chrome or Edge was found. Name one: CHROMIUM=/path/to/chromium npm run preview');
    process.exitCode = 5;
    return;
  }
  const options = { main: MAIN, userData, locale: values.locale };
  const config = { ...hostConfig(options), browser, visible: true, banner: BANNER, closeDialogs: true };
  const child = forkHost(config, MAIN, { env: { LEXPOST_PREVIEW: '1' } });
  child.stdout?.pipe(process.stdout);
  child.stderr?.pipe(process.stderr);
  console.log(`Preview in ${browser}; its files lie in ${userData}. Close the window to end it.`);
  process.exitCode = (await connect(child).exited) ?? 0;
}

async function draw(file: string): Promise<void> {
  const app = await launchApp({
    userData,
    locale: values.locale,
    env: { LEXPOST_PREVIEW: '1' },
    ...(values.answers === undefined ? {} : { answers: resolve(values.answers) }),
  });
  const [width = 1440, height = 900] = values.size.split('x').map(Number);
  app.page.on('console', (message) => console.log(`page: ${message.text()}`));
  await app.page.setViewportSize({ width, height });
  await app.page.emulateMedia({ colorScheme: values.dark ? 'dark' : 'light', reducedMotion: 'reduce' });
  const { route } = values;
  if (route !== undefined) await app.page.evaluate((hash) => location.assign(`#${hash}`), route);
  await app.page.waitForTimeout(Number(values.wait));
  await app.page.screenshot({ path: file });
  console.log(`${file}: ${app.runtime}, first load after ${Math.round(app.loadedAfter)} ms`);
  if (app.output() !== '') console.log(app.output());
  await app.close();
}
