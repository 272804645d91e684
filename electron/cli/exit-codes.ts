import { ERROR_KINDS, type ErrorCode, type ErrorKind } from '../../shared/errors.ts';

/** The exit statuses of cli.md. */
export const EXIT = { good: 0, bad: 1, usage: 2, notMine: 3, indeterminate: 4, environment: 5 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const EXIT_OF_KIND: Record<ErrorKind, ExitCode> = {
  bad: EXIT.bad,
  usage: EXIT.usage,
  'not-mine': EXIT.notMine,
  indeterminate: EXIT.indeterminate,
  environment: EXIT.environment,
};

export function exitOfCode(code: ErrorCode): ExitCode {
  return EXIT_OF_KIND[ERROR_KINDS[code]];
}

/** The three indications of ETSI EN 319 102-1, 5.1.3. */
export function exitOfIndication(indication: 'TOTAL_PASSED' | 'INDETERMINATE' | 'TOTAL_FAILED'): ExitCode {
  if (indication === 'TOTAL_PASSED') return EXIT.good;
  return indication === 'INDETERMINATE' ? EXIT.indeterminate : EXIT.bad;
}
