import { writeFileSync } from 'node:fs';
import type { SerializedError, UserConsoleLog } from 'vitest';
import type { Reporter, TestCase, TestModule } from 'vitest/node';

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

  onUserConsoleLog(log: UserConsoleLog): void {
    if (COUNTS.test(log.content)) console.log(log.content.trimEnd().replace(/^/gm, '    '));
  }

  onTestCaseResult(test: TestCase): void {
    this.#tests.push(test);
    const result = test.result();
    if (result.state !== 'failed') return;
    console.log(`  FAILED ${test.module.relativeModuleId} > ${test.fullName}`);
    for (const error of result.errors) showError(error);
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const broken = modules.flatMap((module) => module.errors().map((error) => ({ module, error })));
    for (const { module, error } of broken) {
      console.log(`  FAILED ${module.relativeModuleId}`);
      showError(error);
    }
    for (const error of unhandled) {
      console.log('  FAILED outside every test');
      showError(error);
    }
    const count = (state: string) => this.#tests.filter((test) => test.result().state === state).length;
    for (const name of skippedGroups(this.#tests)) console.log(`  skipped: ${name}`);
    const counts: SuiteCounts = {
      passed: count('passed'),
      failed: count('failed') + broken.length + unhandled.length,
      skipped: count('skipped'),
    };
    const file = process.env['LEXPOST_COUNTS'];
    if (file !== undefined) writeFileSync(file, JSON.stringify(counts));
  }
}

function skippedGroups(tests: readonly TestCase[]): string[] {
  const groups = new Map<string, number>();
  for (const test of tests) {
    if (test.result().state !== 'skipped') continue;
    const name = `${test.module.relativeModuleId} > ${test.parent.type === 'suite' ? test.parent.fullName : test.name}`;
    groups.set(name, (groups.get(name) ?? 0) + 1);
  }
  return [...groups].map(([name, count]) => `${name} (${count})`);
}

function showError(error: {
  readonly message: string;
  readonly stack?: string | undefined;
  readonly diff?: string;
}): void {
  const place =
    error.stack
      ?.split('\n')
      .filter((line) => !line.includes('node_modules'))
      .slice(0, 4) ?? [];
  for (const line of [
    ...error.message.split('\n').slice(0, 12),
    ...(error.diff?.split('\n').slice(0, 20) ?? []),
    ...place,
  ]) {
    console.log(`      ${line}`);
  }
}
