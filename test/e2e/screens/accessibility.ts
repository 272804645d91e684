import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PLACES } from './places.ts';
import { drawn, type Screens, startScreens, WIDE, ZOOMED } from './screens.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** The rules that look at colours: nothing else differs in the dark. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/** Every place in one language. A file of its own for each, so that two of them are looked at at once. */
export function testAccessibility(language: 'zh-CN' | 'en'): void {
  let screens: Screens;
  beforeAll(async () => {
    screens = await startScreens();
  });
  afterAll(() => screens?.close());

  test.each(PLACES)(
    '$name: axe finds nothing serious in light and dark, nothing is cut off, too small, or wider than the window at 200 % zoom',
    async (place) => {
      const { page, complaints } = await screens.show(place, { scene: { language, appearance: 'system' } });
      await resize(page, WIDE);
      const found = {
        light: await findSerious(page, 'light'),
        dark: await findSerious(page, 'dark'),
        small: await findSmall(page),
        cutOff: await findCutOff(page),
        zoomed: await resize(page, ZOOMED).then(() => findCutOff(page)),
      };
      expect(found).toEqual({ light: [], dark: [], small: [], cutOff: [], zoomed: [] });
      if (!place.broken) expect(complaints, 'what the page complained of').toEqual([]);
    },
  );
}

async function resize(page: Page, size: { readonly width: number; readonly height: number }): Promise<void> {
  await page.setViewportSize(size);
  await drawn(page);
}

/** Of a dialog that is open alone: what lies below it can neither be reached nor read, and is a place of its own. */
async function findSerious(page: Page, colorScheme: 'light' | 'dark'): Promise<string[]> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await page.locator(`html[data-mode=${colorScheme}]`).waitFor({ state: 'attached' });
  const builder = new AxeBuilder({ page });
  const axe = colorScheme === 'light' ? builder.withTags(TAGS) : builder.withRules(COLOUR_RULES);
  const dialogs = page.locator('[role=dialog]:visible');
  const { violations } = await ((await dialogs.count()) > 0 ? axe.include('[role=dialog]') : axe).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

/** What reaches beyond the right edge, texts that end within a word, and whether the page itself scrolls sideways. */
function findCutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const name = (element: Element): string => `${element.tagName}.${element.className}`;
    const shown = [...document.querySelectorAll<HTMLElement>('body *')].filter((element) => {
      const box = element.getBoundingClientRect();
      return box.width > 0 && box.height > 0 && element.closest('.unseen, .grid, .chart-table') === null;
    });
    const beyond = shown.filter(
      (element) => element.getBoundingClientRect().right > width + 1 && getComputedStyle(element).position !== 'fixed',
    );
    const clipped = shown.filter((element) => {
      const { overflowX, textOverflow } = getComputedStyle(element);
      const hides = (overflowX === 'hidden' || overflowX === 'clip') && textOverflow !== 'ellipsis';
      return hides && element.scrollWidth > element.clientWidth + 1 && element.textContent.trim() !== '';
    });
    return [
      ...(document.documentElement.scrollWidth > width ? ['the page scrolls sideways'] : []),
      ...beyond.slice(0, 5).map((element) => `beyond: ${name(element)}`),
      ...clipped.slice(0, 5).map((element) => `clipped: ${name(element)} ${element.textContent.slice(0, 40)}`),
    ];
  });
}

/** Text under 12 px, and controls under 24 px. */
function findSmall(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const holdsText = (element: Element): boolean =>
      [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== '');
    const small = [...document.querySelectorAll<HTMLElement>('body *')].filter(
      (element) => holdsText(element) && Number.parseFloat(getComputedStyle(element).fontSize) < 12,
    );
    const tight = [...document.querySelectorAll<HTMLElement>('button, a[href], [role="button"]')].filter((element) => {
      const { width, height } = element.getBoundingClientRect();
      return width > 0 && (width < 24 || height < 24);
    });
    return [...small, ...tight].map(({ tagName, className, textContent }) => `${tagName}.${className} ${textContent}`);
  });
}
