// Written by build/list-procedures.ts. Do not edit.
// biome-ignore-all format: one line each
import common from './common.json' with { type: 'json' };
import fileReview from './file-review.json' with { type: 'json' };
import legalAidAssistance from './legal-aid-assistance.json' with { type: 'json' };
import legalAidTransfer from './legal-aid-transfer.json' with { type: 'json' };
import notarizationRequest from './notarization-request.json' with { type: 'json' };
import notarizationVerification from './notarization-verification.json' with { type: 'json' };

/** By procedure; each file holds both languages. */
export const PROCEDURE_LABELS = {
  'common': common,
  'file-review': fileReview,
  'legal-aid-assistance': legalAidAssistance,
  'legal-aid-transfer': legalAidTransfer,
  'notarization-request': notarizationRequest,
  'notarization-verification': notarizationVerification,
};
