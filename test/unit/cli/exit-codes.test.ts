import { expect, test } from 'vitest';
import { EXIT, exitOfCode, exitOfIndication } from '../../../electron/cli/exit-codes.ts';

test('exit statuses are the numbers that scripts rely on', () => {
  expect(EXIT).toEqual({ good: 0, bad: 1, usage: 2, notMine: 3, indeterminate: 4, environment: 5 });
});

test.each([
  ['PACKAGE_TAMPERED', 1],
  ['USAGE', 2],
  ['PACKAGE_NOT_FOR_ME', 3],
  ['VERDICT_INDETERMINATE', 4],
  ['VAULT_IN_USE', 5],
  ['INTERNAL', 5],
] as const)('%s ends with %i', (code, exit) => {
  expect(exitOfCode(code)).toBe(exit);
});

test('an indication decides between good, indeterminate and bad', () => {
  const exits = (['TOTAL_PASSED', 'INDETERMINATE', 'TOTAL_FAILED'] as const).map(exitOfIndication);
  expect(exits).toEqual([0, 4, 1]);
});
