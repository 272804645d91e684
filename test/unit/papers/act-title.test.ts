import { expect, test } from 'vitest';
import { actTitle } from '../../../shared/papers/common/act-title.ts';
import type { PaperSource } from '../../../shared/papers/paper-source.ts';

const titleOf = (act: string, type: string, subtype = ''): string =>
  actTitle({ act: { act }, matter: { type, subtype } } as Pick<PaperSource, 'act' | 'matter'>);

test.each([
  ['file-review', '', '阅卷申请书'],
  ['legal-aid', 'transfer', '法律援助申请'],
  ['legal-aid', 'assistance', '法律援助协作函'],
  ['notarization', 'request', '公证申请'],
  ['notarization', 'verification', '公证核实函'],
  ['mediation', '', '请求函'],
])('what was served is called by the paper that opens %s %s, not by a common word', (type, subtype, title) => {
  expect(titleOf('submit', type, subtype)).toBe(title);
});

test('later acts have the same name in every procedure', () => {
  expect(titleOf('supplement', 'notarization', 'request')).toBe('补正材料');
});
