import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from '@playwright/test';

/** A folder while the tests of a spec run. It is only named at once: the runner reads every spec as well, to count its tests, and would leave another behind. */
export function specFolder(): string {
  const folder = join(tmpdir(), `lexpost-spec-${randomUUID()}`);
  test.beforeAll(() => void mkdirSync(folder, { recursive: true }));
  test.afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
