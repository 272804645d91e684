import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { FullConfig, Reporter, Suite, TestCase, TestError, TestResult } from '@playwright/test/reporter';
import { type SuiteCounts, showFailure } from './summary-reporter.ts';

/** As summary-reporter.ts, for the suite that Playwright runs: what failed, what was skipped, on what runtime; the counts go to the file of LEXPOST_COUNTS. */
export default class EndToEndReporter implements Reporter {
  #suite: Suite | null = null;
  #otherFailures = 0;
  #runtime = '';

  onBegin(_config: FullConfig, suite: Suite): void {
    this.#suite = suite;
  }

  onError({ message, stack }: TestError): void {
    this.#otherFailures += 1;
    showFailure('outside every test', [{ message, stack }]);
  }

  onTestEnd(test: TestCase, { errors, annotations }: TestResult): void {
    const runtime = annotations.find(({ type }) => type === 'runtime')?.description;
    if (runtime !== undefined && runtime !== this.#runtime) console.log(`    e2e on ${runtime}`);
    this.#runtime = runtime ?? this.#runtime;
    if (test.outcome() === 'unexpected') showFailure(nameOf(test), errors);
  }

  onEnd(): void {
    const tests = this.#suite?.allTests() ?? [];
    const count = (outcome: string) => tests.filter((test) => test.outcome() === outcome).length;
    for (const test of tests) if (test.outcome() === 'skipped') console.log(`  skipped: ${nameOf(test)}`);
    const counts: SuiteCounts = {
      // A test that passed at the second try has failed
      passed: count('expected'),
      failed: count('unexpected') + count('flaky') + this.#otherFailures,
      skipped: count('skipped'),
    };
    const file = process.env['LEXPOST_COUNTS'];
    if (file !== undefined) writeFileSync(file, JSON.stringify(counts));
    else console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  }

  printsToStdio(): boolean {
    return true;
  }
}

function nameOf(test: TestCase): string {
  return `${relative(process.cwd(), test.location.file)} > ${test.titlePath().slice(3).join(' > ')}`;
}
