import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface ToolResult {
  readonly status: number | null;
  readonly stdout: Buffer;
  /** Both streams as text: some tools say what went wrong on the wrong one, or exit 0 all the same. */
  readonly text: string;
}

export function hasTool(command: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, command)));
}

export interface RunOptions {
  readonly input?: string | Buffer;
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs a foreign tool to its end; a tool that cannot be started is an error of the test. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): ToolResult {
  const { input = '', cwd, env = process.env } = options;
  const result = spawnSync(command, args, {
    input,
    env,
    maxBuffer: 512 * 1024 * 1024,
    ...(cwd === undefined ? {} : { cwd }),
  });
  if (result.error !== undefined) throw result.error;
  return {
    status: result.status,
    stdout: result.stdout,
    text: `${result.stdout.toString('utf8')}${result.stderr.toString('utf8')}`,
  };
}

/** Like {@link run}, where only success is expected. */
export function mustRun(command: string, args: readonly string[], options: RunOptions = {}): ToolResult {
  const result = run(command, args, options);
  if (result.status !== 0) throw new Error(`${command} ${args.join(' ')}: exit ${result.status}\n${result.text}`);
  return result;
}
