import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createI18n } from '../../../shared/i18n/create-i18n.ts';
import { PLACES } from './places.ts';
import { type Screens, startScreens } from './screens.ts';

/** However loaded the machine is. */
const PATIENT = { timeout: 30_000 };

let screens: Screens;
beforeAll(async () => {
  screens = await startScreens();
});
afterAll(() => screens?.close());

describe('with the keyboard alone', () => {
  test('the list of matters is walked, previewed and opened', async () => {
    const { page, close } = await screens.open({ name: 'matters', path: '/matters' }, { scene: { matters: 100_000 } });
    const grid = page.getByRole('grid');
    await grid.focus();
    const active = () =>
      page.evaluate(() => {
        const id = document.querySelector('[role=grid]')?.getAttribute('aria-activedescendant') ?? '';
        return Number(document.getElementById(id)?.getAttribute('aria-rowindex'));
      });
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    expect(await active()).toBe(4);
    expect(await grid.getAttribute('aria-rowcount')).toBe('100001');

    await page.keyboard.press('End');
    await page.locator('[aria-rowindex="100001"] .two-lines').first().waitFor();
    expect(await active()).toBe(100_001);
    expect(await page.getByRole('row').count()).toBeLessThan(60);

    await page.keyboard.press('Home');
    await page.keyboard.press('Space');
    await page.getByRole('complementary', { name: '预览' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('complementary', { name: '预览' }).waitFor({ state: 'detached' });

    await page.keyboard.press('Enter');
    await page.waitForURL(/#\/matters\/[0-9a-f-]+$/);
    await close();
  });

  test('Enter again, and leaving the field, ask for nothing more while main has not answered', async () => {
    const { page, close } = await screens.open(
      { name: 'papers', path: '/settings/papers' },
      { scene: { silent: ['paper:set-pattern'] } },
    );
    await page.evaluate(() => {
      const { lexpost } = window as unknown as { lexpost: { invoke: (name: string, request: unknown) => unknown } };
      const { invoke } = lexpost;
      lexpost.invoke = (name, request) => {
        document.title += name === 'paper:set-pattern' ? '!' : '';
        return invoke(name, request);
      };
      document.title = '';
    });
    const field = page.getByRole('textbox', { name: '阅卷决定书' });
    await field.fill('（{year}）示字第{n}号');
    for (const key of ['Enter', 'Enter', 'Tab']) await page.keyboard.press(key);
    expect(await page.title()).toBe('!');
    // Another request is not the same one
    await field.fill('（{year}）示字第{n:3}号');
    await page.keyboard.press('Enter');
    expect(await page.title()).toBe('!!');
    await close();
  });

  test('Ctrl K searches, arrows choose, Enter opens; Esc closes', async () => {
    const { page, close } = await screens.open({ name: 'home', path: '/' });
    await page.keyboard.press('Control+k');
    const field = page.getByRole('combobox', { name: '搜索事项、机构、文书全文' });
    await field.fill('示例');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('ArrowDown');
    expect(await page.getByRole('option').nth(1).getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    await page.keyboard.press('Control+k');
    await field.fill('上海');
    await page
      .getByRole('option', { name: /上海示例人民检察院/ })
      .last()
      .waitFor();
    await close();
  });

  test('what is typed right behind Ctrl K is searched for, and Esc leads back to where one was', async () => {
    const { page, close } = await screens.open({ name: 'audit', path: '/audit' });
    await page.getByRole('grid').focus();
    await page.evaluate(() => {
      // In one turn of the page, as fast hands on a slow machine: nothing is drawn in between.
      window.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, bubbles: true }));
      queueMicrotask(() => queueMicrotask(() => document.execCommand('insertText', false, '上海')));
    });
    await page.getByRole('option').first().waitFor();
    expect(await page.getByRole('combobox', { name: '搜索事项、机构、文书全文' }).inputValue()).toBe('上海');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await page.getByRole('grid').evaluate((grid) => grid === document.activeElement)).toBe(true);
    await close();
  });

  test('a window without a network asks and tells as ever: main is there', async () => {
    const { page, close } = await screens.open({ name: 'audit', path: '/audit' });
    await page.context().setOffline(true);
    await page.waitForFunction(() => !navigator.onLine);
    await page.getByRole('button', { name: '核对整条链' }).click();
    await page.getByText('链完整').waitFor();
    await page.keyboard.press('Control+5');
    await page.getByText('上海示例人民检察院').first().waitFor();
    await close();
  });

  test('single letters act outside fields only, and ? lists all keys', async () => {
    const { page, close } = await screens.open({ name: 'audit', path: '/audit' });
    await page.getByRole('textbox', { name: '谁' }).fill('?');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.getByRole('grid').focus();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: '快捷键' }).waitFor();
    await close();
  });

  test('Ctrl 1 to 6 lead along the rail', async () => {
    const { page, close } = await screens.open({ name: 'audit', path: '/audit' });
    await page.keyboard.press('Control+5');
    await page.getByRole('heading', { name: '通讯录' }).waitFor();
    await page.keyboard.press('Control+1');
    await page.getByRole('heading', { name: '今天要办' }).waitFor();
    await close();
  });

  test('the vault is unlocked', async () => {
    const { page, close } = await screens.open({ name: 'unlock', path: '/', scene: { vault: 'locked' } });
    await page.keyboard.type('纸鹞 砚台 七级北风');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '今天要办' }).waitFor();
    await close();
  });
});

