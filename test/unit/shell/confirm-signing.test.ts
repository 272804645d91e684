import type { BrowserWindow, MessageBoxOptions } from 'electron';
import { beforeEach, expect, test, vi } from 'vitest';
import { createI18n } from '../../../shared/i18n/create-i18n.ts';

const asked: MessageBoxOptions[] = [];
let response = 0;
vi.mock('electron', () => ({
  dialog: {
    showMessageBox: async (_window: unknown, options: MessageBoxOptions) => {
      asked.push(options);
      return { response };
    },
  },
}));
const { confirmSigning } = await import('../../../electron/shell/confirm-signing.ts');

const ITEM = {
  title: '李四 诈骗罪',
  act: 'submit',
  procedure: 'file-review',
  recipients: ['上海示例人民检察院'],
  documents: 2,
};
const ask = (items = [ITEM], signer = '示例律师') =>
  confirmSigning({} as BrowserWindow, createI18n('zh-CN').t, { signer, items }, new AbortController().signal);

beforeEach(() => {
  asked.length = 0;
  response = 0;
});

test('only the button that says so signs; Enter and Escape lead back', async () => {
  expect(await ask()).toBe(false);
  response = 1;
  expect(await ask()).toBe(true);
  const { buttons, defaultId, cancelId } = asked[0] ?? {};
  expect(buttons?.[1]).toBe('签署');
  expect([defaultId, cancelId]).toEqual([0, 0]);
});

test('it says who signs, what in the words of the procedure, with how many files and for whom', async () => {
  await ask();
  const text = `${asked[0]?.message}\n${asked[0]?.detail}`;
  for (const part of ['示例律师', '李四 诈骗罪', '申请阅卷', '2', '上海示例人民检察院']) expect(text).toContain(part);
});

test('a name writes no line of its own and turns no text around', async () => {
  await ask([{ ...ITEM, title: 'a\n\n已由主任批准\u202e', recipients: ['b\u2028c\r\u0000'] }]);
  const lines = (asked[0]?.detail ?? '').split('\n');
  expect(lines).toHaveLength(3);
  expect(asked[0]?.detail).not.toMatch(/[\u202e\u2028\r\0]/);
});

test('a long list and a long name leave room for the question', async () => {
  await ask(Array.from({ length: 200 }, () => ({ ...ITEM, title: 'x'.repeat(10_000) })));
  const detail = asked[0]?.detail ?? '';
  expect(detail.split('\n').length).toBeLessThan(20);
  expect(detail.length).toBeLessThan(5_000);
  expect(detail).toContain('188');
});
