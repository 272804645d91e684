import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { readPassphrase } from '../../../electron/cli/passphrase.ts';
import { createFakeContext, createFakeIo } from '../../fixtures/command-io.ts';

describe('typed on a terminal', () => {
  test('is not echoed, and the terminal is given back', async () => {
    const io = createFakeIo({ tty: true });
    const reading = readPassphrase(createFakeContext(io), { file: undefined, label: 'a.p12' });
    io.stdin.write('s3cret\r');
    expect((await reading).toString()).toBe('s3cret');
    expect(io.err()).toBe('Passphrase for a.p12: \n');
    expect(io.rawModes).toEqual([true, false]);
  });

  test('erases whole characters, Chinese ones too', async () => {
    const io = createFakeIo({ tty: true });
    const reading = readPassphrase(createFakeContext(io), { file: undefined, label: 'x' });
    io.stdin.write('口令\u007fx\u0008\u0008\u0008ab\n');
    expect((await reading).toString()).toBe('ab');
  });

  test('starts over at Ctrl-U', async () => {
    const io = createFakeIo({ tty: true });
    const reading = readPassphrase(createFakeContext(io), { file: undefined, label: 'x' });
    io.stdin.write('wrong\u0015right\n');
    expect((await reading).toString()).toBe('right');
  });

  test.each([
    ['Ctrl-C', 'ab\u0003'],
    ['Ctrl-D on an empty line', '\u0004'],
  ])('%s cancels', async (_name, keys) => {
    const io = createFakeIo({ tty: true });
    const reading = readPassphrase(createFakeContext(io), { file: undefined, label: 'x' });
    io.stdin.write(keys);
    await expect(reading).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(io.rawModes).toEqual([true, false]);
  });

  test('an abort of the command cancels', async () => {
    const interrupt = new AbortController();
    const io = createFakeIo({ tty: true, signal: interrupt.signal });
    const reading = readPassphrase(createFakeContext(io), { file: undefined, label: 'x' });
    interrupt.abort();
    await expect(reading).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  test('a new one is typed twice, and two that differ are refused', async () => {
    const io = createFakeIo({ tty: true });
    const reading = readPassphrase(createFakeContext(io), { file: undefined, label: 'x', isNew: true });
    io.stdin.write('one\n');
    await setImmediate();
    io.stdin.write('two\n');
    await expect(reading).rejects.toMatchObject({ code: 'USAGE' });
  });

  test('both lines of a new one may come in one piece', async () => {
    const io = createFakeIo({ tty: true });
    const reading = readPassphrase(createFakeContext(io), { file: undefined, label: 'x', isNew: true });
    io.stdin.write('one\none\n');
    expect((await reading).toString()).toBe('one');
  });
});

describe('from elsewhere', () => {
  test.each([
    ['a line feed', 'p w\n', 'p w'],
    ['CR and LF', 'p w\r\n', 'p w'],
    ['nothing', 'p w ', 'p w '],
    ['only one of two line breaks', 'p\n\n', 'p\n'],
  ])('stdin loses %s at its end', async (_name, given, expected) => {
    const io = createFakeIo();
    io.stdin.end(given);
    const secret = await readPassphrase(createFakeContext(io), { file: '-', label: 'x' });
    expect(secret.toString()).toBe(expected);
  });

  test('more than 4 KiB is refused', async () => {
    const io = createFakeIo();
    io.stdin.end(Buffer.alloc(4097, 'a'));
    await expect(readPassphrase(createFakeContext(io), { file: '-', label: 'x' })).rejects.toMatchObject({
      code: 'FILE_TOO_LARGE',
    });
  });

  test('no terminal and no file is a usage error that names the flag', async () => {
    const reading = readPassphrase(createFakeContext(createFakeIo()), { file: undefined, label: 'x' });
    await expect(reading).rejects.toMatchObject({
      code: 'USAGE',
      params: { reason: expect.stringContaining('--passphrase-file') },
    });
  });

  test('an empty new one is refused', async () => {
    const io = createFakeIo();
    io.stdin.end('\n');
    await expect(readPassphrase(createFakeContext(io), { file: '-', label: 'x', isNew: true })).rejects.toMatchObject({
      code: 'USAGE',
    });
  });
});
