import { createLogger, type Log, type LogLevel } from './logger.ts';

/** The log of a process that has no window: lines of JSON on stderr. */
export function createStderrLogger(level: LogLevel): Log {
  return createLogger({ level, now: () => new Date(), write: (line) => process.stderr.write(`${line}\n`) });
}
