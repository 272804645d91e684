import { describe, expect, test } from 'vitest';
import type { Form } from '../../../../shared/model/forms/form.ts';
import { civilMomentAt } from '../../../../shared/procedures/clock/civil-date.ts';
import {
  foldMatter,
  listPossibleActs,
  type MatterFold,
  type OrderedAct,
} from '../../../../shared/procedures/fold-matter.ts';
import { FILE_REVIEW, LEGAL_AID, NOTARIZATION, OFFICE, RESIDENT_ID } from '../../../fixtures/forms.ts';
import { ordered, type Told } from '../../../fixtures/ordered-acts.ts';

const { firm, procuratorate: lead, notaryAnhui: pickUp, notaryShanghai: stranger } = OFFICE;
const review = { type: 'file-review', opener: firm, lead } as const;
const SUBMIT: Told = [firm, 'submit', FILE_REVIEW['submit']];
const named = (change: Form): Form => ({ ...FILE_REVIEW['submit'], ...change });
const WITH_PICK_UP: Told = [firm, 'submit', named({ pickUpOffice: { name: '合肥市某检察院', id: pickUp } })];
const check = (step: string): Form => ({ step, on: '2026-11-24' });
const fold = (...list: Told[]): MatterFold => foldMatter(review, ordered(list));
const states = (...list: Told[]) => fold(...list).acts.map(({ state, voidCode }) => voidCode ?? state);
const reasons = (...list: Told[]) => fold(...list).acts.map(({ voidReason }) => voidReason);

