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
    [['--rule', 'gz.30.issue', '--start', '2025-06-16', '--event', 'pause.x']],
    [['--rule', 'zc.35.accept', '--start', '2025-06-16']],
  ])('%j is refused as usage', async (args) => {
    expect((await runLexpost(['clock', 'due', ...args, '--json'], { cwd: tmpdir() })).exit).toBe(2);
  });
  test('the table lists every rule with its source', async () => {
    const { stdout } = await runLexpost(['clock', 'rules', '--json'], { cwd: tmpdir() });
    const { rules } = JSON.parse(stdout) as { rules: { id: string; source: string }[] };
    expect(rules.length).toBeGreaterThanOrEqual(31);
    expect(rules.every(({ source }) => source !== '')).toBe(true);
  });
});
