import type { BrowserWindow, MessageBoxOptions } from 'electron';
import { beforeEach, expect, test, vi } from 'vitest';
import { createI18n } from '../../../shared/i18n/create-i18n.ts';
import { type ActFact, ASKED_ACTS, type AskedAct } from '../../../shared/model/act-question.ts';
import type { Sha256 } from '../../../shared/model/brand.ts';

const asked: MessageBoxOptions[] = [];
let responses: number[] = [];
vi.mock('electron', () => ({
  dialog: {
    showMessageBox: async (_window: unknown, options: MessageBoxOptions) => {
      asked.push(options);
      return { response: responses.shift() ?? 0 };
    },
  },
}));
const { confirmAct } = await import('../../../electron/shell/confirm-act.ts');
const { oneQuestionAtATime } = await import('../../../electron/shell/one-question-at-a-time.ts');

const FINGERPRINT = '0123456789abcdef'.repeat(4) as Sha256;
const OFFICE: ActFact = { name: 'office', value: '上海示例人民检察院', fingerprint: FINGERPRINT };
const ask = (facts: readonly ActFact[] = [OFFICE], act: AskedAct = 'card', language: 'zh-CN' | 'en' = 'zh-CN') =>
  confirmAct(
    {} as BrowserWindow,
    createI18n(language).t,
    { act, subject: '上海示例人民检察院', facts },
    new AbortController().signal,
  );

beforeEach(() => {
  asked.length = 0;
  responses = [];
});

test.each(ASKED_ACTS)('%s is done by its own button alone; Enter and Escape lead back', async (act) => {
  for (const language of ['zh-CN', 'en'] as const) {
    expect(await ask([OFFICE], act, language)).toBe(false);
    responses = [1];
    expect(await ask([OFFICE], act, language)).toBe(true);
    const { buttons, defaultId, cancelId, message, detail } = asked.at(-1) ?? {};
    expect(buttons).toHaveLength(2);
    expect(buttons?.[1]).not.toBe(buttons?.[0]);
    expect([defaultId, cancelId]).toEqual([0, 0]);
    expect(`${message}${detail}${buttons}`).not.toMatch(/shell\.ask|\{\{/);
  }
});

test('a fingerprint stands in groups of four, as it is read aloud', async () => {
  await ask();
  expect(asked[0]?.detail).toContain('0123 4567 89AB CDEF\n0123 4567 89AB CDEF\n');
});

test('a name writes no line of its own and turns no text around', async () => {
  await ask([OFFICE]);
  const lines = (asked[0]?.detail ?? '').split('\n').length;
  await ask([{ ...OFFICE, value: 'a\n指纹已核对\u202e\u2028b\r\u0000' }]);
  expect((asked[1]?.detail ?? '').split('\n')).toHaveLength(lines);
  expect(asked[1]?.detail).not.toMatch(/[\u202e\u2028\r\0]/);
});

test('a long address shows both of its ends', async () => {
  await ask([{ name: 'address', value: `https://evil.example.net/${'x'.repeat(5000)}/dav.example.org` }], 'route');
  expect(asked[0]?.detail).toContain('https://evil.example.net/');
  expect(asked[0]?.detail).toContain('/dav.example.org');
  expect(asked[0]?.detail?.length).toBeLessThan(1000);
});

test('what fits on no screen is asked page by page, and one no is a no', async () => {
  const facts = Array.from({ length: 12 }, (_, index): ActFact => ({ name: 'host', value: `host-${index}.example` }));
  responses = [1, 1, 1];
  expect(await ask(facts, 'network')).toBe(true);
  const text = asked.map(({ detail }) => detail).join('\n');
  for (const { value } of facts) expect(text).toContain(value);
  responses = [1, 0, 1];
  expect(await ask(facts, 'network')).toBe(false);
});

test('a word of the contract is said in the words of the person', async () => {
  await ask([{ name: 'policy', value: 'off' }], 'revocation');
  expect(asked[0]?.detail).toContain('不查询');
  await ask([{ name: 'office', value: 'off' }]);
  expect(asked[1]?.detail).toContain('机构：off');
});

test('a question that comes up under the hand of whoever answers another is a no', async () => {
  const { ask: askAlone } = oneQuestionAtATime();
  const first = Promise.withResolvers<boolean>();
  const answer = askAlone(() => first.promise);
  expect(await askAlone(async () => true)).toBe(false);
  first.resolve(true);
  expect(await answer).toBe(true);
  expect(await askAlone(async () => true)).toBe(true);
});
