import { PROCEDURE_TYPES, type ProcedureType } from '../../../shared/model/vocabulary.ts';

export function isProcedureType(text: unknown): text is ProcedureType {
  return PROCEDURE_TYPES.some((type) => type === text);
}
