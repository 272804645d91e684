import type { Page } from '@playwright/test';

/** Notes what the page's own policy refuses: what a page of ours does is allowed by it, or one of both is wrong. */
export async function watchPolicy(page: Page): Promise<() => string[]> {
  const refused: string[] = [];
  await page.exposeFunction('noteRefused', (what: string) => void refused.push(what));
  const watch = (): void => {
    document.addEventListener(
      'securitypolicyviolation',
      ({ effectiveDirective, blockedURI, sourceFile, lineNumber }) => {
        const { noteRefused } = window as unknown as { noteRefused?: (what: string) => void };
        noteRefused?.(`${effectiveDirective} ${blockedURI} ${sourceFile}:${lineNumber}`);
      },
    );
  };
  await page.addInitScript(watch);
  await page.evaluate(watch);
  return () => refused;
}
