import { AppError, type ErrorCode } from '../errors.ts';
import { LIMITS } from '../limits.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * Parses I-JSON (RFC 7493): no duplicate names, none that is `__proto__`, no lone surrogates, no number that a double cannot hold, and at most
 * {@link LIMITS.nesting} levels and {@link LIMITS.jsonValues} values. JSON.parse keeps the last of two equal names, so two readers could see two messages in the same signed bytes.
 *
 * @throws AppError with `code` where the text is not I-JSON
 */
export function parseIJson(text: string, code: ErrorCode = 'MESSAGE_MALFORMED'): Json {
  const refuse = (reason: string): never => {
    throw new AppError(code, { reason });
  };
  let values = 0;
  const end = value(skip(0), 0);
  if (skip(end) !== text.length) refuse('text after the value');
  try {
    return JSON.parse(text) as Json;
  } catch {
    return refuse('not JSON');
  }

  function skip(at: number): number {
    let i = at;
    while (i < text.length && ' \t\n\r'.includes(text.charAt(i))) i++;
    return i;
  }
  function value(at: number, depth: number): number {
    if (depth > LIMITS.nesting) refuse('nested too deeply');
    if (++values > LIMITS.jsonValues) refuse('too many values');
    const first = text.charAt(at);
    if (first === '{') return members(at, depth);
    if (first === '[') return items(at, depth);
    if (first === '"') return stringEnd(at);
    return scalar(at);
  }
  function members(at: number, depth: number): number {
    const names = new Set<string>();
    let i = skip(at + 1);
    if (text.charAt(i) === '}') return i + 1;
    for (;;) {
      if (text.charAt(i) !== '"') refuse('a name must be a string');
      const nameEnd = stringEnd(i);
      const name = decode(text.slice(i, nameEnd));
      if (names.has(name)) refuse('duplicate name');
      // Schemas leave it out without a word: other readers would see more in the same signed bytes
      if (name === '__proto__') refuse('reserved name');
      names.add(name);
      i = skip(nameEnd);
      if (text.charAt(i) !== ':') refuse('colon expected');
      i = skip(value(skip(i + 1), depth + 1));
      if (text.charAt(i) === '}') return i + 1;
      if (text.charAt(i) !== ',') refuse('comma expected');
      i = skip(i + 1);
    }
  }
  function items(at: number, depth: number): number {
    let i = skip(at + 1);
    if (text.charAt(i) === ']') return i + 1;
    for (;;) {
      i = skip(value(i, depth + 1));
      if (text.charAt(i) === ']') return i + 1;
      if (text.charAt(i) !== ',') refuse('comma expected');
      i = skip(i + 1);
    }
  }
  function stringEnd(at: number): number {
    let i = at + 1;
    while (i < text.length && text.charAt(i) !== '"') i += text.charAt(i) === '\\' ? 2 : 1;
    if (i >= text.length) refuse('unfinished string');
    if (!decode(text.slice(at, i + 1)).isWellFormed()) refuse('lone surrogate');
    return i + 1;
  }
  function decode(literal: string): string {
    try {
      return JSON.parse(literal) as string;
    } catch {
      return refuse('bad string');
    }
  }
  function scalar(at: number): number {
    const found = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)/.exec(text.slice(at, at + 64));
    if (found === null) return refuse('value expected');
    const number = Number(found[0]);
    if (!/^[tfn]/.test(found[0]) && (!Number.isFinite(number) || Math.abs(number) > Number.MAX_SAFE_INTEGER)) {
      refuse('number out of range');
    }
    return at + found[0].length;
  }
}

/** Whether a value is JSON, at most {@link LIMITS.nesting} levels of it. */
export function isJson(value: unknown, depth = 0): value is Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || depth > LIMITS.nesting) return false;
  if (Array.isArray(value)) return value.every((item) => isJson(item, depth + 1));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  return Object.values(value).every((member) => isJson(member, depth + 1));
}
