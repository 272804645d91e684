import { writeFileSync } from 'node:fs';
import type { SerializedError, UserConsoleLog } from 'vitest';
import type { Reporter, TestCase, TestModule, TestSuite } from 'vitest/node';

export interface SuiteCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** What a suite counts, as "wycheproof/aes-gcm: 316/316", and the lines below it; all other output of tests stays away. */
const COUNTS = /^\S.*: \d+\/\d+\b/;

/** Says what failed, which tests were skipped and what the suites count; the counts go to the file that LEXPOST_COUNTS names. */
export default class SummaryReporter implements Reporter {
  readonly #tests: TestCase[] = [];
  /** Failures that belong to no test: hooks, files that do not load, stray rejections. */
  #otherFailures = 0;

  onUserConsoleLog(log: UserConsoleLog): void {
    if (COUNTS.test(log.content)) console.log(log.content.trimEnd().replace(/^/gm, '    '));
  }

  onTestCaseResult(test: TestCase): void {
    this.#tests.push(test);
    const result = test.result();
    if (result.state === 'failed') showFailure(`${test.module.relativeModuleId} > ${test.fullName}`, result.errors);
  }

  onTestSuiteResult(suite: TestSuite): void {
    this.#showOther(`${suite.module.relativeModuleId} > ${suite.fullName}, around its tests`, suite.errors());
  }

  onTestModuleEnd(module: TestModule): void {
    this.#showOther(module.relativeModuleId, module.errors());
  }

  onTestRunEnd(_modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    this.#showOther('outside every test', unhandled);
    for (const name of skippedGroups(this.#tests)) console.log(`  skipped: ${name}`);
    const count = (state: string) => this.#tests.filter((test) => test.result().state === state).length;
    const counts: SuiteCounts = {
      passed: count('passed'),
      failed: count('failed') + this.#otherFailures,
      skipped: count('skipped'),
    };
    const file = process.env['LEXPOST_COUNTS'];
    if (file !== undefined) writeFileSync(file, JSON.stringify(counts));
  }

  #showOther(where: string, errors: readonly SerializedError[]): void {
    if (errors.length === 0) return;
    this.#otherFailures += errors.length;
    showFailure(where, errors);
  }
}

const MESSAGE_LINES = 12;
const DIFF_LINES = 20;
const STACK_LINES = 4;

export interface ShownError {
  readonly message?: string | undefined;
  readonly stack?: string | undefined;
  readonly diff?: unknown;
}

export function showFailure(where: string, errors: readonly ShownError[]): void {
  console.log(`  FAILED ${where}`);
  for (const { message, diff, stack } of errors) {
    const own = lines(stack).filter((line) => /^\s+at /.test(line) && !line.includes('node_modules'));
    const shown = [
      ...lines(message).slice(0, MESSAGE_LINES),
      ...lines(diff).slice(0, DIFF_LINES),
      ...own.slice(0, STACK_LINES),
    ];
    for (const line of shown) console.log(`      ${line}`);
  }
}

const lines = (text: unknown): string[] => (typeof text === 'string' ? text.split('\n') : []);

function skippedGroups(tests: readonly TestCase[]): string[] {
  const groups = new Map<string, number>();
  for (const test of tests) {
    if (test.result().state !== 'skipped') continue;
    const name = `${test.module.relativeModuleId} > ${test.parent.type === 'suite' ? test.parent.fullName : test.name}`;
    groups.set(name, (groups.get(name) ?? 0) + 1);
  }
  return [...groups].map(([name, count]) => `${name} (${count})`);
}
