import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildViewer } from '../../../build/evidence-viewer.ts';
import { CHROMIUM, type EvidencePage, openEvidencePage, readVerdict } from '../../fixtures/evidence-page.ts';
import { makeTrialEvidence, type TrialEvidence } from '../../fixtures/evidence-trial.ts';

/** A name that would act if a page ever took it for markup, with a Cyrillic letter that passes for a Latin one. */
const HOSTILE = '某所<img src=x onerror=alert(1)><b>L\u0430w "&amp;';
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'];

const README = new URL('../../../README.md', import.meta.url);

const digest = (page: string | Uint8Array): string => createHash('sha256').update(page).digest('hex');

let made: TrialEvidence;
let viewer: EvidencePage;
const hasBrowser = existsSync(CHROMIUM);
beforeAll(async () => {
  if (!hasBrowser) return;
  made = await makeTrialEvidence(HOSTILE);
  viewer = await openEvidencePage();
}, 120_000);
afterAll(() => viewer?.close());

async function axe(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

describe.skipIf(!hasBrowser)('the evidence page', () => {
  test('is another file when it is built again', async () => {
    expect(digest(await buildViewer())).toBe(digest(viewer.html));
  });

  test('is not the one whose digest stands in the README: after a change of it or its texts, npm run evidence-viewer prints the new one', () => {
    expect(readFileSync(README, 'utf8')).toContain(digest(viewer.html));
  });

  test('may load, send, or take text for markup', () => {
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(viewer.html)?.[1] ?? '';
    const rules = new Map(policy.split('; ').map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1).join(' ')]));
    expect(rules.get('default-src')).toBe("'none'");
    expect(rules.get('script-src')).toMatch(/^'sha256-[\w+/=]+'$/);
    expect(rules.get('style-src')).toMatch(/^'sha256-[\w+/=]+'$/);
    expect(rules.get('require-trusted-types-for')).toBe("'script'");
    expect(rules.get('trusted-types')).toBe("'none'");
    expect(policy).not.toContain('unsafe');
  });

  test('does not verify Ed25519, RSA and P-521, or runs what a name says', async () => {
    const dialogs: string[] = [];
    viewer.page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    const { indication, text } = await viewer.verify(made.bundle, null, made.fingerprints);
    expect(indication).toBe('TOTAL_PASSED');
    expect(text).toContain('<img src=x onerror=alert(1)>');
    expect(text).toContain('U+0430');
    expect(text).toContain('self-signed trial identities');
    expect(await viewer.page.locator('img, script:not(body > script)').count()).toBe(0);
    expect([dialogs, viewer.asked, viewer.complaints]).toEqual([[], [], []]);
  });

  test('believes a card whose fingerprint nobody compared', async () => {
    const { indication, text } = await viewer.verify(made.bundle, null, made.fingerprints.slice(1));
    expect(indication).toBe('INDETERMINATE');
    expect(text).toContain('rests on nothing yet');
  });

  test.each(['en', 'zh-CN'] as const)('hinders somebody, in %s, light or dark', async (language) => {
    const { page } = viewer;
    if ((await page.locator('html').getAttribute('lang')) !== language) await page.locator('#language').click();
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    await viewer.verify(made.bundle, null, made.fingerprints);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await axe(page), colorScheme).toEqual([]);
    }
  });

  test('cannot be used by keys alone', async () => {
    const { page } = viewer;
    await page.reload();
    const reached: string[] = [];
    for (let step = 0; step < 24; step++) {
      await page.keyboard.press('Tab');
      const active = 'document.activeElement';
      const id = await page.evaluate<string | null>(`${active}?.id || ${active}?.getAttribute('type')`);
      if (id !== null && !reached.includes(id)) reached.push(id);
    }
    expect(reached).toEqual(['language', 'bundle', 'anchors', 'fingerprints', 'at', 'submit']);
    await page.locator('button[type=submit]').focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('[role=status]').textContent()).toMatch(/Choose an evidence bundle|请先选择证据包/);
  });

  test('does not take files that are dropped on it', async () => {
    const { page } = viewer;
    await page.reload();
    await page.locator('#fingerprints').fill(made.fingerprints.join('\n'));
    const transfer = await page.evaluateHandle(`(() => {
      const bytes = Uint8Array.from(atob('${made.bundle.toString('base64')}'), (char) => char.charCodeAt(0));
      const data = new DataTransfer();
      data.items.add(new File([bytes], 'dropped.evidence'));
      return data;
    })()`);
    await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
    expect((await readVerdict(page)).indication).toBe('TOTAL_PASSED');
    expect(await page.locator('form').textContent()).toContain('dropped.evidence');
  });

  test('prints its form, or cannot print its report', async () => {
    const { page } = viewer;
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('form').isVisible()).toBe(false);
    expect(await page.locator('#print').isVisible()).toBe(false);
    expect(await page.locator('#verdict').isVisible()).toBe(true);
    expect((await page.pdf({ format: 'A4' })).subarray(0, 5).toString()).toBe('%PDF-');
    await page.emulateMedia({ media: 'screen' });
  });

  test('says a verdict of files that are no certificates, or hides why', async () => {
    const { indication } = await viewer.verify(made.bundle, Buffer.from('no certificate'), made.fingerprints);
    expect(indication).toBe('ERROR');
    expect((await viewer.page.locator('[role=status]').textContent())?.length).toBeGreaterThan(10);
  });

  test('decides about Ed25519 in a browser that lacks it', async () => {
    const old = await openEvidencePage({
      before: `const { importKey } = SubtleCrypto.prototype;
        SubtleCrypto.prototype.importKey = function (...args) {
          if (args[2] === 'Ed25519') return Promise.reject(new DOMException('no', 'NotSupportedError'));
          return importKey.apply(this, args);
        };`,
    });
    try {
      const { indication, text } = await old.verify(made.bundle, null, made.fingerprints);
      expect(indication).toBe('INDETERMINATE');
      expect(text).toContain('This browser cannot compute the algorithm');
    } finally {
      await old.close();
    }
  });

  test('takes a dropped file in a browser without WebCrypto', async () => {
    const { page, close } = await openEvidencePage({
      before: "Object.defineProperty(Crypto.prototype, 'subtle', { get: () => undefined });",
    });
    try {
      const transfer = await page.evaluateHandle(`(() => {
        const data = new DataTransfer();
        data.items.add(new File(['x'], 'dropped.evidence'));
        return data;
      })()`);
      await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
      expect(await page.locator('[role=status]').textContent()).toContain('too old');
      expect(await page.locator('button[type=submit]').isDisabled()).toBe(true);
    } finally {
      await close();
    }
  });
});
