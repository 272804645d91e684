import { type Form, findSubtype } from '../model/forms/parse-form.ts';
import type { ProcedureType } from '../model/vocabulary.ts';
import { fileReview } from './file-review.ts';
import { legalAidAssistance, legalAidTransfer } from './legal-aid.ts';
import { notarizationRequest, notarizationVerification } from './notarization.ts';
import type { Procedure } from './simple-procedure.ts';

export const PROCEDURES: readonly Procedure[] = [
  fileReview,
  legalAidTransfer,
  legalAidAssistance,
  notarizationRequest,
  notarizationVerification,
];

/** The procedure that an opening form chooses; null where the form names no subtype that is known here. */
export function findProcedure(type: ProcedureType, opening: Form): Procedure | null {
  const subtype = findSubtype(type, opening);
  return PROCEDURES.find((procedure) => procedure.type === type && procedure.subtype === subtype) ?? null;
}
