export interface Suite {
  /** The folder under test/ where none is given, and the name of the vitest project. */
  readonly name: string;
  readonly folder?: string;
  /** How long one test may take before it counts as hung; nothing is asserted about speed. Milliseconds. */
  readonly timeout: number;
  /** Part of `npm run test:quick`, or the paths of it that are: together they answer in two minutes on two cores. */
  readonly quick: boolean | readonly string[];
  /** One file after another: its servers want the same ports or all of the machine. */
  readonly serial?: true;
  /** Files named *.spec.ts, run by @playwright/test; all other suites are vitest's. */
  readonly runner?: 'playwright';
}

const SECONDS = 1000;

/** In the order they run: what answers soonest comes first. */
export const SUITES: readonly Suite[] = [
  { name: 'unit', timeout: 30 * SECONDS, quick: true },
  {
    name: 'integration',
    timeout: 120 * SECONDS,
    quick: ['vault', 'files', 'packages', 'ipc/door', 'ipc/two-offices', 'exchange/three-offices'].map(
      (path) => `test/integration/${path}`,
    ),
  },
  { name: 'conformance', timeout: 300 * SECONDS, quick: false },
  { name: 'transports', timeout: 300 * SECONDS, quick: false, serial: true },
  { name: 'e2e', timeout: 300 * SECONDS, quick: false },
  { name: 'window', folder: 'e2e', timeout: 300 * SECONDS, quick: false, runner: 'playwright' },
  { name: 'interop', timeout: 600 * SECONDS, quick: false },
  { name: 'fuzz', timeout: 600 * SECONDS, quick: false },
  { name: 'crash', timeout: 2400 * SECONDS, quick: false },
];
