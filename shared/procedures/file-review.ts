import type { Procedure } from './simple-procedure.ts';

/** (a) 律师异地阅卷: opener = the lawyer's firm, lead = the case-handling office, other = the pick-up office. */
const PENDING = ['submitted', 'registered', 'first-checked', 'second-checked'] as const;

export const fileReview: Procedure = {
  type: 'file-review',
  subtype: '',
  opened: 'submitted',
  final: ['closed', 'withdrawn'],
  rules: [
    { act: 'receipt', by: ['lead', 'other'], from: ['submitted'], when: { step: ['registered'] }, to: 'registered' },
    {
      act: 'receipt',
      by: ['lead', 'other'],
      from: ['submitted', 'registered'],
      when: { step: ['first-check'] },
      to: 'first-checked',
    },
    {
      act: 'receipt',
      by: ['lead'],
      from: ['submitted', 'registered', 'first-checked'],
      when: { step: ['second-check'] },
      to: 'second-checked',
    },
    { act: 'supplement-request', by: ['lead', 'other'], from: PENDING, to: 'supplementing' },
    { act: 'supplement', by: ['opener'], from: ['supplementing'], to: 'submitted' },
    { act: 'decision', by: ['lead'], from: PENDING, when: { outcome: ['granted'] }, to: 'granted' },
    { act: 'decision', by: ['lead'], from: [...PENDING, 'supplementing'], when: { outcome: ['denied'] }, to: 'denied' },
    {
      act: 'decision',
      by: ['lead'],
      from: [...PENDING, 'supplementing'],
      when: { outcome: ['redirected'] },
      to: 'redirected',
    },
    // 阅卷承诺书 comes before the dossier's key is released, and may come before the dossier itself.
    { act: 'receipt', by: ['opener'], from: ['granted'], when: { step: ['pledge'] }, to: 'pledged' },
    { act: 'deliver', by: ['lead', 'other'], from: ['granted', 'pledged'], to: 'delivered' },
    { act: 'deliver', by: ['lead', 'other'], from: ['delivered'] },
    { act: 'receipt', by: ['opener'], from: ['delivered'], when: { step: ['pledge'] } },
    { act: 'receipt', by: ['opener'], from: ['delivered'], when: { step: ['collected'] }, to: 'collected' },
    { act: 'withdraw', by: ['opener'], from: [...PENDING, 'supplementing', 'granted', 'pledged'], to: 'withdrawn' },
    { act: 'close', by: ['lead'], from: ['denied', 'redirected', 'delivered', 'collected'], to: 'closed' },
    { act: 'close', by: ['opener'], from: ['denied', 'redirected', 'collected'], to: 'closed' },
  ],
};