describe('foldMatter', () => {
  test('a file review goes from submission to its archive, both offices checking before the decision', () => {
    expect(
      states(
        WITH_PICK_UP,
        [lead, 'receipt', check('registered')],
        [pickUp, 'receipt', check('first-check')],
        [lead, 'receipt', check('second-check')],
        [lead, 'decision', FILE_REVIEW['granted']],
        [firm, 'receipt', FILE_REVIEW['pledge']],
        [lead, 'deliver', FILE_REVIEW['deliver']],
        [firm, 'receipt', FILE_REVIEW['collected']],
        [lead, 'close', FILE_REVIEW['close']],
      ),
    ).toEqual([
      'submitted',
      'registered',
      'first-checked',
      'second-checked',
      'granted',
      'pledged',
      'delivered',
      'collected',
      'closed',
    ]);
  });

  test('where a pick-up office is named, neither the second check nor the decision comes before its own', () => {
    expect(
      reasons(WITH_PICK_UP, [lead, 'receipt', check('second-check')], [lead, 'decision', FILE_REVIEW['granted']]),
    ).toEqual([null, 'needs:pickUpOffice.id', 'needs:pickUpOffice.id']);
    expect(states(SUBMIT, [lead, 'decision', FILE_REVIEW['granted']])).toEqual(['submitted', 'granted']);
  });

  test('the office that the opening form names has the part, another participant has none', () => {
    const form = check('first-check');
    expect(reasons(WITH_PICK_UP, [stranger, 'receipt', form], [pickUp, 'receipt', form])).toEqual([null, 'role', null]);
    expect(reasons(SUBMIT, [stranger, 'receipt', form])).toEqual([null, null]);
  });

  test('the office that decides checks the originals in place of the one that has them', () => {
    const form = check('first-check');
    expect(reasons(WITH_PICK_UP, [lead, 'receipt', form], [firm, 'receipt', form])).toEqual([null, 'role', 'role']);
  });

  test('the dossier does not leave before the pledge', () => {
    const deliver: Told = [lead, 'deliver', FILE_REVIEW['deliver']];
    const granted: Told = [lead, 'decision', FILE_REVIEW['granted']];
    const pledge: Told = [firm, 'receipt', FILE_REVIEW['pledge']];
    expect(states(SUBMIT, granted, deliver, pledge, deliver)).toEqual([
      'submitted',
      'granted',
      'ACT_NOT_ALLOWED',
      'pledged',
      'delivered',
    ]);
    const prepared: Told = [
      lead,
      'notice',
      { notice: 'prepared', on: '2026-11-25', volumes: [{ number: '1', title: '卷' }] },
    ];
    expect(states(SUBMIT, granted, prepared, deliver, pledge, deliver).slice(2)).toEqual([
      'prepared',
      'ACT_NOT_ALLOWED',
      'pledged',
      'delivered',
    ]);
  });

  test('of a withdrawal and a decision the one that the lead puts first counts, the other is void', () => {
    const withdrawal: Told = [firm, 'withdraw', FILE_REVIEW['withdraw']];
    const decision: Told = [lead, 'decision', FILE_REVIEW['denied']];
    expect(states(SUBMIT, withdrawal, decision)).toEqual(['submitted', 'withdrawn', 'ACT_NOT_ALLOWED']);
    expect(states(SUBMIT, decision, withdrawal)).toEqual(['submitted', 'denied', 'ACT_NOT_ALLOWED']);
  });

  test('a void act changes nothing, not even a clock, and says why', () => {
    const before = fold(SUBMIT);
    const after = fold(
      SUBMIT,
      [firm, 'decision', FILE_REVIEW['granted']],
      [lead, 'deliver', FILE_REVIEW['deliver']],
      [lead, 'decision', { outcome: 'granted', on: 'today' }],
      [lead, 'decision', { outcome: 'whatever', on: '2026-11-25' }],
      SUBMIT,
    );
    expect(after.acts.slice(1).map(({ voidReason, state }) => [voidReason, state])).toEqual([
      ['role', 'submitted'],
      ['state', 'submitted'],
      ['field:on', 'submitted'],
      ['field:outcome', 'submitted'],
      ['state', 'submitted'],
    ]);
    expect(after.clocks).toEqual(before.clocks);
  });

  test('an act performed twice counts once', () => {
    const granted: Told = [lead, 'decision', FILE_REVIEW['granted']];
    expect(states(SUBMIT, granted, granted)).toEqual(['submitted', 'granted', 'ACT_NOT_ALLOWED']);
  });

  test('nothing happens before the opening act, and only the opener opens', () => {
    expect(
      states([lead, 'decision', FILE_REVIEW['granted']], [lead, 'submit', FILE_REVIEW['submit']], SUBMIT, SUBMIT),
    ).toEqual(['ACT_NOT_ALLOWED', 'ACT_NOT_ALLOWED', 'submitted', 'ACT_NOT_ALLOWED']);
  });

  test('an act that the order itself makes void stays void whatever the procedure says', () => {
    const [opening] = ordered([SUBMIT]) as [OrderedAct];
    expect(foldMatter(review, [{ ...opening, voidCode: 'SEQUENCE_BROKEN' }]).acts[0]?.voidCode).toBe('SEQUENCE_BROKEN');
  });

  test('the subtype of the opening form chooses the procedure', () => {
    const [jiangsu, zhejiang] = [OFFICE.centreJiangsu, OFFICE.centreZhejiang];
    const list: Told[] = [
      [jiangsu, 'submit', LEGAL_AID['assistance']],
      [zhejiang, 'decision', LEGAL_AID['granted']],
      [zhejiang, 'decision', LEGAL_AID['accepted']],
      [zhejiang, 'deliver', LEGAL_AID['answer']],
      [jiangsu, 'close', LEGAL_AID['close']],
    ];
    const { acts, procedure } = foldMatter({ type: 'legal-aid', opener: jiangsu, lead: zhejiang }, ordered(list));
    expect(procedure?.name).toBe('legal-aid-assistance');
    expect(acts.map(({ voidCode, state }) => voidCode ?? state)).toEqual([
      'requested',
      'FORM_INVALID',
      'accepted',
      'answered',
      'closed',
    ]);
  });

  test('a supplement after acceptance leaves a notarization accepted', () => {
    const parties = { type: 'notarization', opener: firm, lead: pickUp } as const;
    const list: Told[] = [
      [firm, 'submit', NOTARIZATION['request']],
      [pickUp, 'receipt', NOTARIZATION['accepted']],
      [pickUp, 'supplement-request', FILE_REVIEW['supplementRequest']],
      [firm, 'supplement', FILE_REVIEW['supplement']],
      [pickUp, 'decision', NOTARIZATION['issued']],
    ];
    expect(foldMatter(parties, ordered(list)).state).toBe('issued');
  });

  test('a complaint is pending beside the state, is answered once, and reopens what was denied', () => {
    const complaint: Told = [
      firm,
      'request',
      { request: 'complaint', on: '2026-11-25', facts: '不予安排', wanted: '安排阅卷' },
    ];
    const upheld: Told = [lead, 'decision', { outcome: 'complaint-upheld', on: '2026-11-26', reason: '成立' }];
    const denied: Told = [lead, 'decision', FILE_REVIEW['denied']];
    const pending = fold(SUBMIT, denied, complaint);
    expect([pending.state, pending.sides]).toEqual(['denied', ['complaint']]);
    const ended = fold(SUBMIT, denied, complaint, [lead, 'close', FILE_REVIEW['close']]);
    expect([ended.state, ended.sides]).toEqual(['closed', []]);
    const reopened = fold(SUBMIT, denied, complaint, complaint, upheld, upheld);
    expect([reopened.state, reopened.sides]).toEqual(['registered', []]);
    expect(reopened.acts.map(({ voidReason }) => voidReason)).toEqual([null, null, null, 'state', null, 'state']);
  });
});

