import { describe, expect, test } from 'vitest';
import { CLOCK_RULES } from '../../../../shared/procedures/clock/rules.ts';
import { findProcedureByName } from '../../../../shared/procedures/find-procedure.ts';
import { PROCEDURES } from '../../../../shared/procedures/registry.ts';

/** 公证法 31 (1) to (9) */
const NOTARY_ACT_31 = [
  'no-guardian',
  'no-interest',
  'needs-appraisal',
  'dispute',
  'falsehood',
  'insufficient-proof',
  'untrue-or-illegal',
  'public-morals',
  'fee-unpaid',
];

/**
 * What the statutes list, written down apart from the procedures: scenarios are walked from the procedures themselves, and would not miss a ground that somebody
 * took out of them.
 */
const STATUTES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'file-review': {
    // 律师法 33; 刑诉规则 56; 刑诉规则 48, against defenders who are no lawyers
    denied: [
      'credentials-incomplete',
      'agent-not-permitted',
      'accomplice-at-large',
      'facts-unclear',
      'secrets',
      'collusion-risk',
    ],
    // 刑诉规则 47; 刑诉法解释 65; classes that local guides keep offline: never a denial
    redirected: [
      'before-review',
      'no-electronic-dossier',
      'case-moved',
      'court-permission',
      'on-site-secret',
      'on-site-minor',
      'on-site-accomplice',
      'on-site-security',
      'on-site-terror',
    ],
  },
  'legal-aid-transfer': {
    // 法律援助法 31, 32, 38, 41, 43; the same matter belongs to the centre that received it first
    refused: ['out-of-scope', 'means', 'identity', 'no-jurisdiction', 'earlier-centre'],
    // 法律援助法 48 (1) to (7)
    terminated: [
      'deception',
      'withheld-facts',
      'unlawful-use',
      'means-changed',
      'case-ended',
      'own-counsel',
      'asked-to-end',
    ],
  },
  'notarization-request': {
    refused: NOTARY_ACT_31,
    // and 公证法 11, 25, 26
    'not-accepted': [...NOTARY_ACT_31, 'out-of-scope', 'no-jurisdiction', 'in-person'],
    // 公证程序规则 50
    terminated: ['six-months', 'applicant-withdrew', 'applicant-died', 'obstruction'],
  },
};

const rows = Object.entries(STATUTES).flatMap(([name, acts]) =>
  Object.entries(acts).map(([act, ids]) => [name, act, ids] as const),
);

describe('grounds', () => {
  test.each(rows)('%s, %s: one of the statute is missing, or one was invented', (name, act, ids) => {
    const grounds = findProcedureByName(name)?.grounds ?? [];
    expect(grounds.filter(({ acts }) => acts.includes(act)).map(({ id }) => id)).toEqual(ids);
  });
  test('a class that is kept offline is a denial', () => {
    const offline = PROCEDURES.flatMap(({ grounds }) => grounds).filter(({ id }) => id.startsWith('on-site'));
    expect(offline.length).toBeGreaterThan(0);
    for (const { id, kind, acts } of offline)
      expect([id, kind, acts.includes('denied')]).toEqual([id, 'redirection', false]);
  });
});

type Clock = readonly [
  name: string,
  id: string,
  rule: string | null,
  start: string,
  end: readonly string[],
  stop: readonly string[],
  touched: readonly string[],
];

