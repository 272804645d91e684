import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PLACES, type Screens, startScreens, ZOOMED } from './screens.ts';

let screens: Screens;
beforeAll(async () => {
  screens = await startScreens();
});
afterAll(() => screens?.close());

const LOOKS = (['zh-CN', 'en'] as const).flatMap((language) =>
  (['light', 'dark'] as const).map((appearance) => ({ language, appearance })),
);
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'];

describe.each(LOOKS)('in $language, $appearance', (look) => {
  test.each(PLACES)('axe finds nothing serious on $name, and its policy refuses nothing', async (place) => {
    const { page, complaints } = await screens.show(place, { scene: look });
    const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
    const serious = violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
    expect(serious).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

describe('at 200 % zoom', () => {
  test.each(PLACES.flatMap((place) => (['zh-CN', 'en'] as const).map((language) => ({ ...place, language }))))(
    '$name in $language is not wider than its window, and cuts no text off',
    async (place) => {
      const { page } = await screens.show(place, { size: ZOOMED, scene: { language: place.language } });
      expect(await findCutOff(page)).toEqual({ scrolls: false, beyond: [] });
    },
  );
});

test('English, which is longer, is not cut off in the default window', async () => {
  for (const place of PLACES) {
    const { page } = await screens.show(place, { scene: { language: 'en', appearance: 'light' } });
    expect(await findCutOff(page), place.name).toEqual({ scrolls: false, beyond: [] });
  }
});

/** What reaches beyond the right edge, and whether the page itself scrolls sideways. */
function findCutOff(page: Page): Promise<{ readonly scrolls: boolean; readonly beyond: string[] }> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const beyond = [...document.querySelectorAll<HTMLElement>('body *')].filter((element) => {
      const box = element.getBoundingClientRect();
      const isShown = box.width > 0 && box.height > 0 && element.closest('.unseen, .grid, .chart-table') === null;
      return isShown && box.right > width + 1 && getComputedStyle(element).position !== 'fixed';
    });
    return {
      scrolls: document.documentElement.scrollWidth > width,
      beyond: beyond.slice(0, 5).map((element) => `${element.tagName}.${element.className}`),
    };
  });
}

test('no text is smaller than 12 px, and no control smaller than 24 px', async () => {
  for (const place of PLACES) {
    const { page } = await screens.show(place);
    const found = await page.evaluate(() => {
      const small = [...document.querySelectorAll<HTMLElement>('body *')].filter(
        (element) =>
          [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== '') &&
          Number.parseFloat(getComputedStyle(element).fontSize) < 12,
      );
      const tight = [...document.querySelectorAll<HTMLElement>('button, a[href], [role="button"]')].filter(
        (element) => {
          const { width, height } = element.getBoundingClientRect();
          return width > 0 && (width < 24 || height < 24);
        },
      );
      const name = (element: HTMLElement): string => `${element.tagName}.${element.className} ${element.textContent}`;
      return { small: small.map(name), tight: tight.map(name) };
    });
    expect(found, place.name).toEqual({ small: [], tight: [] });
  }
});
