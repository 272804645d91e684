import { deliveryProof } from './common/delivery-proof.ts';
import { supplementNotice } from './common/supplement-notice.ts';
import { fileReviewApplication } from './file-review/application.ts';
import { firmLetter } from './file-review/firm-letter.ts';
import { fileReviewPledge } from './file-review/pledge.ts';
import { powerOfAttorney } from './file-review/power-of-attorney.ts';
import { fileReviewReceipt } from './file-review/receipt.ts';
import { cooperationLetter } from './legal-aid/cooperation-letter.ts';
import { cooperationReply } from './legal-aid/cooperation-reply.ts';
import { legalAidGrant } from './legal-aid/grant.ts';
import { legalAidOfficialLetter } from './legal-aid/official-letter.ts';
import { legalAidReceipt } from './legal-aid/receipt.ts';
import { legalAidRefusal } from './legal-aid/refusal.ts';
import { legalAidSupplementNotice } from './legal-aid/supplement-notice.ts';
import { notarizationAcceptance } from './notarization/acceptance.ts';
import { notarizationApplication } from './notarization/application.ts';
import { notarizationRefusal } from './notarization/refusal.ts';
import { verificationLetter } from './notarization/verification-letter.ts';
import { verificationReply } from './notarization/verification-reply.ts';
import type { PaperDefinition } from './paper-source.ts';

/** Every paper that can be printed; a new one is one file and one line here. */
export const PAPERS: readonly PaperDefinition[] = [
  fileReviewApplication,
  firmLetter,
  powerOfAttorney,
  fileReviewPledge,
  fileReviewReceipt,
  legalAidReceipt,
  legalAidSupplementNotice,
  legalAidGrant,
  legalAidRefusal,
  legalAidOfficialLetter,
  cooperationLetter,
  cooperationReply,
  notarizationApplication,
  notarizationAcceptance,
  notarizationRefusal,
  verificationLetter,
  verificationReply,
  supplementNotice,
  deliveryProof,
];

export function findPaper(id: string): PaperDefinition | null {
  return PAPERS.find((paper) => paper.id === id) ?? null;
}
