import { expect, test } from 'vitest';
import { judgeChain } from '../../../electron/evidence/judge-chain.ts';
import { deriveMatterId } from '../../../electron/exchange/matter-id.ts';
import { makeAct } from '../../fixtures/exchange-messages.ts';
import { OFFICE } from '../../fixtures/forms.ts';

const { firm, procuratorate: lead, notaryAnhui: pickUp } = OFFICE;

test('an opening that somebody else added, refused everywhere, leaves a matter’s evidence without parties', () => {
  const made = makeAct({ from: firm, to: [lead, pickUp, firm] });
  const matter = deriveMatterId(firm, made.message.id);
  const opening = { m: made.m, message: { ...made.message, matter } };
  const late = makeAct({ from: pickUp, to: [firm, lead, pickUp] });
  const squat = { m: late.m, message: { ...late.message, matter } };
  const chain = judgeChain({
    acts: [squat, opening],
    enclosures: [],
    receipts: [],
    exportedBy: lead,
    cardsOf: () => [],
  });
  expect(chain.parties).toMatchObject({ opener: firm, lead });
  expect(chain.equivocations).toEqual([]);
});
