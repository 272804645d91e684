import { describe, expect, test } from 'vitest';
import type { M, OfficeId } from '../../../../shared/model/brand.ts';
import type { Form } from '../../../../shared/model/forms/parse-form.ts';
import type { Act } from '../../../../shared/model/vocabulary.ts';
import { ACTS } from '../../../../shared/model/vocabulary.ts';
import { PROCEDURES } from '../../../../shared/procedures/find-procedure.ts';
import { applyRules, foldMatter, listAllowedActs, type OrderedAct } from '../../../../shared/procedures/fold-matter.ts';
import { FILE_REVIEW, LEGAL_AID, NOTARIZATION, OFFICE } from '../../../fixtures/forms.ts';

const review = { type: 'file-review', opener: OFFICE.firm, lead: OFFICE.procuratorate } as const;
const acts = (...list: [OfficeId, Act, Form | undefined][]): OrderedAct[] =>
  list.map(([office, act, form], index) => ({
    m: String(index).padStart(64, '0') as M,
    office,
    act,
    form: form ?? {},
    voidCode: null,
  }));
const states = (list: OrderedAct[]) => foldMatter(review, list).map(({ state, voidCode }) => voidCode ?? state);

describe('foldMatter', () => {
  test('a file review goes from submission to its archive', () => {
    const list = acts(
      [OFFICE.firm, 'submit', FILE_REVIEW['submit']],
      [OFFICE.notaryAnhui, 'receipt', FILE_REVIEW['firstCheck']],
      [OFFICE.procuratorate, 'decision', FILE_REVIEW['granted']],
      [OFFICE.procuratorate, 'deliver', FILE_REVIEW['deliver']],
      [OFFICE.firm, 'receipt', FILE_REVIEW['collected']],
      [OFFICE.procuratorate, 'close', FILE_REVIEW['close']],
    );
    expect(states(list)).toEqual(['submitted', 'first-checked', 'granted', 'delivered', 'collected', 'closed']);
  });

  test('of a withdrawal and a decision the one that the lead puts first counts, the other is void', () => {
    const opening: [OfficeId, Act, Form | undefined] = [OFFICE.firm, 'submit', FILE_REVIEW['submit']];
    const withdrawal: [OfficeId, Act, Form | undefined] = [OFFICE.firm, 'withdraw', FILE_REVIEW['withdraw']];
    const decision: [OfficeId, Act, Form | undefined] = [OFFICE.procuratorate, 'decision', FILE_REVIEW['denied']];
    expect(states(acts(opening, withdrawal, decision))).toEqual(['submitted', 'withdrawn', 'ACT_NOT_ALLOWED']);
    expect(states(acts(opening, decision, withdrawal))).toEqual(['submitted', 'denied', 'ACT_NOT_ALLOWED']);
  });

  test('a void act changes nothing and says why', () => {
    const list = acts(
      [OFFICE.firm, 'submit', FILE_REVIEW['submit']],
      [OFFICE.firm, 'decision', FILE_REVIEW['granted']],
      [OFFICE.procuratorate, 'deliver', FILE_REVIEW['deliver']],
      [OFFICE.procuratorate, 'decision', { outcome: 'granted', on: 'today' }],
    );
    expect(foldMatter(review, list).map(({ voidReason, state }) => [voidReason, state])).toEqual([
      [null, 'submitted'],
      ['role', 'submitted'],
      ['state', 'submitted'],
      ['field:on', 'submitted'],
    ]);
  });

  test('nothing happens before the opening act, and only the opener opens', () => {
    const list = acts(
      [OFFICE.procuratorate, 'decision', FILE_REVIEW['granted']],
      [OFFICE.procuratorate, 'submit', FILE_REVIEW['submit']],
      [OFFICE.firm, 'submit', FILE_REVIEW['submit']],
      [OFFICE.firm, 'submit', FILE_REVIEW['submit']],
    );
    expect(states(list)).toEqual(['ACT_NOT_ALLOWED', 'ACT_NOT_ALLOWED', 'submitted', 'ACT_NOT_ALLOWED']);
  });

  test('an act that the order itself makes void stays void whatever the procedure says', () => {
    const [opening] = acts([OFFICE.firm, 'submit', FILE_REVIEW['submit']]);
    expect(opening === undefined ? [] : states([{ ...opening, voidCode: 'SEQUENCE_BROKEN' }])).toEqual([
      'SEQUENCE_BROKEN',
    ]);
  });

  test('the subtype of the opening form chooses the procedure', () => {
    const parties = { type: 'legal-aid', opener: OFFICE.centreJiangsu, lead: OFFICE.centreZhejiang } as const;
    const list = acts(
      [OFFICE.centreJiangsu, 'submit', LEGAL_AID['assistance']],
      [OFFICE.centreZhejiang, 'decision', LEGAL_AID['granted']],
      [OFFICE.centreZhejiang, 'decision', LEGAL_AID['accepted']],
      [OFFICE.centreZhejiang, 'deliver', LEGAL_AID['answer']],
      [OFFICE.centreJiangsu, 'close', LEGAL_AID['close']],
    );
    expect(foldMatter(parties, list).map(({ voidCode, state }) => voidCode ?? state)).toEqual([
      'requested',
      'FORM_INVALID',
      'accepted',
      'answered',
      'closed',
    ]);
  });

  test('a supplement after acceptance leaves a notarization accepted', () => {
    const parties = { type: 'notarization', opener: OFFICE.firm, lead: OFFICE.notaryAnhui } as const;
    const list = acts(
      [OFFICE.firm, 'submit', NOTARIZATION['request']],
      [OFFICE.notaryAnhui, 'receipt', NOTARIZATION['accepted']],
      [OFFICE.notaryAnhui, 'supplement-request', FILE_REVIEW['supplementRequest']],
      [OFFICE.firm, 'supplement', FILE_REVIEW['supplement']],
      [OFFICE.notaryAnhui, 'decision', NOTARIZATION['issued']],
    );
    expect(foldMatter(parties, list).at(-1)?.state).toBe('issued');
  });
});

describe.each(PROCEDURES.map((procedure) => [`${procedure.type} ${procedure.subtype}`, procedure] as const))(
  '%s',
  (_, procedure) => {
    const reached = new Set([procedure.opened, ...procedure.rules.flatMap(({ to }) => to ?? [])]);

    test('every state that a rule starts from is reached by some rule', () => {
      expect(procedure.rules.flatMap(({ from }) => from).filter((state) => !reached.has(state))).toEqual([]);
    });
    test('a final state allows nothing, and every other state lets the lead or the opener go on', () => {
      for (const state of reached) {
        const allowed = (['opener', 'lead'] as const).flatMap((role) => listAllowedActs(procedure, state, role));
        expect([state, allowed.length > 0]).toEqual([state, !procedure.final.includes(state)]);
      }
    });
    test('no act of no role opens a final state again', () => {
      for (const state of procedure.final) {
        for (const act of ACTS) expect(applyRules(procedure, state, act, 'lead', {}).voidCode).toBe('ACT_NOT_ALLOWED');
      }
    });
  },
);
