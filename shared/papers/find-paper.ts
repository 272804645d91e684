import { deliveryProof } from './common/delivery-proof.ts';
import { supplementNotice } from './common/supplement-notice.ts';
import { firmLetter } from './file-review/firm-letter.ts';
import { pledge } from './file-review/pledge.ts';
import { powerOfAttorney } from './file-review/power-of-attorney.ts';
import { readingApplication } from './file-review/reading-application.ts';
import { readingDecision } from './file-review/reading-decision.ts';
import { readingReceipt } from './file-review/reading-receipt.ts';
import { aidApplication } from './legal-aid/aid-application.ts';
import { aidAssignment } from './legal-aid/aid-assignment.ts';
import { aidCaseReport } from './legal-aid/aid-case-report.ts';
import { aidGranted } from './legal-aid/aid-granted.ts';
import { aidRefused } from './legal-aid/aid-refused.ts';
import { aidTerminated } from './legal-aid/aid-terminated.ts';
import { cooperationLetter } from './legal-aid/cooperation-letter.ts';
import { cooperationReply } from './legal-aid/cooperation-reply.ts';
import { legalAidLetter } from './legal-aid/legal-aid-letter.ts';
import { materialsReceipt } from './legal-aid/materials-receipt.ts';
import { objectionDecision } from './legal-aid/objection-decision.ts';
import { notarizationAccepted } from './notarization/notarization-accepted.ts';
import { notarizationApplication } from './notarization/notarization-application.ts';
import {
  notarizationNotAccepted,
  notarizationRefused,
  notarizationTerminated,
} from './notarization/notarization-refusals.ts';
import { verificationLetter } from './notarization/verification-letter.ts';
import { verificationReply } from './notarization/verification-reply.ts';
import type { PaperDefinition } from './paper-source.ts';

/** Every paper that can be printed; a new one is one file and one line here. */
export const PAPERS: readonly PaperDefinition[] = [
  readingApplication,
  firmLetter,
  powerOfAttorney,
  readingDecision,
  pledge,
  readingReceipt,
  aidApplication,
  materialsReceipt,
  aidGranted,
  aidRefused,
  aidAssignment,
  legalAidLetter,
  aidCaseReport,
  aidTerminated,
  objectionDecision,
  cooperationLetter,
  cooperationReply,
  notarizationApplication,
  notarizationAccepted,
  notarizationNotAccepted,
  notarizationRefused,
  notarizationTerminated,
  verificationLetter,
  verificationReply,
  supplementNotice,
  deliveryProof,
];

/** By the id that procedures name. */
export function findPaper(id: string): PaperDefinition | null {
  return PAPERS.find((paper) => paper.id === id) ?? null;
}
