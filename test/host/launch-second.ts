import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { connect, forkHost, hostConfig, MAIN, type RunningApp } from './launch.ts';
import { findElectron } from './launch-electron.ts';

/** Starts the app once more beside one that runs. @returns the status it ended with */
export function launchSecond(
  { userData }: Pick<RunningApp, 'userData'>,
  args: readonly string[],
): Promise<number | null> {
  const executable = findElectron();
  if (executable === null) {
    return connect(forkHost(hostConfig({ main: MAIN, userData }), MAIN, { args })).exited;
  }
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(executable, [...sandbox, `--user-data-dir=${userData}`, dirname(MAIN), ...args]);
  return new Promise((resolve) => {
    child.once('exit', resolve);
  });
}
