import { expect, test } from 'vitest';
import { runTarget } from './run-target.ts';
import { TARGETS } from './targets/all.ts';

const BUDGET = { seed: 20261124, milliseconds: 8_000, executions: 2_000 };

test.each(Object.keys(TARGETS))('%s: no crash, no hang, nothing altered is believed', async (name) => {
  const { executions, findings } = await runTarget(name, BUDGET);
  expect(findings.map(({ problem }) => problem)).toEqual([]);
  expect(executions).toBeGreaterThan(50);
});
