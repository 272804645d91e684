import { checkAnswer } from './check-answer.ts';
import { checkElectronicSignature, checkInPerson, checkOnSiteClass, checkSameMatter } from './check-classes.ts';
import { checkDates, checkLimitation } from './check-dates.ts';
import { checkDocuments } from './check-documents.ts';
import { checkForm } from './check-form.ts';
import {
  checkAgentPermission,
  checkAidJurisdiction,
  checkFilingJurisdiction,
  checkNotaryJurisdiction,
  checkOffices,
  checkPickUp,
  checkStage,
} from './check-offices.ts';
import { checkRoute } from './check-route.ts';
import { checkSecrets } from './check-secrets.ts';
import { checkSentBefore } from './check-sent-before.ts';
import type { Check, Finding, PreflightDraft, PreflightFacts } from './finding.ts';

/** Of every procedure, in the order in which they are told. */
const ALWAYS: readonly Check[] = [
  checkSecrets,
  checkForm,
  checkDocuments,
  checkDates,
  checkLimitation,
  checkOffices,
  checkRoute,
  checkSentBefore,
  checkAnswer,
];

/** By the ids that procedures list in `checks`. */
const BY_ID: Readonly<Record<string, readonly Check[]>> = {
  'agent-permission': [checkAgentPermission],
  'e-signature-exception': [checkElectronicSignature],
  'filing-jurisdiction': [checkFilingJurisdiction],
  'in-person': [checkInPerson],
  jurisdiction: [checkAidJurisdiction],
  'notary-jurisdiction': [checkNotaryJurisdiction],
  'on-site-class': [checkOnSiteClass],
  'pick-up-level': [checkPickUp],
  'same-matter': [checkSameMatter],
  stage: [checkStage],
  // Asked of every form that has such a field; a procedure names them to say that it rests on them.
  'lawyer-licence': [],
  limitation: [],
  'resident-id': [],
  'state-secret': [],
};

/** Ids that a procedure may list. */
export const CHECK_IDS: readonly string[] = Object.keys(BY_ID);

const ORDER: readonly Finding['level'][] = ['failure', 'wait', 'advice', 'passed'];

/** Everything that can be said of a draft before it is sealed: failures first. Pure; procedures' own checks concern the act that opens a matter. */
export function preflight(draft: PreflightDraft, facts: PreflightFacts): Finding[] {
  const opening = draft.procedure.acts[0] === draft.act;
  const own = opening ? draft.procedure.checks.flatMap((id) => BY_ID[id] ?? []) : [];
  const findings = [...ALWAYS, ...own].flatMap((check) => check(draft, facts));
  const seen = new Set<string>();
  return findings
    .filter((one) => {
      const key = JSON.stringify(one);
      return !seen.has(key) && seen.add(key);
    })
    .sort((a, b) => ORDER.indexOf(a.level) - ORDER.indexOf(b.level));
}
