// Written by build/list-procedures.ts. Do not edit.
// biome-ignore-all format: one line each
export const PROCEDURE_TYPES = [
  'file-review',
  'legal-aid',
  'notarization',
] as const;
export type ProcedureType = (typeof PROCEDURE_TYPES)[number];
