import type { Form } from '../model/forms/form.ts';
import type { ProcedureType } from '../model/vocabulary.ts';
import type { Procedure } from './procedure.ts';
import { PROCEDURES } from './registry.ts';

export { PROCEDURES };

export const listProcedures = (type: ProcedureType): readonly Procedure[] =>
  PROCEDURES.filter((procedure) => procedure.type === type);

/** The procedure that an opening form chooses; null where the form names no subtype that is known here. */
export function findProcedure(type: ProcedureType, opening: Form): Procedure | null {
  const candidates = listProcedures(type);
  return (
    candidates.find(({ subtype }) => subtype === '') ??
    candidates.find(({ subtype }) => subtype === opening['subtype']) ??
    null
  );
}

/** By the name of its file; null where there is none. */
export function findProcedureByName(name: string): Procedure | null {
  return PROCEDURES.find((procedure) => procedure.name === name) ?? null;
}
