import './require-node.mjs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import { SUITES } from './suites.ts';

/** The window's own suite: the whole app on Electron, or on the test host (test/host/README.md). */
export default defineConfig({
  testDir: fileURLToPath(new URL('../test/e2e', import.meta.url)),
  testMatch: '**/*.spec.ts',
  outputDir: fileURLToPath(new URL('../test-results', import.meta.url)),
  globalSetup: fileURLToPath(new URL('./e2e-setup.ts', import.meta.url)),
  // Each spec starts an app and a browser of its own
  workers: 2,
  timeout: SUITES.find(({ name }) => name === 'window')?.timeout ?? 0,
  expect: { timeout: 60_000 },
  forbidOnly: true,
  reporter: [[fileURLToPath(new URL('./e2e-reporter.ts', import.meta.url))]],
});
