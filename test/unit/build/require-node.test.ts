import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { isNewEnough } from '../../../build/require-node.mjs';

const build = (name: string) => fileURLToPath(new URL(`../../../build/${name}`, import.meta.url));

/** Runs an entry point on this Node, which says of itself that it is `version`. */
function startAs(version: string, args: readonly string[]) {
  const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });`;
  const preload = `data:text/javascript,${encodeURIComponent(pretend)}`;
  return spawnSync(process.execPath, ['--import', preload, ...args], { encoding: 'utf8' });
}

describe('the guard on the version of Node', () => {
  test.each(['22.14.0', '22.15.1', '23.0.0', '24.21.0'])('%s is new enough', (version) => {
    expect(isNewEnough(version)).toBe(true);
  });
  test.each(['18.20.0', '20.20.2', '22.13.9'])('%s is too old', (version) => {
    expect(isNewEnough(version)).toBe(false);
  });

  test.each([
    [build('lexpost.mjs')],
    [build('start.mjs'), 'lexpost'],
    [build('start.mjs'), 'test'],
    [build('start.mjs'), 'bench'],
    [build('start.mjs'), 'fuzz'],
  ])('%s %s ends with a sentence on Node 20, not with a segmentation fault', (...args) => {
    const result = startAs('20.20.2', args);
    expect(result.stderr).toMatch(/^LexPost needs Node 22\.14 or newer; this is 20\.20\.2\./);
    expect(result.status).toBe(5);
    expect(result.stdout).toBe('');
  });

  test('vitest started by hand on an old Node ends with the sentence', () => {
    const vitest = fileURLToPath(new URL('../../../node_modules/vitest/vitest.mjs', import.meta.url));
    const result = startAs('20.20.2', [vitest, 'list', '--config', build('vitest.config.ts'), '--project', 'unit']);
    expect(result.stderr).toContain('LexPost needs Node 22.14 or newer');
    expect(result.status).toBe(5);
  });
});
