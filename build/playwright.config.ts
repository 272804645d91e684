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
  // What a window shows after an act came within a second where its page ran at a sixth of the speed; the rest is for what else the machine does
  expect: { timeout: 30_000 },
  forbidOnly: true,
  reporter: [[fileURLToPath(new URL('./e2e-reporter.ts', import.meta.url))]],
});
