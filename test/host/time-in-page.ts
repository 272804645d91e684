import type { Page } from '@playwright/test';

/** How long a person waits, measured inside the page: from the click or key to the frame in which the answer stands. Milliseconds. */

/** @param act script of the click or key; the rows of the list of matters must come to say something else */
export function timeList(page: Page, act: string): Promise<number> {
  return page.evaluate(async (source) => {
    const read = (): string =>
      [...document.querySelectorAll('.matters [role="row"]')].map(({ textContent }) => textContent).join();
    const isThere = (): boolean => document.querySelectorAll('.matters [role="row"]').length > 1;
    const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
    const before = read();
    const started = performance.now();
    // Before the first wait it runs under the debugger, which no policy binds
    new Function(source)();
    do {
      await frame();
      if (performance.now() - started > 10_000) throw new Error(`nothing came of ${source}`);
    } while (!isThere() || read() === before);
    // The frame after the one that drew them has begun: they are seen
    await frame();
    return performance.now() - started;
  }, act);
}

/** From Enter on the unlock screen to the home screen with all that it asked for. */
export async function timeUnlock(page: Page, passphrase: string): Promise<number> {
  await page.getByRole('textbox').fill(passphrase);
  await page.evaluate(() => {
    addEventListener('keydown', () => Object.assign(window, { pressed: performance.now() }), {
      once: true,
      capture: true,
    });
  });
  await page.keyboard.press('Enter');
  return page.evaluate(async () => {
    const isThere = (): boolean =>
      document.querySelector('.home') !== null && document.querySelector('.waiting-rows') === null;
    while (!isThere()) await new Promise((resolve) => requestAnimationFrame(resolve));
    await new Promise((resolve) => requestAnimationFrame(resolve));
    return performance.now() - (window as unknown as { pressed: number }).pressed;
  });
}
