// Written by build/list-procedures.ts. Do not edit.
// biome-ignore-all format: one line each
import { arbitrationAssistance } from './kinds/arbitration-assistance.ts';
import { caseFiling } from './kinds/case-filing.ts';
import { dossierReview } from './kinds/dossier-review.ts';
import { fileReview } from './kinds/file-review.ts';
import { forensicAppraisal } from './kinds/forensic-appraisal.ts';
import { lawyerRights } from './kinds/lawyer-rights.ts';
import { legalAidAssistance } from './kinds/legal-aid-assistance.ts';
import { legalAidTransfer } from './kinds/legal-aid-transfer.ts';
import { mediation } from './kinds/mediation.ts';
import { notarizationRequest } from './kinds/notarization-request.ts';
import { notarizationVerification } from './kinds/notarization-verification.ts';
import type { Procedure } from './procedure.ts';

export const PROCEDURES: readonly Procedure[] = [
  arbitrationAssistance,
  caseFiling,
  dossierReview,
  fileReview,
  forensicAppraisal,
  lawyerRights,
  legalAidAssistance,
  legalAidTransfer,
  mediation,
  notarizationRequest,
  notarizationVerification,
];
