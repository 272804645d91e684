import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, chromium } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { report, page as reportPage, signer } from '../../unit/shared/report/report-material.ts';

const HEADLESS_SHELL = '/usr/lib/chromium/chromium-headless-shell';
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'];

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: HEADLESS_SHELL });
});
afterAll(() => browser?.close());

const VERDICTS = {
  valid: report(),
  open: report({
    indication: 'INDETERMINATE',
    subIndication: 'REVOKED_NO_POE',
    signers: [signer({ indication: 'INDETERMINATE', subIndication: 'REVOKED_NO_POE', timestamp: null })],
  }),
  failed: report({
    indication: 'TOTAL_FAILED',
    subIndication: 'HASH_FAILURE',
    signers: [signer({ indication: 'TOTAL_FAILED', subIndication: 'HASH_FAILURE' })],
  }),
  unsigned: report({ indication: 'INDETERMINATE', subIndication: 'FORMAT_FAILURE', signers: [], documents: [] }),
};

const PAGES = Object.entries(VERDICTS).flatMap(([name, of]) =>
  (['zh-CN', 'en'] as const).flatMap((language) =>
    [true, false].map((detailed) => ({ name, of, language, kind: detailed ? 'detailed' : 'simple', detailed })),
  ),
);

describe.each(['light', 'dark'] as const)('a verification report, where the system is %s', (colorScheme) => {
  test.each(PAGES)('$name, $kind, in $language: axe finds something', async ({ of, language, detailed }) => {
    const context = await browser.newContext({ colorScheme, viewport: { width: 1280, height: 800 } });
    try {
      const page = await context.newPage();
      await page.setContent(reportPage(of, language, detailed));
      const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
      ).toEqual([]);
    } finally {
      await context.close();
    }
  });
});