describe('the first run', () => {
  test('leads from nothing to the recovery key, and takes only what stands on the paper', async () => {
    const { page, close } = await screens.open({ name: 'first-run', path: '/', scene: { vault: 'none' } });
    await page.getByRole('button', { name: /新建数据库/ }).click();
    await page.getByLabel('机构全称').fill('安徽示例律师事务所');
    await page.getByLabel('统一社会信用代码').fill('31340000MD0000001X');
    await page.getByLabel('行政区划代码').focus();
    await page.getByText('校验码不符，请与原件核对。').waitFor();
    await page.getByLabel('统一社会信用代码').fill('31340000MD0000001T');
    await page.getByLabel('行政区划代码').fill('340100');
    await page.getByText('安徽', { exact: true }).waitFor();
    await page.getByRole('button', { name: '下一步' }).click();

    await page.getByLabel('主口令', { exact: true }).fill('password1234');
    await page.getByLabel('再输入一次').fill('password1234');
    await page.getByRole('button', { name: '建立数据库' }).click();
    await page.getByText('太容易猜到，请再加几个互不相关的词。').waitFor();
    await page.getByLabel('主口令', { exact: true }).fill('harbour anvil mosaic thistle orbit');
    await page.getByLabel('再输入一次').fill('harbour anvil mosaic thistle orbit');
    await page.getByRole('button', { name: '建立数据库' }).click();

    await page.getByRole('heading', { name: '打印恢复密钥' }).waitFor();
    await page.getByLabel('照纸面输入第 4 组').fill('9hce');
    expect(await page.getByText('7QXM').count()).toBe(0);
    await page.getByLabel('照纸面输入第 11 组').fill('AAAA');
    await page.getByLabel('已打印，并交由机构负责人保管').check();
    await page.getByRole('button', { name: '下一步' }).click();
    await page.getByText('与恢复密钥不符，请对照纸面。').waitFor();
    await page.getByLabel('照纸面输入第 11 组').fill('H9WQ');
    await page.getByRole('button', { name: '下一步' }).click();
    await page.getByRole('heading', { name: '签名身份' }).waitFor();
    await close();
  });
});

