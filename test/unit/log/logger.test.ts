import { describe, expect, test } from 'vitest';
import { digest, redact, word } from '../../../electron/log/log-value.ts';
import { createLogger, type LogFields } from '../../../electron/log/logger.ts';
import { AppError } from '../../../shared/errors.ts';

const lines = (level: 'debug' | 'info' | 'warn' | 'error', fields: LogFields, lowest: 'debug' | 'warn' = 'debug') => {
  const written: string[] = [];
  createLogger({ level: lowest, now: () => new Date(0), write: (line) => written.push(line) })(level, 'tried', fields);
  return written;
};

describe('a log line holds only what has a safe form', () => {
  test('numbers, flags, dates, words and digests appear', () => {
    const [line] = lines('info', {
      size: 5,
      ok: true,
      at: new Date(0),
      state: word('posted'),
      m: digest('ab'.repeat(32)),
    });
    expect(JSON.parse(line ?? '')).toEqual({
      at: '1970-01-01T00:00:00.000Z',
      level: 'info',
      event: 'tried',
      size: 5,
      ok: true,
      state: 'posted',
      m: 'abababababab',
    });
  });

  test('text that slips past the types shows its length alone', () => {
    expect(redact('张三 passphrase')).toBe('[text of 13]');
    expect(redact({ name: '张三' })).toBe('[object]');
    expect(redact(Buffer.from('secret'))).toBe('[6 bytes]');
  });

  test('a word or digest made of data is refused', () => {
    expect(redact(word('张三'))).toBe('?');
    expect(redact(word('two words'))).toBe('?');
    expect(redact(digest('/home/zhang/secret'))).toBe('?');
  });

  test('an error shows code and class, never its message', () => {
    expect(redact(new AppError('DISK_FULL', { free: 1 }))).toBe('DISK_FULL');
    expect(redact(Object.assign(new Error("ENOENT: open '/home/zhang/x'"), { code: 'ENOENT' }))).toBe('Error ENOENT');
    expect(redact(new TypeError('张三'))).toBe('TypeError');
  });

  test('levels below the lowest are not written', () => {
    expect(lines('info', {}, 'warn')).toEqual([]);
    expect(lines('error', {}, 'warn')).toHaveLength(1);
  });
});