/** Whose duty begins with what and ends with what, by the statutes: the rule, `<act>@<time>`, every act that meets or stops it, and what time it leaves out. */
const CLOCKS: readonly Clock[] = [
  // 刑诉规则 49, 48, 58
  [
    'file-review',
    'arrange',
    'yj.gz49.arrange',
    'submit@received',
    ['granted', 'denied', 'redirected'],
    [],
    ['buzheng'],
  ],
  ['file-review', 'permit', 'yj.gz48.permit', 'submit@received', ['granted', 'denied'], ['redirected'], []],
  [
    'file-review',
    'complaint',
    'yj.gz58.complaint',
    'complaint@received',
    ['complaint-upheld', 'complaint-dismissed'],
    [],
    [],
  ],
  // 法律援助法 39, 43, 49
  ['legal-aid-transfer', 'forward', 'fy.39.forward24h', 'submit@custodyReceivedAt', ['submit'], [], []],
  [
    'legal-aid-transfer',
    'decide',
    'fy.43.decide',
    'submit@received',
    ['granted', 'refused'],
    [],
    ['buzheng', 'xiezuo'],
  ],
  [
    'legal-aid-transfer',
    'decide-strict',
    'fy.43.decide.nopause',
    'submit@received',
    ['granted', 'refused'],
    [],
    ['buzheng'],
  ],
  ['legal-aid-transfer', 'assign', 'fy.43.assign', 'granted@on', ['assigned'], ['terminated'], []],
  [
    'legal-aid-transfer',
    'objection',
    'fy.49.review',
    'objection@received',
    ['objection-upheld', 'objection-dismissed'],
    [],
    [],
  ],
  // 公证法 30, 公证程序规则 61, 64
  [
    'notarization-request',
    'issue',
    'gz.30.issue',
    'accepted@on',
    ['issued', 'refused'],
    ['terminated'],
    ['buzheng', 'heshi', 'bukekangli'],
  ],
  [
    'notarization-request',
    'ask-re-examination',
    'gz.gz61.review.apply',
    'delivered@received',
    ['re-examination'],
    [],
    [],
  ],
  [
    'notarization-request',
    're-examine',
    'gz.gz64.review.decide',
    're-examination@received',
    ['re-examination-upheld', 're-examination-correct', 're-examination-revoke'],
    [],
    [],
  ],
  [
    'notarization-request',
    'correct',
    'gz.gz64.correct',
    're-examination-correct@on',
    ['delivered'],
    ['refused', 'terminated'],
    [],
  ],
  // 公证程序规则 33
  ['notarization-verification', 'reply', 'gz.gz33.reply', 'submit@received', ['answered', 'not-done'], [], ['buzheng']],
];

test.each(CLOCKS)(
  '%s: the period %s is by another rule, or begins, goes on or stands still at another act',
  (...row) => {
    const [name, id] = row;
    const clock = findProcedureByName(name)?.clocks.find((one) => one.id === id);
    const start = clock?.start.map(({ act, at }) => `${act}@${at === 'received' ? at : at.form}`).join();
    const touched = clock?.touched?.map(({ cause }) => cause) ?? [];
    expect([name, clock?.id, clock?.rule?.join() ?? null, start, clock?.end, clock?.stop ?? [], touched]).toEqual([
      ...row,
    ]);
  },
);

test('a period of a procedure in full stands in no table of what the statutes say', () => {
  const names = new Set(CLOCKS.map(([name]) => name));
  const counted = [...names].flatMap((name) =>
    (findProcedureByName(name)?.clocks ?? []).filter(({ rule }) => rule !== null).map(({ id }) => `${name} ${id}`),
  );
  expect(counted.toSorted()).toEqual(CLOCKS.map(([name, id]) => `${name} ${id}`).toSorted());
});

/** Who may do what no other may: 法律援助法 49 gives objections to the bureau, 律师法 33 the originals to the office that has them before it. */
test.each([
  ['legal-aid-transfer', 'objection-upheld', ['bureau', 'lead']],
  ['legal-aid-transfer', 'objection-dismissed', ['bureau', 'lead']],
  ['legal-aid-transfer', 'granted', ['lead']],
  ['legal-aid-transfer', 'refused', ['lead']],
  ['file-review', 'first-check', ['pick-up']],
  ['file-review', 'second-check', ['lead']],
  ['file-review', 'pledge', ['opener']],
  ['notarization-request', 'accepted', ['lead']],
  ['notarization-request', 'issued', ['lead']],
])('%s: %s is done by another than %s', (name, id, by) => {
  expect(findProcedureByName(name)?.acts.find((act) => act.id === id)?.by).toEqual(by);
});

test('a matter whose decision is being objected to is closed', () => {
  const close = findProcedureByName('legal-aid-transfer')?.acts.find(({ id }) => id === 'close');
  expect(close?.moves.map(({ notPending }) => notPending)).toEqual(['objection']);
});

test('a rule whose text nobody here has read is shown as verified', () => {
  expect(
    CLOCK_RULES.filter(({ status }) => status === 'unverified')
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual([
    'fy.39.forward24h.crim',
    'fy.43.decide',
    'gz.gz33.reply',
    'gz.gz61.review.apply',
    'gz.gz64.correct',
    'gz.gz64.review.decide',
    'jd.13.accept',
    'jd.28.complete',
    'ms.103.urgent48h',
    'tj.gd.month',
    'zx.gd.file',
  ]);
});