describe('a request', () => {
  const DRAFT = { name: 'draft', path: '/drafts/dddddddd-dddd-4ddd-8ddd-dddddddddddd' };

  test('whoever is in the field for the passphrase before the review has opened stays there: Enter would lead back', async () => {
    const { page, close } = await screens.open({ name: 'draft', path: '/drafts/dddddddd-dddd-4ddd-8ddd-dddddddddddd' });
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    await page.keyboard.press('Control+Enter');
    const review = page.getByRole('dialog', { name: '复核：您将签署以下内容' });
    const field = review.getByLabel('签名口令');
    // As fast hands do it, in one turn of the page
    await field.evaluate((input: HTMLElement) => {
      input.focus();
      input.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', bubbles: true }));
    });
    await page.locator('.ant-zoom-appear').waitFor({ state: 'detached' });
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    expect(await field.evaluate((input) => input === document.activeElement)).toBe(true);
    await close();
  });

  test('Ctrl Enter opens the review and signs nothing; the way back has the focus', async () => {
    const { page, close } = await screens.open(DRAFT);
    await page.keyboard.press('Control+Enter');
    const review = page.getByRole('dialog', { name: '复核：您将签署以下内容' });
    await review.getByRole('heading', { name: '申请阅卷' }).waitFor();
    await review.getByText('皖示所函〔2026〕第 417 号.pdf').waitFor();
    await page.waitForFunction(() => document.activeElement?.textContent === '返回修改');
    await page.keyboard.press('Enter');
    await review.waitFor({ state: 'detached' });
    await close();
  });

  test('pressed while a file is being taken in, the button leads to that file instead', async () => {
    const { page, close } = await screens.open(DRAFT, { scene: { staging: true } });
    await page.getByRole('button', { name: '复核并签署…' }).click();
    await page.waitForFunction(() => document.activeElement?.closest('#slot-relationship') !== null);
    expect(await page.getByRole('dialog').count()).toBe(0);
    await close();
  });

  test('a wrong licence number is said once the field was left, and never put right by us', async () => {
    const { page, close } = await screens.open(DRAFT);
    const field = page.getByLabel('执业证号');
    await field.fill('1340120101234567');
    expect(await page.getByText('执业证号应为 17 位数字，请与原件核对。').count()).toBe(0);
    await page.keyboard.press('Tab');
    await page.getByText('执业证号应为 17 位数字，请与原件核对。').first().waitFor();
    await page.getByRole('button', { name: '复核并签署…' }).click();
    await page.waitForFunction(() => document.activeElement?.id === 'f-lawyers.0.licence');
    await close();
  });
});

describe('a matter', () => {
  const MATTER = { name: 'matter', path: '/matters/019a0000-0000-7000-8000-000000000001' };

  test('J and K walk its messages, the newest first', async () => {
    const { page, close } = await screens.open(MATTER);
    const active = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    await page.keyboard.press('j');
    expect(await active()).toBe('补正');
    await page.keyboard.press('j');
    expect(await active()).toBe('委托异地核实');
    await page.keyboard.press('k');
    expect(await active()).toBe('补正');
    await close();
  });

  test('a document is drawn in the window, in a font that it does not carry; Esc closes it', async () => {
    const { page, complaints, close } = await screens.open(MATTER);
    await page.getByRole('button', { name: '房产证（全部页）.pdf' }).first().click();
    const shown = page.getByRole('dialog', { name: /房产证/ });
    await shown.getByText('不动产权证书').waitFor({ state: 'attached' });
    const ink = await shown.locator('canvas').evaluate((canvas) => {
      const { width, height } = canvas as HTMLCanvasElement;
      const pixels = (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
      return Array.from(pixels).filter((value, index) => index % 4 === 0 && value < 128).length;
    });
    expect(ink).toBeGreaterThan(200);
    expect(complaints.filter((text) => !text.includes('inline style'))).toEqual([]);
    await page.keyboard.press('Escape');
    await shown.waitFor({ state: 'detached' });
    await close();
  });

  test('what goes into its evidence is counted as one counts such things', async () => {
    const { page, close } = await screens.open(MATTER);
    await page.getByRole('button', { name: '证据包…' }).click();
    const holds = page.getByRole('region', { name: '将装入' });
    await holds.getByText(/^回执\d+ 份$/).waitFor();
    await holds.getByText(/^机构名片\d+ 张$/).waitFor();
    await holds.getByText(/^时间戳\d+ 个$/).waitFor();
    await close();
  });

  test('Ctrl P shows the proof of delivery', async () => {
    const { page, close } = await screens.open(MATTER);
    await page.keyboard.press('Control+p');
    await page.getByRole('dialog', { name: '送达证明' }).getByRole('button', { name: '存为 PDF…' }).waitFor();
    await close();
  });
});

describe('the signature folder', () => {
  test('what was not read cannot be ticked, and the button leads to it', async () => {
    const { page, close } = await screens.open({ name: 'signature-folder', path: '/signature-folder' });
    expect(
      await page
        .getByRole('checkbox', { name: /^读完后才能选择/ })
        .first()
        .isDisabled(),
    ).toBe(true);
    await page.getByRole('button', { name: '签署并发出' }).click();
    await page.locator('[aria-current=true]', { hasText: '孙八刑事辩护' }).waitFor();
    await page.getByRole('checkbox', { name: /^选择 周九/ }).check();
    await page.getByRole('button', { name: '签署并发出 1 份' }).click();
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === '签名口令');
    await close();
  });
});

