import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import type { HostConfig } from './host-config.ts';

const FLAGS = [
  '--disable-quic',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-default-apps',
  '--disable-extensions',
  // Main decides on windows, not the browser
  '--disable-popup-blocking',
  '--disable-domain-reliability',
  '--disable-breakpad',
  '--disable-client-side-phishing-detection',
  '--disable-dev-shm-usage',
  '--password-store=basic',
  '--use-mock-keychain',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--disable-background-timer-throttling',
  '--disable-features=OptimizationHints,MediaRouter,Translate,DialMediaRouteProvider,HttpsUpgrades,CertificateTransparencyComponentUpdater,AutofillServerCommunication',
  // The page has no network; what tries is seen by the host and fails here at the latest
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
  '--mute-audio',
];
/** For pictures that are the same on every machine. */
const HEADLESS = [
  '--disable-gpu',
  '--force-color-profile=srgb',
  '--font-render-hinting=none',
  '--hide-scrollbars',
  '--window-size=1440,900',
];
const START_WITHIN = 60_000;

export interface StartedBrowser {
  readonly process: ChildProcess;
  /** Where Playwright connects. */
  readonly endpoint: string;
}

export async function startChromium(config: HostConfig): Promise<StartedBrowser> {
  const isShell = config.browser.includes('headless-shell');
  const args = [
    ...(config.visible ? [] : [...(isShell ? [] : ['--headless=new']), ...HEADLESS]),
    ...FLAGS,
    // Chromium's sandbox refuses to run as root, which CI is
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    `--lang=${config.locale}`,
    `--accept-lang=${config.locale},${config.locale.split('-')[0]}`,
    `--user-data-dir=${config.profile}`,
    '--remote-debugging-pipe',
    '--remote-debugging-port=0',
    'about:blank',
  ];
  const child = spawn(config.browser, args, {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    env: { ...process.env, LANGUAGE: config.locale },
  });
  process.once('exit', () => {
    child.kill('SIGKILL');
    rmSync(config.profile, { recursive: true, force: true, maxRetries: 5 });
  });
  return { process: child, endpoint: await readEndpoint(child) };
}

function readEndpoint(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.on('data', (data: Buffer) => {
      said = `${said}${data.toString('utf8')}`.slice(-20_000);
      const found = /DevTools listening on (?<endpoint>ws:\S+)/.exec(said)?.groups?.['endpoint'];
      if (found !== undefined) resolve(found);
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the browser ended with ${code}: ${said}`)));
    setTimeout(() => reject(new Error(`the browser did not start: ${said}`)), START_WITHIN).unref();
  });
}
