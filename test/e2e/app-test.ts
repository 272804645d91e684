import { test as base, expect } from '@playwright/test';
import { type LaunchOptions, launchApp, type RunningApp } from '../host/launch.ts';
import { watchPolicy } from '../host/policy-watch.ts';

interface Fixtures {
  /** How the app is started. */
  readonly launch: LaunchOptions;
  /** The spec itself does what the policy of the page refuses. */
  readonly breaksPolicy: boolean;
  readonly app: RunningApp;
}

/** A test with an app of its own, which ends with it; what main said is shown where the test failed. */
export const test = base.extend<Fixtures>({
  launch: [{}, { option: true }],
  breaksPolicy: [false, { option: true }],
  app: async ({ launch, breaksPolicy }, use, info) => {
    const app = await launchApp(launch);
    info.annotations.push({ type: 'runtime', description: app.runtime });
    const refused = await watchPolicy(app.page);
    await use(app);
    if (info.status !== info.expectedStatus) console.log(app.output());
    await app.close();
    if (!breaksPolicy) expect(refused(), 'what the policy of the page refused').toEqual([]);
  },
});