describe('states', () => {
  test('a refused question says what happened where the content would be, and can be asked again', async () => {
    const { page, close } = await screens.open(
      { name: 'home', path: '/' },
      { scene: { failing: ['home:today', 'matter:list'] } },
    );
    await page.getByRole('alert').first().waitFor();
    expect(await page.getByRole('alert').first().textContent()).toContain('IO_ERROR');
    expect(await page.getByRole('button', { name: '再取一次' }).count()).toBeGreaterThan(0);
    await close();
  });

  test('conditions without a hit offer to clear them', async () => {
    const { page, close } = await screens.open({ name: 'matters', path: '/matters?q=没有' });
    await page.getByText('没有符合条件的事项。').waitFor();
    await page.getByRole('button', { name: '清除条件' }).last().click();
    await page.getByRole('grid').waitFor();
    await close();
  });

  test('an empty inbox asks the routes, or says that there is none yet', async () => {
    const bare = await screens.open({ name: 'inbox', path: '/inbox' }, { scene: { empty: true } });
    await bare.page.getByRole('button', { name: '添加线路' }).click();
    await bare.page.waitForURL(/#\/settings\/routes$/);
    await bare.close();
    const { page, close } = await screens.open(
      { name: 'inbox', path: '/inbox' },
      { scene: { answers: { 'inbox:list': { items: [], next: null }, 'inbox:rejected': { items: [], next: null } } } },
    );
    await page.getByText('还没有收到文书。').waitFor();
    // Nothing is there to be chosen
    expect(await page.getByText('选一份文书来读').count()).toBe(0);
    await page.getByRole('button', { name: '立即收发' }).click();
    await page.getByRole('tab', { name: '拒收记录' }).click();
    await page.getByRole('button', { name: '查看收到的文书' }).click();
    await page.getByText('还没有收到文书。').waitFor();
    await close();
  });

  test('a matter without documents or log leads to where they would come from', async () => {
    const { page, close } = await screens.open(
      { name: 'matter', path: '/matters/019a0000-0000-7000-8000-000000000001' },
      { scene: { answers: { 'audit:list': { items: [], next: null, head: 0 } } } },
    );
    await page.getByRole('tab', { name: '操作记录' }).click();
    await page.getByRole('button', { name: '查看审计日志' }).click();
    await page.waitForURL(/#\/audit$/);
    await close();
  });
});

/** One of each kind of dialog that a button or a menu opens. */
const OPENED = [
  'restored-drop',
  'matters-save-view',
  'matter-evidence',
  'matter-remind',
  'directory-withdraw',
  'report-other-time',
  'identity-add',
  'token-sign',
  'card-issue',
  'device-add',
  'trust-remove',
  'trust-add',
];

const FROM_MENU = new Set(['matter-delivery', 'route-sftp']);

describe('closed, the focus is back on the button that it was opened by', () => {
  const { t } = createI18n('zh-CN');

  test.each([...OPENED, ...FROM_MENU])('%s', async (name) => {
    const { prepare, ...place } = PLACES.find((each) => each.name === name) ?? { path: '' };
    const { page, close } = await screens.open({ ...place, name });
    const pressed = await page.evaluateHandle(() => {
      const buttons: (Element | null)[] = [];
      const note = ({ target }: Event) => buttons.push((target as Element).closest('button, [role=menuitem]'));
      document.addEventListener('click', note, true);
      return buttons;
    });
    await prepare?.({ page, t });
    const dialogs = page.getByRole('dialog');
    await dialogs.last().waitFor();
    const isInside = () => page.evaluate(() => document.activeElement?.closest('[role=dialog]') !== null);
    await expect.poll(isInside, PATIENT).toBe(true);
    // Built for tests, the libraries give all layers one id: behind a menu that was open, Esc is the menu's
    if (FROM_MENU.has(name)) await page.locator('.ant-modal-close').press('Enter');
    else await page.keyboard.press('Escape');
    await dialogs.last().waitFor({ state: 'hidden' });
    // What stands no more, a menu's item, cannot have it
    const isBack = () =>
      page.evaluate((all) => all.filter((one) => one?.isConnected).includes(document.activeElement), pressed);
    await expect.poll(isBack, PATIENT).toBe(true);
    expect(await page.evaluate(() => document.activeElement?.closest('[role=dialog], [role=menu]'))).toBe(null);
    await close();
  });
});
