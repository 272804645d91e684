import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from '@playwright/test';
import type { TestRequest, WindowList } from './control.ts';
import { type HostConfig, toEnvironment } from './host-config.ts';
import { type ElectronApi, launchElectron } from './launch-electron.ts';
import type { Recorded } from './recorded.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** The bundle in dist/app. */
export const MAIN = join(ROOT, 'dist/app/main.mjs');
const HEADLESS_SHELL = '/usr/lib/chromium/chromium-headless-shell';
const START_WITHIN = 60_000;
const END_WITHIN = 10_000;

export interface LaunchOptions {
  /** The main file. Default: the bundle in dist/app. */
  readonly main?: string;
  readonly args?: readonly string[];
  /** Kept after closing where it is given. */
  readonly userData?: string;
  readonly locale?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly droppedFiles?: Readonly<Record<string, string>>;
  readonly answers?: string;
}

/** An app that runs, and its window: the same whether the host or Electron itself runs it. */
export interface RunningApp {
  readonly runtime: string;
  readonly page: Page;
  readonly userData: string;
  /** Since launching. Milliseconds. */
  readonly loadedAfter: number;
  /** What main wrote to stdout and stderr. */
  output(): string;
  /** Runs in main. The function is sent as source, so it may name nothing outside itself. */
  evaluate<Result, Arg>(
    task: (electron: ElectronApi, arg: Arg) => Result | Promise<Result>,
    arg: Arg,
  ): Promise<Awaited<Result>>;
  /** The host's record of what main asked of the system; empty on Electron. */
  recorded(): Promise<readonly Recorded[]>;
  queueAnswer(dialog: 'showOpenDialog' | 'showSaveDialog' | 'showMessageBox', answer: object): Promise<void>;
  /** Windows that there are. */
  countWindows(): Promise<number>;
  exited: Promise<number | null>;
  close(): Promise<void>;
}

/** On Electron where its binary is installed, else on the host. */
export async function launchApp(options: LaunchOptions = {}): Promise<RunningApp> {
  const main = options.main ?? MAIN;
  if (!existsSync(main)) throw new Error(`${main} is not built: node build/start.mjs bundle`);
  const userData = options.userData ?? mkdtempSync(join(tmpdir(), 'lexpost-window-'));
  const isOwn = options.userData === undefined;
  const removeOwn = (): void => {
    if (isOwn) rmSync(userData, { recursive: true, force: true, maxRetries: 10 });
  };
  const settled = { ...options, main, userData };
  const electron = await launchElectron(settled, removeOwn);
  return electron ?? launchHost(settled, removeOwn);
}

export type SettledOptions = LaunchOptions & { readonly main: string; readonly userData: string };

export function hostConfig(options: SettledOptions): HostConfig {
  return {
    userData: options.userData,
    appPath: dirname(options.main),
    locale: options.locale ?? 'zh-CN',
    browser: HEADLESS_SHELL,
    profile: mkdtempSync(join(tmpdir(), 'lexpost-browser-')),
    visible: false,
    banner: null,
    closeDialogs: false,
    droppedFiles: options.droppedFiles ?? {},
    answers: options.answers ?? null,
    isPackaged: false,
  };
}

export function forkHost(config: HostConfig, main: string, options: Pick<LaunchOptions, 'args' | 'env'>): ChildProcess {
  return fork(fileURLToPath(new URL('./run.ts', import.meta.url)), [main, ...(options.args ?? [])], {
    cwd: dirname(main),
    // Not what the runner of the tests was started with
    execArgv: ['--enable-source-maps'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, NODE_OPTIONS: '', ...options.env, ...toEnvironment(config) },
  });
}

async function launchHost(options: SettledOptions, removeOwn: () => void): Promise<RunningApp> {
  const launched = performance.now();
  const config = hostConfig(options);
  const child = forkHost(config, options.main, options);
  const line = connect(child);
  const first = await line.firstWindow();
  const loadedAfter = performance.now() - launched;
  const browser = await chromium.connectOverCDP(first.endpoint);
  const page = await findPage(browser, first.windows[0]?.targetId ?? '');
  return {
    runtime: `test host on Chromium ${first.browserVersion} and Node ${process.versions.node}`,
    page,
    userData: options.userData,
    loadedAfter,
    output: line.output,
    evaluate: (task, arg) => line.ask({ ask: 'evaluate', source: String(task), arg }) as never,
    recorded: () => line.ask({ ask: 'recorded' }) as Promise<Recorded[]>,
    queueAnswer: async (dialog, answer) => {
      await line.ask({ ask: 'queue-answer', dialog, answer });
    },
    countWindows: async () => ((await line.ask({ ask: 'windows' })) as WindowList).windows.length,
    exited: line.exited,
    async close() {
      await line.ask({ ask: 'quit' }).catch(() => {});
      const killer = setTimeout(() => child.kill('SIGKILL'), END_WITHIN);
      await line.exited;
      clearTimeout(killer);
      await browser.close().catch(() => {});
      rmSync(config.profile, { recursive: true, force: true, maxRetries: 10 });
      removeOwn();
    },
  };
}

export interface HostLine {
  ask(request: TestRequest): Promise<unknown>;
  /** Resolves when the app's first window has loaded its page. */
  firstWindow(): Promise<WindowList>;
  output(): string;
  readonly exited: Promise<number | null>;
}

export function connect(child: ChildProcess): HostLine {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let said = '';
  let ended = false;
  let last = 0;
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (data: Buffer) => {
      said += data.toString('utf8');
    });
  }
  child.on('message', ({ id, value, error }: { id: number; value?: unknown; error?: string }) => {
    const answer = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) answer?.resolve(value);
    else answer?.reject(new Error(error));
  });
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => {
      ended = true;
      for (const { reject } of waiting.values()) reject(new Error(`main ended with ${code}\n${said}`));
      resolve(code);
    });
  });
  const ask = (request: TestRequest): Promise<unknown> => {
    if (ended) return Promise.reject(new Error(`main has ended\n${said}`));
    const answer = Promise.withResolvers<unknown>();
    waiting.set(++last, answer);
    child.send({ id: last, request });
    return answer.promise;
  };
  return {
    ask,
    exited,
    output: () => said,
    async firstWindow() {
      for (const until = performance.now() + START_WITHIN; performance.now() < until; ) {
        const list = (await ask({ ask: 'windows' })) as WindowList;
        if (list.windows[0]?.visible) return list;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      throw new Error(`no window was shown\n${said}`);
    },
  };
}

async function findPage(browser: Browser, targetId: string): Promise<Page> {
  const [context] = browser.contexts();
  for (const page of context?.pages() ?? []) {
    const session = await page.context().newCDPSession(page);
    const { targetInfo } = await session.send('Target.getTargetInfo');
    await session.detach();
    if (targetInfo.targetId === targetId) return page;
  }
  throw new Error('the window has no page');
}