describe('the end of a period', () => {
  const overdue: Form = { notice: 'overdue', on: '2026-11-28' };

  test('becomes a state by an ordered act that the lead’s own receipts prove right, and is void for everyone before it', () => {
    // Three working days after Tuesday 24 November end on Friday the 27th.
    expect(reasons(SUBMIT, [firm, 'notice', overdue, '2026-11-27'], [firm, 'notice', overdue, '2026-11-28'])).toEqual([
      null,
      'clock',
      null,
    ]);
    expect(fold(SUBMIT, [firm, 'notice', overdue, '2026-11-28']).sides).toEqual(['overdue']);
  });

  test('silence after a supplement notice is a withdrawal only once the named day has passed', () => {
    const [jiangsu, zhejiang] = [OFFICE.centreJiangsu, OFFICE.centreZhejiang];
    const silence: Form = { notice: 'deemed-withdrawn', on: '2026-12-01' };
    const told = (on: string): Told[] => [
      [jiangsu, 'submit', LEGAL_AID['transfer']],
      [zhejiang, 'supplement-request', FILE_REVIEW['supplementRequest']],
      [zhejiang, 'notice', silence, on],
    ];
    const parties = { type: 'legal-aid', opener: jiangsu, lead: zhejiang } as const;
    expect(foldMatter(parties, ordered(told('2026-11-30'))).state).toBe('supplementing');
    const lapsed = foldMatter(parties, ordered(told('2026-12-01')));
    expect(lapsed.state).toBe('deemed-withdrawn');
    expect(lapsed.clocks.map(({ id, state }) => [id, state])).toEqual([
      ['decide', 'lapsed'],
      ['decide-strict', 'lapsed'],
      ['supplement', 'lapsed'],
    ]);
  });

  test('where the receipt that proves it is missing the fold waits, it does not guess', () => {
    const acts = ordered([
      SUBMIT,
      [firm, 'notice', overdue, '2026-11-28'],
      [firm, 'withdraw', FILE_REVIEW['withdraw']],
    ]);
    const without = (index: number) => acts.map((act, at) => (at === index ? { ...act, receivedAt: null } : act));
    for (const index of [0, 1]) {
      const { stuck, state, acts: judged } = foldMatter(review, without(index));
      expect([stuck, state, judged.length]).toEqual([true, 'submitted', 1]);
    }
    expect(foldMatter(review, without(2))).toMatchObject({ stuck: false, state: 'withdrawn' });
  });
});

