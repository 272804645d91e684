import { AppError } from '../../shared/errors.ts';
import type { CommandContext, Terminal } from './context.ts';
import { readInput } from './input-file.ts';
import { usageError } from './usage-error.ts';

/** Longer is a wrong file, not a passphrase. Bytes. */
const LIMIT = 4096;
const ENTER = new Set([0x0a, 0x0d]);
const ERASE = new Set([0x08, 0x7f]);
const CTRL_C = 0x03;
const CTRL_D = 0x04;
const CTRL_U = 0x15;

export interface PassphraseRequest {
  /** Value of the flag: a file, `-` for stdin, or undefined to ask. */
  readonly file: string | undefined;
  /** The flag, for the sentence that asks to use it. */
  readonly flag?: string;
  /** What the passphrase opens, e.g. a file name. */
  readonly label: string;
  /** A new secret: typed twice, never empty. */
  readonly isNew?: boolean;
}

/**
 * Reads a secret from a file or the terminal, never from an argument or the environment, where other processes could see it. One
 * trailing line break is not part of it.
 *
 * @returns UTF-8; the caller overwrites it after use
 * @throws AppError USAGE (no terminal, or an empty new one, or two that differ), CANCELLED, FILE_NOT_FOUND and others of reading
 */
export async function readPassphrase(context: CommandContext, request: PassphraseRequest): Promise<Buffer> {
  const secret = request.file === undefined ? await ask(context, request) : await fromFile(context, request.file);
  if (request.isNew === true && secret.length === 0) throw usageError(context.t('cli.passphrase.empty'));
  return secret;
}

async function fromFile(context: CommandContext, file: string): Promise<Buffer> {
  const bytes = file === '-' ? await readStream(context.io.stdin) : await readInput(file, LIMIT);
  if (bytes.at(-1) !== 0x0a) return bytes;
  const end = bytes.at(-2) === 0x0d ? bytes.length - 2 : bytes.length - 1;
  return bytes.subarray(0, end);
}

async function readStream(stream: Terminal): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk as Buffer);
    size += bytes.length;
    if (size > LIMIT) throw new AppError('FILE_TOO_LARGE', { limit: LIMIT });
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

async function ask(context: CommandContext, request: PassphraseRequest): Promise<Buffer> {
  const { io, t } = context;
  if (io.stdin.isTTY !== true) {
    throw usageError(t('cli.passphrase.noTerminal', { flag: request.flag ?? '--passphrase-file' }));
  }
  const secret = await prompt(context, t('cli.passphrase.ask', { label: request.label }));
  if (request.isNew !== true) return secret;
  const again = await prompt(context, t('cli.passphrase.again'));
  if (!secret.equals(again)) throw usageError(t('cli.passphrase.differ'));
  again.fill(0);
  return secret;
}

/** Types without echo: the terminal is in raw mode, so Ctrl-C arrives as a byte and is answered here. */
function prompt({ io, signal }: CommandContext, question: string): Promise<Buffer> {
  const { stdin, stderr } = io;
  const typed = Buffer.alloc(LIMIT);
  let length = 0;
  stderr.write(question);
  stdin.setRawMode?.(true);
  return new Promise<Buffer>((resolve, reject) => {
    const end = (finish: () => void): void => {
      stdin.off('data', take);
      stdin.off('end', cancel);
      signal.removeEventListener('abort', cancel);
      stdin.setRawMode?.(false);
      stdin.pause();
      stderr.write('\n');
      finish();
      typed.fill(0);
    };
    const cancel = (): void => end(() => reject(new AppError('CANCELLED')));
    const accept = (rest: Buffer): void =>
      end(() => {
        if (rest.length > 0) stdin.unshift(rest);
        resolve(Buffer.from(typed.subarray(0, length)));
      });
    const take = (chunk: Buffer | string): void => {
      const bytes = Buffer.from(chunk as Buffer);
      for (const [index, byte] of bytes.entries()) {
        const cancelled = byte === CTRL_C || (byte === CTRL_D && length === 0);
        if (ENTER.has(byte)) accept(bytes.subarray(index + 1));
        if (cancelled) cancel();
        if (cancelled || ENTER.has(byte)) return;
        length = edit(typed, length, byte);
      }
    };
    stdin.on('data', take);
    stdin.on('end', cancel);
    signal.addEventListener('abort', cancel);
    stdin.resume();
  });
}

/** The length after one more byte: erasing takes away a whole UTF-8 character. */
function edit(typed: Buffer, length: number, byte: number): number {
  if (byte === CTRL_U) return 0;
  if (ERASE.has(byte)) {
    let start = length - 1;
    while (start > 0 && ((typed[start] ?? 0) & 0xc0) === 0x80) start--;
    return Math.max(0, start);
  }
  if (byte < 0x20 || length >= LIMIT) return length;
  typed[length] = byte;
  return length + 1;
}
