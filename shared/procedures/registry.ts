// Written by build/list-procedures.ts. Do not edit.
// biome-ignore-all format: one line each
import { fileReview } from './kinds/file-review.ts';
import { legalAidAssistance } from './kinds/legal-aid-assistance.ts';
import { legalAidTransfer } from './kinds/legal-aid-transfer.ts';
import { notarizationRequest } from './kinds/notarization-request.ts';
import { notarizationVerification } from './kinds/notarization-verification.ts';
import type { Procedure } from './procedure.ts';

export const PROCEDURES: readonly Procedure[] = [
  fileReview,
  legalAidAssistance,
  legalAidTransfer,
  notarizationRequest,
  notarizationVerification,
];
