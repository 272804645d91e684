import { spawnSync } from 'node:child_process';
import { open, readdir, readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFurnishedDesk, type Desk, endOf, sealArguments, startLexpost } from '../../fixtures/lexpost-command.ts';
import { mustRun } from '../../interop/foreign-tool.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await createFurnishedDesk();
}, 60_000);
afterAll(() => desk.remove());

test.skipIf(process.platform === 'win32')(
  'an interrupt while sealing ends with 5 and leaves nothing half written',
  async () => {
    await using large = await open(desk.path('large.bin'), 'w');
    await large.truncate(16 * 1024 ** 3);
    const before = await readdir(desk.folder);
    const child = startLexpost(sealArguments('large.p7m', '--attach', 'large.bin', '--json'), { cwd: desk.folder });
    const end = endOf(child);
    while ((await readdir(desk.folder)).length === before.length && child.exitCode === null) await setTimeout(10);
    child.kill('SIGINT');
    const { exit, stdout } = await end;
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, code: 'CANCELLED' });
    expect(exit).toBe(5);
    expect(await readdir(desk.folder)).toEqual(before);
  },
);

test('a reader that closes the pipe is no failure', async () => {
  const child = startLexpost(['--help'], { cwd: desk.folder });
  child.stdout.destroy();
  const errors: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => errors.push(text));
  const exit = await new Promise((resolve) => child.on('close', resolve));
  expect([exit, errors]).toEqual([0, []]);
});

test('a passphrase in the environment is not taken', async () => {
  const child = startLexpost(['identity', 'show', 'firm.p12', '--json'], {
    cwd: desk.folder,
    env: { LEXPOST_PASSPHRASE: '口令 with space', PASSPHRASE: '口令 with space' },
  });
  child.stdin.end();
  const { exit, stdout } = await endOf(child);
  expect([exit, JSON.parse(stdout).code]).toEqual([2, 'USAGE']);
});

test.skipIf(process.platform !== 'linux')(
  'a crash while a passphrase is in memory leaves that memory on disk',
  async () => {
    const child = startLexpost(['identity', 'show', 'firm.p12', '--passphrase-file', '-'], { cwd: desk.folder });
    const filter = () =>
      readFile(`/proc/${child.pid}/coredump_filter`, 'utf8').then((text) => Number.parseInt(text, 16));
    expect(await readFile('/proc/self/coredump_filter', 'utf8')).not.toMatch(/^0+$/m);
    // No bit set: not one kind of memory goes into a dump (proc(5))
    await expect.poll(filter, { timeout: 30_000 }).toBe(0);
    child.stdin.end('口令 with space');
    expect((await endOf(child)).exit).toBe(0);
  },
  60_000,
);

test('declaring the command line loads no room below and no schema library: each command loads its own', () => {
  const list = fileURLToPath(new URL('../../fixtures/list-loaded-modules.mjs', import.meta.url));
  const entry = new URL('../../../electron/cli/run.ts', import.meta.url).href;
  const loaded = mustRun(process.execPath, [list, entry]).stdout.toString('utf8').split('\n');
  expect(loaded).toContain(entry);
  expect(loaded.filter((url) => /\/electron\/(?:pki|packages|vault|usecases|exchange)\/|\/zod\//.test(url))).toEqual(
    [],
  );
});

test('help marks what must be given, in the language asked for, and says nothing of defaults that are none', async () => {
  const helpOf = async (...argv: string[]) => (await desk.run('--lang', 'zh-CN', ...argv, '--help')).stdout;
  const [group, command] = [await helpOf('identity'), await helpOf('identity', 'create')];
  expect(group).not.toContain('display help');
  expect(command).toMatch(/--out <file> +写到这个文件（必须给出）/);
  expect(command).not.toMatch(/default:|--force .*（/);
});

test('files that a person names are meant from the folder where they call npm', () => {
  const project = fileURLToPath(new URL('../../..', import.meta.url));
  const argv = ['build/run.mjs', 'lexpost', 'cert', 'show', 'ca.pem', '--json'];
  const env = { ...process.env, INIT_CWD: desk.folder };
  const { status, stdout } = spawnSync(process.execPath, argv, { cwd: project, env, encoding: 'utf8' });
  expect([status, JSON.parse(stdout).ok]).toEqual([0, true]);
});
