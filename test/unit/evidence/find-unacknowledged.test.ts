import { expect, test } from 'vitest';
import { findUnacknowledged } from '../../../electron/evidence/find-unacknowledged.ts';
import type { M } from '../../../shared/model/brand.ts';
import { OFFICE } from '../../fixtures/forms.ts';

const { firm, procuratorate: lead } = OFFICE;
const m = 'a'.repeat(64) as M;
const act = { m, office: firm };

test.each([
  ['nobody’s receipt', [], [m]],
  ['its author’s own receipt', [{ office: firm, kind: 'delivered' }], [m]],
  ['a refusal, which is signed too', [{ office: lead, kind: 'refused' }], [m]],
  [
    'a refusal beside its author’s own receipt',
    [
      { office: lead, kind: 'refused' },
      { office: firm, kind: 'delivered' },
    ],
    [m],
  ],
  ['a receipt of another office', [{ office: lead, kind: 'delivered' }], []],
  [
    'a refusal that a receipt of the same office heals',
    [
      { office: lead, kind: 'refused' },
      { office: lead, kind: 'delivered' },
    ],
    [],
  ],
] as const)('an act with %s is told from one that another office has signed for', (_, answers, expected) => {
  const receipts = answers.map((answer) => ({ ...answer, message: m }));
  expect(findUnacknowledged([act], receipts)).toEqual(expected);
});

test('a receipt of another message acknowledges nothing here', () => {
  const receipts = [{ message: 'b'.repeat(64), office: lead, kind: 'delivered' } as const];
  expect(findUnacknowledged([act], receipts)).toEqual([m]);
});
