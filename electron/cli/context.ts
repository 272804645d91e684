import type { Readable } from 'node:stream';
import type { ErrorCode } from '../../shared/errors.ts';
import type { Language, Translate } from '../../shared/i18n/create-i18n.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Progress } from './progress.ts';

/** Where text goes; a Node stream fits. */
export interface TextSink {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** Where a passphrase is typed; process.stdin fits. */
export interface Terminal extends Readable {
  readonly isTTY?: boolean | undefined;
  setRawMode?(on: boolean): unknown;
}

/** Everything of the process that the command may touch. */
export interface CommandIo {
  readonly stdin: Terminal;
  readonly stdout: TextSink;
  readonly stderr: TextSink;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
  readonly signal: AbortSignal;
}

/** What a command works with. */
export interface CommandContext {
  readonly io: CommandIo;
  readonly t: Translate;
  readonly language: Language;
  readonly json: boolean;
  readonly signal: AbortSignal;
  now(): Date;
  /** A line of progress on stderr; `label` says what is being done. */
  progress(label: string): Progress;
  /** A sentence for the person on stderr, at once. */
  note(text: string): void;
}

/**
 * What a command found. `json` is the document of `--json` without `ok` and `code`; `text` are the lines of the other
 * form, verdict first.
 */
export interface CommandReport {
  readonly exit: ExitCode;
  readonly code?: ErrorCode | undefined;
  readonly json: Readonly<Record<string, unknown>>;
  readonly text: readonly string[];
}
