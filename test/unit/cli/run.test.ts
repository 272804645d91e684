import { describe, expect, test } from 'vitest';
import { run } from '../../../electron/cli/run.ts';
import { createFakeIo } from '../../fixtures/command-io.ts';

describe('a command line that cannot be run', () => {
  test.each([
    ['an unknown command', ['nonsense'], 'nonsense'],
    ['an unknown subcommand', ['package', 'nonsense'], 'nonsense'],
    ['a command that this version does not have', ['bureau', 'export'], 'bureau'],
    ['no command', [], 'missing command'],
    ['a group without its command', ['package'], 'missing command'],
    ['an unknown option', ['package', 'inspect', 'x', '--nonsense'], '--nonsense'],
    ['a missing argument', ['package', 'inspect'], 'package'],
    ['a missing option', ['package', 'open', 'x', '--trust', 'y'], '--key'],
    ['an option without its value', ['package', 'open', 'x', '--key'], '--key'],
    ['too many arguments', ['package', 'inspect', 'x', 'y'], 'inspect'],
    ['a value off the list', ['identity', 'create', '--type', 'bank'], 'bank'],
    ['a passphrase as an argument', ['p12', 'show', 'x', '--passphrase', 'y'], '--passphrase'],
  ])('ends with 2 and one JSON document for %s', async (_name, argv, word) => {
    const io = createFakeIo();
    expect(await run([...argv, '--json'], io)).toBe(2);
    const document = JSON.parse(io.out());
    expect(document).toMatchObject({ ok: false, code: 'USAGE', text: expect.any(String) });
    expect(document.params.reason).toContain(word);
    expect(io.err()).toContain('[USAGE]');
  });

  test('writes nothing on stdout without --json', async () => {
    const io = createFakeIo({ env: {} });
    expect(await run(['nonsense'], io)).toBe(2);
    expect(io.out()).toBe('');
    expect(io.err()).toContain('不认识的命令 nonsense');
  });

  test('takes --json and --lang before the command too', async () => {
    const io = createFakeIo();
    expect(await run(['--lang', 'zh-CN', '--json', 'package', 'inspect'], io)).toBe(2);
    expect(JSON.parse(io.out()).params.reason).toBe('缺少参数 package');
  });

  test('does not take --json behind -- for the flag', async () => {
    const io = createFakeIo();
    expect(await run(['package', 'inspect', '--', '--json', 'y'], io)).toBe(2);
    expect(io.out()).toBe('');
  });
});

describe('help and version', () => {
  test('come on stdout with status 0, in both languages', async () => {
    for (const [language, heading] of [
      ['en', 'Usage:'],
      ['zh-CN', '用法：'],
    ] as const) {
      const io = createFakeIo();
      expect(await run(['package', 'seal', '--help', '--lang', language], io)).toBe(0);
      expect(io.out()).toContain(heading);
      expect(io.out()).toContain('--passphrase-file');
      expect(io.err()).toBe('');
    }
  });

  test('are one JSON document with --json', async () => {
    const io = createFakeIo();
    expect(await run(['--version', '--json'], io)).toBe(0);
    expect(JSON.parse(io.out())).toMatchObject({ ok: true, help: expect.stringMatching(/^\d+\.\d+\.\d+/) });
  });
});

describe('a file that is not there', () => {
  test('ends with 5 and names it', async () => {
    const io = createFakeIo();
    expect(await run(['cert', 'show', '/nonexistent/x.pem', '--json'], io)).toBe(5);
    expect(JSON.parse(io.out())).toMatchObject({
      ok: false,
      code: 'FILE_NOT_FOUND',
      params: { path: '/nonexistent/x.pem' },
    });
  });
});
