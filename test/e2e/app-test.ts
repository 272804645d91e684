import { test as base } from '@playwright/test';
import { type LaunchOptions, launchApp, type RunningApp } from '../host/launch.ts';

interface Fixtures {
  /** How the app is started. */
  readonly launch: LaunchOptions;
  readonly app: RunningApp;
}

/** A test with an app of its own, which ends with it; what main said is shown where the test failed. */
export const test = base.extend<Fixtures>({
  launch: [{}, { option: true }],
  app: async ({ launch }, use, info) => {
    const app = await launchApp(launch);
    info.annotations.push({ type: 'runtime', description: app.runtime });
    await use(app);
    if (info.status !== info.expectedStatus) console.log(app.output());
    await app.close();
  },
});
