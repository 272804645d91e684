import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { _electron } from '@playwright/test';
import type * as Electron from 'electron';
import type { RunningApp, SettledOptions } from './launch.ts';

export type ElectronApi = typeof Electron;

/** Electron's own binary, where somebody has fetched it; null where not. */
export function findElectron(): string | null {
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  const named = join(folder, 'path.txt');
  if (!existsSync(named)) return null;
  const path = join(folder, 'dist', readFileSync(named, 'utf8').trim());
  return existsSync(path) ? path : null;
}

/** @returns null where there is no binary */
export async function launchElectron(options: SettledOptions, removeOwn: () => void): Promise<RunningApp | null> {
  const executablePath = findElectron();
  if (executablePath === null) return null;
  const launched = performance.now();
  const app = await _electron.launch({
    executablePath,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      `--lang=${options.locale ?? 'zh-CN'}`,
      `--user-data-dir=${options.userData}`,
      dirname(options.main),
      ...(options.args ?? []),
    ],
    env: { ...(process.env as Record<string, string>), ...options.env },
  });
  const child = app.process();
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (data: Buffer) => {
      said += data.toString('utf8');
    });
  }
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', resolve);
  });
  const page = await app.firstWindow();
  await page.waitForLoadState('load');
  return {
    runtime: `Electron ${await app.evaluate(() => process.versions['electron'] ?? '?')}`,
    page,
    userData: options.userData,
    loadedAfter: performance.now() - launched,
    output: () => said,
    evaluate: (task, arg) => app.evaluate(task as never, arg) as never,
    recorded: async () => [],
    async queueAnswer(dialog, answer) {
      await app.evaluate(
        (electron, queued) => {
          Object.assign(electron.dialog, { [queued.dialog]: async () => queued.answer });
        },
        { dialog, answer },
      );
    },
    countWindows: async () => app.windows().length,
    exited,
    async close() {
      await app.close();
      removeOwn();
    },
  };
}
