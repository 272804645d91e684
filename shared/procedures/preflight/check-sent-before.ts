import { type Check, found } from './finding.ts';

/** A request that says the same to the same offices with the same papers as one of the last day: a button pressed twice, a script run again. Advice, for now and then two such are meant. */
export const checkSentBefore: Check = (_, { sentBefore }) =>
  sentBefore === null
    ? []
    : [found('advice', 'sent-before', { params: { matter: sentBefore.matter, at: sentBefore.at } })];
