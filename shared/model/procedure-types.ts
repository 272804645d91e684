// Written by build/list-procedures.ts. Do not edit.
// biome-ignore-all format: one line each
export const PROCEDURE_TYPES = [
  'arbitration-assistance',
  'case-filing',
  'dossier-review',
  'file-review',
  'forensic-appraisal',
  'lawyer-rights',
  'legal-aid',
  'mediation',
  'notarization',
] as const;
export type ProcedureType = (typeof PROCEDURE_TYPES)[number];
