import './require-node.mjs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { SUITES } from './suites.ts';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  cacheDir: 'node_modules/.cache/vitest',
  test: {
    pool: 'forks',
    maxWorkers: 2,
    projects: SUITES.filter(({ runner }) => runner === undefined).map(({ name, timeout, serial }) => ({
      extends: true,
      test: {
        name,
        ...(serial === true ? { maxWorkers: 1 } : {}),
        include: [`test/${name}/**/*.test.ts`],
        testTimeout: timeout,
        hookTimeout: timeout,
      },
    })),
  },
});
