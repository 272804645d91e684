import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { CHARGES, DESK_PASSPHRASE, fillDesk, STATES } from '../fixtures/filled-desk.ts';
import { launchApp } from '../host/launch.ts';
import { timeList, timeUnlock } from '../host/time-in-page.ts';
import { percentile } from './measure.ts';
import type { Row, Section } from './table.ts';

/** What a person waits for at the window of an office of many years: from the click or key to the frame in which the rows stand. */

const ROUNDS = 20;
/** Two whose first rows differ. */
const VIEWS = ['未办结', '已办结'] as const;

const click = (selector: string, text: string): string =>
  `[...document.querySelectorAll(${JSON.stringify(selector)})].find((each) => each.textContent.startsWith(${JSON.stringify(text)})).click()`;
const open = (query: string): string => `location.hash = ${JSON.stringify(`#/matters?${query}`)}`;
const type = (text: string): string => `
  const field = document.querySelector('.filters-search input');
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, ${JSON.stringify(text)});
  field.dispatchEvent(new Event('input', { bubbles: true }));`;

function toRow(run: string, times: readonly number[]): Row {
  return {
    run,
    unit: 'ms',
    value: percentile(times, 0.5),
    least: Math.min(...times),
    most: Math.max(...times),
    runs: times.length,
    ratio: `p95 ${percentile(times, 0.95).toFixed(0)} ms`,
  };
}

async function repeat(rounds: number, task: (round: number) => Promise<number>): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) times.push(await task(round));
  return times;
}

const home = (page: Page) => page.evaluate("location.hash = '#/'").then(() => page.locator('.home').first().waitFor());

/** @param starts how often the whole program is started */
export async function benchWindowMatters(folder: string, count: number, starts: number): Promise<Section[]> {
  const userData = join(folder, 'window');
  mkdirSync(userData, { recursive: true });
  const context = await fillDesk(join(userData, 'vault'), count);
  await context.vault.close();
  const loads: number[] = [];
  const unlocks: number[] = [];
  for (let round = 0; round < starts; round++) {
    const app = await launchApp({ userData });
    loads.push(app.loadedAfter);
    unlocks.push(await timeUnlock(app.page, DESK_PASSPHRASE));
    if (round === starts - 1) {
      const lists = await benchLists(app.page);
      await app.close();
      return [
        {
          title: `start, ${app.runtime}, ${count.toLocaleString('en')} matters`,
          rows: [
            toRow('start to the unlock screen, browser included', loads),
            toRow('unlock to home, scrypt included', unlocks),
          ],
        },
        {
          title: `lists in the window at ${count.toLocaleString('en')} matters, from click or key to drawn rows`,
          rows: lists,
        },
      ];
    }
    await app.close();
  }
  return [];
}

async function benchLists(page: Page): Promise<Row[]> {
  const measure = (act: string): Promise<number> => timeList(page, act);
  await home(page);
  const first = await repeat(ROUNDS, async () => {
    const took = await measure(click('.rail a', '事项'));
    await home(page);
    return took;
  });
  await measure(open('state=closed'));
  const views = await repeat(ROUNDS, (round) =>
    measure(click('.views .ant-tabs-tab-btn', VIEWS[round % VIEWS.length] ?? '')),
  );
  const states = await repeat(ROUNDS, (round) => measure(open(`state=${STATES[round % STATES.length]}`)));
  await measure(open(''));
  const frequent = await repeat(ROUNDS, (round) => measure(type(CHARGES[round % CHARGES.length] ?? '')));
  const rare = await repeat(ROUNDS, (round) => measure(type(`初${1000 + round * 37}号`)));
  return [
    toRow('list, first paint', first),
    toRow('another view', views),
    toRow('filter by state', states),
    toRow('search, a word in one of six, from the last key', frequent),
    toRow('search, a rare word, from the last key', rare),
  ];
}
