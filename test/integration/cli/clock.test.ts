import { tmpdir } from 'node:os';
import { describe, expect, test } from 'vitest';
import { runLexpost } from '../../fixtures/lexpost-command.ts';

describe('lexpost clock', () => {
  test('a deadline comes with its rule, article, status and every step', async () => {
    const result = await runLexpost(
      [
        'clock',
        'due',
        '--rule',
        'gz.30.issue',
        '--start',
        '2025-06-03T09:00',
        '--event',
        'pause.buzheng:2025-06-09/2025-06-18',
        '--event',
        'pause.heshi:2025-06-12/2025-06-25',
        '--json',
      ],
      { cwd: tmpdir() },
    );
    expect(result.exit).toBe(0);
    const report = JSON.parse(result.stdout) as Record<string, unknown>;
    expect(report).toMatchObject({
      ok: true,
      due: '2025-07-10',
      provisional: false,
      rule: 'gz.30.issue',
      article: '公证法 第三十条',
      status: 'verified',
    });
    expect(report['steps']).toBeInstanceOf(Array);
  });
  test('an open pause has no due date, only what is left', async () => {
    const result = await runLexpost(
      [
        'clock',
        'due',
        '--rule',
        'gz.30.issue',
        '--start',
        '2025-06-16T09:00',
        '--event',
        'pause.heshi:2025-06-20/open',
        '--json',
      ],
      { cwd: tmpdir() },
    );
    expect(JSON.parse(result.stdout)).toMatchObject({ due: null, remaining: { length: 11, unit: 'working-day' } });
  });
  test.each([
    [['--rule', 'no.such', '--start', '2025-06-16']],
    [['--rule', 'gz.30.issue', '--start', 'yesterday']],
    [['--rule', 'gz.30.issue', '--start', '1900-02-29']],
    [['--rule', 'gz.gz61.review.apply', '--start', '9999-12-31']],
    [['--rule', 'gz.30.issue', '--start', '2025-06-16', '--event', 'pause.x:2025-06-17/2199-01-01']],
    [['--rule', 'gz.30.issue', '--start', '2025-06-16', '--event', 'pause.x']],
    [['--rule', 'zc.35.accept', '--start', '2025-06-16']],
  ])('%j is refused as usage', async (args) => {
    expect((await runLexpost(['clock', 'due', ...args, '--json'], { cwd: tmpdir() })).exit).toBe(2);
  });
  test('a person reads one language, and how a pause was counted wherever there was one', async () => {
    const args = ['clock', 'due', '--rule', 'ms.126.file', '--start', '2025-03-03', '--event'];
    const restarted = await runLexpost([...args, 'restart.buzheng:2025-03-06/2025-03-15'], {
      cwd: tmpdir(),
      env: { LC_ALL: 'zh_CN' },
    });
    expect(restarted.stdout).toContain('2025-03-15  重新起算');
    expect(restarted.stdout).not.toMatch(/[a-z]{3,} [a-z]{3,}/);
    const paused = await runLexpost(
      [
        'clock',
        'due',
        '--rule',
        'gz.30.issue',
        '--start',
        '2025-03-03',
        '--event',
        'pause.buzheng:2025-03-10/2025-03-17',
      ],
      { cwd: tmpdir() },
    );
    expect(paused.stdout).toMatch(/No statute says how a pause is counted|法律没有明文规定/);
  });
  test('the table lists every rule with its source', async () => {
    const { stdout } = await runLexpost(['clock', 'rules', '--json'], { cwd: tmpdir() });
    const { rules } = JSON.parse(stdout) as { rules: { id: string; source: string }[] };
    expect(rules.length).toBeGreaterThanOrEqual(31);
    expect(rules.every(({ source }) => source !== '')).toBe(true);
  });
});
