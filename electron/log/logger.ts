import { type LogValue, redact } from './log-value.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

export type LogFields = Readonly<Record<string, LogValue>>;

/** `event` is a constant in the past tense, e.g. `package-sealed`. */
export type Log = (level: LogLevel, event: string, fields?: LogFields) => void;

const RANK: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 };

export interface LoggerOptions {
  /** The lowest level that is written. */
  readonly level: LogLevel;
  readonly now: () => Date;
  /** Takes one line of JSON without its line feed. */
  readonly write: (line: string) => void;
}

export function createLogger({ level, now, write }: LoggerOptions): Log {
  return (eventLevel, event, fields = {}) => {
    if (RANK[eventLevel] < RANK[level]) return;
    const safe = Object.entries(fields).map(([name, value]) => [name, redact(value)] as const);
    write(JSON.stringify({ at: now().toISOString(), level: eventLevel, event, ...Object.fromEntries(safe) }));
  };
}

/** Writes nothing. */
export const silentLog: Log = () => {};