describe('clocks', () => {
  const [jiangsu, zhejiang] = [OFFICE.centreJiangsu, OFFICE.centreZhejiang];
  const transfer = (...list: Told[]) =>
    foldMatter(
      { type: 'legal-aid', opener: jiangsu, lead: zhejiang },
      ordered([[jiangsu, 'submit', LEGAL_AID['transfer']], ...list]),
    ).clocks;
  const ask: Told = [zhejiang, 'supplement-request', FILE_REVIEW['supplementRequest'], '2026-11-26'];
  const answer: Told = [jiangsu, 'supplement', FILE_REVIEW['supplement'], '2026-11-30'];

  test('start with the lead’s receipt, pause with the notice, go on with the papers, and are met by the decision', () => {
    expect(transfer().map(({ id, state, due, basis }) => [id, state, due, basis])).toEqual([
      ['decide', 'running', '2026-12-01', 'lead-receipt'],
      ['decide-strict', 'running', '2026-12-01', 'lead-receipt'],
    ]);
    expect(transfer(ask)[0]).toMatchObject({ state: 'paused', due: null, remaining: { length: 5, unit: 'day' } });
    expect(transfer(ask, answer)[0]).toMatchObject({
      due: '2026-12-07',
      pauses: [{ cause: 'buzheng', effect: 'pause', from: '2026-11-26', to: '2026-11-30' }],
    });
    const granted: Told = [zhejiang, 'decision', LEGAL_AID['granted'], '2026-12-08'];
    expect(transfer(ask, answer, granted)[0]).toMatchObject({ state: 'met', late: true, endedAt: '2026-12-08T10:00' });
  });

  test('a receipt dated before the notice that it answers takes no days away from the period', () => {
    const back: Told = [jiangsu, 'supplement', FILE_REVIEW['supplement'], '2026-11-20'];
    expect(transfer(ask, back)[0]).toMatchObject({ state: 'running', due: '2026-12-01' });
  });

  test('the last day of a person in custody does not move past a holiday, that of others does', () => {
    const defender = {
      name: '吴己',
      identity: { kind: 'resident-id', number: RESIDENT_ID },
      relation: '父',
      phone: '0551-60000000',
    };
    const dueOf = (inCustody: boolean) => {
      const { lawyers: _, ...form } = FILE_REVIEW['submit'] ?? {};
      const party = { name: '李乙', standing: 'suspect', inCustody };
      const submit: Told = [firm, 'submit', { ...form, applicant: 'other-defender', defender, party }, '2026-02-12'];
      return fold(submit).clocks.find(({ id }) => id === 'permit')?.due;
    };
    expect([dueOf(true), dueOf(false)]).toEqual(['2026-02-15', '2026-02-24']);
  });

  test('overlapping pauses for papers and for an inquiry elsewhere count once', () => {
    const begun: Told = [
      zhejiang,
      'notice',
      { notice: 'inquiry-started', on: '2026-11-25', office: '某中心', about: '收入' },
      '2026-11-25',
    ];
    const over: Told = [zhejiang, 'notice', { notice: 'inquiry-ended', on: '2026-11-28' }, '2026-11-28'];
    expect(transfer(begun, ask, over, answer)[0]).toMatchObject({ state: 'running', due: '2026-12-07' });
  });

  test('a file that came from custody is late when it was passed on after 24 hours, to the minute', () => {
    const late = (custodyReceivedAt: string) =>
      foldMatter(
        { type: 'legal-aid', opener: jiangsu, lead: zhejiang },
        ordered([[jiangsu, 'submit', { ...LEGAL_AID['transfer'], custodyReceivedAt }]]),
      ).clocks.find(({ id }) => id === 'forward');
    expect(late('2026-11-23T10:00')).toMatchObject({ state: 'met', due: '2026-11-24T10:00', late: false });
    expect(late('2026-11-23T09:59')).toMatchObject({ state: 'met', due: '2026-11-24T09:59', late: true });
  });

  test('a new date for an answer replaces the old one and stays one period', () => {
    const parties = { type: 'legal-aid', opener: jiangsu, lead: zhejiang } as const;
    const clocks = foldMatter(
      parties,
      ordered([
        [jiangsu, 'submit', LEGAL_AID['assistance']],
        [zhejiang, 'decision', { outcome: 'rescheduled', on: '2026-12-01', by: '2027-01-15', reason: '证人出差' }],
      ]),
    ).clocks;
    expect(clocks.map(({ id, turn, due, rule, status }) => [id, turn, due, rule, status])).toEqual([
      ['answer', 1, '2027-01-15', null, 'agreed'],
    ]);
  });

  test('past the last holiday notice a date is provisional', () => {
    const [clock] = foldMatter(review, ordered([[firm, 'submit', FILE_REVIEW['submit'], '2026-12-30']])).clocks;
    expect(clock).toMatchObject({ due: '2027-01-05', provisional: true });
  });

  test('a watch of the lead that runs days behind or ahead gives every office the same clock, by the receipt', () => {
    const asked: Told = [zhejiang, 'supplement-request', FILE_REVIEW['supplementRequest'], '2026-11-30'];
    const back: Told = [jiangsu, 'supplement', FILE_REVIEW['supplement'], '2026-11-25'];
    expect(transfer(asked, back)[0]).toMatchObject({ state: 'running', due: '2026-12-01' });
  });
});

