import type { Procedure } from './simple-procedure.ts';

/** (b) 申请转交: opener = the receiving centre, lead = the deciding centre. */
export const legalAidTransfer: Procedure = {
  type: 'legal-aid',
  subtype: 'transfer',
  opened: 'submitted',
  final: ['closed', 'withdrawn'],
  rules: [
    { act: 'receipt', by: ['lead'], from: ['submitted'], to: 'registered' },
    { act: 'supplement-request', by: ['lead'], from: ['submitted', 'registered'], to: 'supplementing' },
    { act: 'supplement', by: ['opener'], from: ['supplementing'], to: 'registered' },
    {
      act: 'decision',
      by: ['lead'],
      from: ['submitted', 'registered', 'supplementing'],
      when: { outcome: ['granted'] },
      to: 'granted',
    },
    {
      act: 'decision',
      by: ['lead'],
      from: ['submitted', 'registered', 'supplementing'],
      when: { outcome: ['refused'] },
      to: 'refused',
    },
    {
      act: 'decision',
      by: ['lead'],
      from: ['granted', 'assigned'],
      when: { outcome: ['terminated'] },
      to: 'terminated',
    },
    { act: 'deliver', by: ['lead'], from: ['granted'], when: { stage: ['assigned'] }, to: 'assigned' },
    { act: 'deliver', by: ['lead'], from: ['assigned'], when: { stage: ['case-report'] }, to: 'reported' },
    { act: 'receipt', by: ['opener'], from: ['granted', 'assigned', 'reported', 'refused', 'terminated'] },
    { act: 'withdraw', by: ['opener'], from: ['submitted', 'registered', 'supplementing', 'granted'], to: 'withdrawn' },
    { act: 'close', by: ['lead'], from: ['refused', 'terminated', 'assigned', 'reported'], to: 'closed' },
  ],
};

/** (b) 协作请求: opener = the requesting centre, lead = the assisting centre. */
export const legalAidAssistance: Procedure = {
  type: 'legal-aid',
  subtype: 'assistance',
  opened: 'requested',
  final: ['closed', 'withdrawn'],
  rules: [
    { act: 'receipt', by: ['lead'], from: ['requested'], to: 'registered' },
    { act: 'supplement-request', by: ['lead'], from: ['requested', 'registered', 'accepted'], to: 'supplementing' },
    { act: 'supplement', by: ['opener'], from: ['supplementing'], to: 'registered' },
    {
      act: 'decision',
      by: ['lead'],
      from: ['requested', 'registered', 'supplementing'],
      when: { outcome: ['accepted'] },
      to: 'accepted',
    },
    {
      act: 'decision',
      by: ['lead'],
      from: ['requested', 'registered', 'supplementing', 'accepted'],
      when: { outcome: ['declined'] },
      to: 'declined',
    },
    {
      act: 'decision',
      by: ['lead'],
      from: ['requested', 'registered', 'accepted'],
      when: { outcome: ['rescheduled'] },
      to: 'accepted',
    },
    { act: 'deliver', by: ['lead'], from: ['requested', 'registered', 'accepted'], to: 'answered' },
    { act: 'receipt', by: ['opener'], from: ['answered', 'declined'] },
    {
      act: 'withdraw',
      by: ['opener'],
      from: ['requested', 'registered', 'supplementing', 'accepted'],
      to: 'withdrawn',
    },
    { act: 'close', by: ['opener', 'lead'], from: ['answered', 'declined'], to: 'closed' },
  ],
};
