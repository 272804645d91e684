import type { Procedure } from './simple-procedure.ts';

/** (c) 公证申请: opener = the applicant's side, lead = the notary office. */
export const notarizationRequest: Procedure = {
  type: 'notarization',
  subtype: 'request',
  opened: 'submitted',
  final: ['closed', 'withdrawn'],
  rules: [
    { act: 'receipt', by: ['lead'], from: ['submitted'], when: { step: ['pre-review'] }, to: 'pre-reviewed' },
    {
      act: 'receipt',
      by: ['lead'],
      from: ['submitted', 'pre-reviewed'],
      when: { step: ['accepted'] },
      to: 'accepted',
    },
    {
      act: 'supplement-request',
      by: ['lead'],
      from: ['submitted', 'pre-reviewed'],
      to: 'supplementing',
    },
    { act: 'supplement', by: ['opener'], from: ['supplementing'], to: 'submitted' },
    // A supplement after acceptance pauses the clock and leaves the acceptance in force (公证法 30).
    { act: 'supplement-request', by: ['lead'], from: ['accepted'], to: 'supplementing-accepted' },
    { act: 'supplement', by: ['opener'], from: ['supplementing-accepted'], to: 'accepted' },
    {
      act: 'decision',
      by: ['lead'],
      from: ['submitted', 'pre-reviewed', 'supplementing'],
      when: { outcome: ['not-accepted'] },
      to: 'not-accepted',
    },
    { act: 'decision', by: ['lead'], from: ['accepted'], when: { outcome: ['issued'] }, to: 'issued' },
    {
      act: 'decision',
      by: ['lead'],
      from: ['accepted', 'supplementing-accepted'],
      when: { outcome: ['refused'] },
      to: 'refused',
    },
    {
      act: 'decision',
      by: ['lead'],
      from: ['accepted', 'supplementing-accepted'],
      when: { outcome: ['terminated'] },
      to: 'terminated',
    },
    { act: 'deliver', by: ['lead'], from: ['issued'], to: 'delivered' },
    { act: 'receipt', by: ['opener'], from: ['delivered'], when: { step: ['collected'] }, to: 'collected' },
    {
      act: 'withdraw',
      by: ['opener'],
      from: ['submitted', 'pre-reviewed', 'supplementing', 'accepted', 'supplementing-accepted'],
      to: 'withdrawn',
    },
    {
      act: 'close',
      by: ['lead'],
      from: ['not-accepted', 'refused', 'terminated', 'delivered', 'collected'],
      to: 'closed',
    },
  ],
};

/** (c) 委托核实: opener = the notary office that asks, lead = the entrusted office. */
export const notarizationVerification: Procedure = {
  type: 'notarization',
  subtype: 'verification',
  opened: 'requested',
  final: ['closed', 'withdrawn'],
  rules: [
    { act: 'receipt', by: ['lead'], from: ['requested'], to: 'registered' },
    { act: 'supplement-request', by: ['lead'], from: ['requested', 'registered', 'undertaken'], to: 'supplementing' },
    { act: 'supplement', by: ['opener'], from: ['supplementing'], to: 'registered' },
    {
      act: 'decision',
      by: ['lead'],
      from: ['requested', 'registered'],
      when: { outcome: ['undertaken'] },
      to: 'undertaken',
    },
    {
      act: 'decision',
      by: ['lead'],
      from: ['requested', 'registered', 'undertaken', 'supplementing'],
      when: { outcome: ['not-done'] },
      to: 'not-done',
    },
    { act: 'deliver', by: ['lead'], from: ['requested', 'registered', 'undertaken'], to: 'answered' },
    { act: 'receipt', by: ['opener'], from: ['answered', 'not-done'] },
    {
      act: 'withdraw',
      by: ['opener'],
      from: ['requested', 'registered', 'undertaken', 'supplementing'],
      to: 'withdrawn',
    },
    { act: 'close', by: ['opener', 'lead'], from: ['answered', 'not-done'], to: 'closed' },
  ],
};
