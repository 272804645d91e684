// Written by build/list-procedures.ts. Do not edit.
// biome-ignore-all format: one line each
import arbitrationAssistance from './arbitration-assistance.json' with { type: 'json' };
import caseFiling from './case-filing.json' with { type: 'json' };
import common from './common.json' with { type: 'json' };
import dossierReview from './dossier-review.json' with { type: 'json' };
import fileReview from './file-review.json' with { type: 'json' };
import forensicAppraisal from './forensic-appraisal.json' with { type: 'json' };
import lawyerRights from './lawyer-rights.json' with { type: 'json' };
import legalAidAssistance from './legal-aid-assistance.json' with { type: 'json' };
import legalAidTransfer from './legal-aid-transfer.json' with { type: 'json' };
import mediation from './mediation.json' with { type: 'json' };
import notarizationRequest from './notarization-request.json' with { type: 'json' };
import notarizationVerification from './notarization-verification.json' with { type: 'json' };

/** By procedure; each file holds both languages. */
export const PROCEDURE_LABELS = {
  'arbitration-assistance': arbitrationAssistance,
  'case-filing': caseFiling,
  'common': common,
  'dossier-review': dossierReview,
  'file-review': fileReview,
  'forensic-appraisal': forensicAppraisal,
  'lawyer-rights': lawyerRights,
  'legal-aid-assistance': legalAidAssistance,
  'legal-aid-transfer': legalAidTransfer,
  'mediation': mediation,
  'notarization-request': notarizationRequest,
  'notarization-verification': notarizationVerification,
};
