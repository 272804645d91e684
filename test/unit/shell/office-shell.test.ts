import type { BrowserWindow, MessageBoxOptions } from 'electron';
import { expect, test, vi } from 'vitest';
import type { PrintedPages } from '../../../electron/shell/printed-pages.ts';
import { FIRM } from '../../fixtures/fake-bridge/cast.ts';

/** A dialog of the system that stays until somebody answers it or its signal takes it away. */
let asked: MessageBoxOptions | null = null;
let answer: (response: number) => void = () => {};
vi.mock('electron', () => ({
  app: {},
  dialog: {
    showMessageBox: (_window: unknown, options: MessageBoxOptions) => {
      const { promise, resolve } = Promise.withResolvers<{ response: number }>();
      asked = options;
      answer = (response) => resolve({ response });
      options.signal?.addEventListener('abort', () => resolve({ response: options.cancelId ?? 0 }));
      return promise;
    },
  },
}));
const { createOfficeShell } = await import('../../../electron/shell/office-shell.ts');

const shell = createOfficeShell({
  bundle: '',
  pages: {} as PrintedPages,
  preferences: {
    read: () => ({ language: 'zh-CN', appearance: 'light', singleKeys: true }),
    change: () => Promise.reject(new Error('not here')),
  },
  isPreview: false,
  window: { get: () => ({}) as BrowserWindow, find: () => null },
  choose: () => {},
  now: () => new Date(),
});
const item = { title: '李四 诈骗罪', act: 'submit', procedure: 'file-review', recipients: ['某检察院'], documents: 1 };

test('a lock leaves the question before a signature, and the names in it, above the locked window', async () => {
  for (const ask of [
    () => shell.confirmSigning({ signer: '张三', items: [item] }),
    () => shell.confirmAct({ act: 'card', subject: FIRM.name, facts: [] }),
    () => shell.confirmUpdate('1.0.0'),
  ]) {
    const answered = ask();
    shell.forgetSettings();
    expect(asked?.signal?.aborted).toBe(true);
    expect(await answered).toBe(false);
  }
});

test('a question that the system leaves standing over the lock signs when somebody says yes to it', async () => {
  const answered = shell.confirmSigning({ signer: '张三', items: [item] });
  answer(1);
  shell.forgetSettings();
  expect(await answered).toBe(false);
  const next = shell.confirmSigning({ signer: '张三', items: [item] });
  answer(1);
  expect(await next).toBe(true);
});
