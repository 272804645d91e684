import { isAppError } from '../../shared/errors.ts';

declare const vouched: unique symbol;

/** Text that somebody who wrote the code vouches for: a word of ours, never data. Made by {@link word} and {@link digest} alone. */
export interface Word {
  readonly [vouched]: true;
}

const words = new WeakMap<object, string>();

/** What a log line may hold. Strings are not among it: each has to say what it is. */
export type LogValue = null | number | boolean | Date | Word | Error | Buffer | undefined;

/** A word of the code itself, e.g. the name of a state or of a channel kind: lower-case letters, digits, hyphens, or an error code. */
export function word(text: string): Word {
  return vouch(/^(?:[a-z0-9-]{1,40}|[A-Z0-9_]{1,60})$/.test(text) ? text : '?');
}

/** The first 12 digits of a SHA-256 or of another random name: enough to follow one thing through a log. */
export function digest(hex: string): Word {
  return vouch(/^[0-9a-f-]{12,128}$/.test(hex) ? hex.slice(0, 12) : '?');
}

/** The only way a value gets into a line. What has no safe form appears as its type and size, whatever the types said. */
export function redact(value: unknown): string | number | boolean | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (isAppError(value)) return value.code;
  if (value instanceof Error) return errorName(value);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (typeof value === 'string') return `[text of ${value.length}]`;
  return (typeof value === 'object' && words.get(value)) || `[${typeof value}]`;
}

function vouch(text: string): Word {
  const made = Object.freeze({}) as Word;
  words.set(made, text);
  return made;
}

/** Class and system code: messages of foreign errors quote paths and data. */
function errorName(error: Error): string {
  const { code } = error as NodeJS.ErrnoException;
  const name = /^[A-Za-z]{1,40}$/.test(error.name) ? error.name : 'Error';
  return typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code) ? `${name} ${code}` : name;
}