describe('dates that no honest office names', () => {
  const parties = { type: 'notarization', opener: firm, lead: pickUp } as const;
  const opening: Told = [firm, 'submit', NOTARIZATION['request']];
  const issue = (...list: Told[]) => {
    const { state, clocks } = foldMatter(parties, ordered([opening, ...list]));
    return [state, clocks.find(({ id }) => id === 'issue')?.state];
  };
  const accepted = (on: string): Told => [pickUp, 'receipt', { ...NOTARIZATION['accepted'], on }];

  test('leave the period uncounted for everyone, and stop nothing', () => {
    expect(issue(accepted('9999-12-31'))).toEqual(['accepted', 'unknown']);
    expect(issue(accepted('0001-01-01'))).toEqual(['accepted', 'unknown']);
    const ask: Told = [pickUp, 'supplement-request', FILE_REVIEW['supplementRequest']];
    const late: Told = [firm, 'supplement', FILE_REVIEW['supplement'], '2150-01-01'];
    expect(issue(accepted('2026-11-25'), ask, late)).toEqual(['accepted', 'unknown']);
    const never: Told = [firm, 'supplement', FILE_REVIEW['supplement'], '9999-12-31T23:59:59.999Z'];
    expect(issue(accepted('2026-11-25'), ask, never)).toEqual(['accepted', 'unknown']);
  });
});

describe('listPossibleActs', () => {
  const at = civilMomentAt(Date.parse('2026-11-24T02:00:00Z'));
  const ids = (role: string, on: typeof at, ...list: Told[]) =>
    listPossibleActs(fold(...list), role, on).map(({ id }) => id);

  test('names what an office may do now, in the order of the procedure', () => {
    expect(ids('opener', at, SUBMIT)).toEqual(['complaint', 'withdraw']);
    expect(ids('pick-up', at, WITH_PICK_UP)).toEqual([
      'registered',
      'first-check',
      'supplement-request',
      'delay-explained',
    ]);
    expect(ids('lead', at, WITH_PICK_UP)).not.toContain('granted');
    expect(ids('observer', at, SUBMIT)).toEqual([]);
  });
  test('offers to point out lateness on the day after the period ended and not before', () => {
    expect(ids('opener', civilMomentAt(Date.parse('2026-11-27T15:59:00Z')), SUBMIT)).not.toContain('overdue');
    expect(ids('opener', civilMomentAt(Date.parse('2026-11-27T16:00:00Z')), SUBMIT)).toContain('overdue');
  });
});
