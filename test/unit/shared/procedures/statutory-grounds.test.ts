import { describe, expect, test } from 'vitest';
import { findProcedureByName } from '../../../../shared/procedures/find-procedure.ts';
import { PROCEDURES } from '../../../../shared/procedures/registry.ts';

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
    // 公证法 31 (1) to (9)
    refused: [
      'no-guardian',
      'no-interest',
      'needs-appraisal',
      'dispute',
      'falsehood',
      'insufficient-proof',
      'untrue-or-illegal',
      'public-morals',
      'fee-unpaid',
    ],
    // and 公证法 11, 25, 26
    'not-accepted': [
      'no-guardian',
      'no-interest',
      'needs-appraisal',
      'dispute',
      'falsehood',
      'insufficient-proof',
      'untrue-or-illegal',
      'public-morals',
      'fee-unpaid',
      'out-of-scope',
      'no-jurisdiction',
      'in-person',
    ],
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

/** Who may wait for what, by the statutes: rule, its beginning, and every act that ends or stops it. */
test.each([
  ['file-review', 'arrange', ['granted', 'denied', 'redirected'], []],
  ['file-review', 'permit', ['granted', 'denied'], ['redirected']],
  ['file-review', 'complaint', ['complaint-upheld', 'complaint-dismissed'], []],
])('%s: the period %s goes on after what answers it', (name, id, end, stop) => {
  const clock = findProcedureByName(name)?.clocks.find((one) => one.id === id);
  expect([clock?.end, clock?.stop ?? []]).toEqual([end, stop]);
});
