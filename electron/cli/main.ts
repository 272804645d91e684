/**
 * The `lexpost` command on a process. build/start.mjs has checked Node's version before this file is loaded. The process is left to end
 * by itself, so that everything written reaches a slow reader.
 */
import { usePrivateUmask } from '../files/private-umask.ts';
import { refuseCoreDumps } from '../files/refuse-core-dumps.ts';
import { EXIT } from './exit-codes.ts';
import { run } from './run.ts';

/** npm and the terminal may both deliver one Ctrl-C; only a later one means "at once". Milliseconds. */
const PATIENCE = 1_000;

usePrivateUmask();
refuseCoreDumps();

const interrupt = new AbortController();
let firstInterrupt: number | null = null;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (firstInterrupt !== null && performance.now() - firstInterrupt > PATIENCE) process.exit(EXIT.environment);
    firstInterrupt ??= performance.now();
    interrupt.abort();
  });
}

// A reader that has seen enough (`| head`) closes the pipe; that is no failure of the command.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') process.exitCode = EXIT.environment;
  });
}

process.exitCode = await run(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  now: () => new Date(),
  signal: interrupt.signal,
});
