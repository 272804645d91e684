import type { Act, ProcedureType } from '../model/vocabulary.ts';

/**
 * A procedure as data: who may do what in which state, and where that leads. One file per type; a new type is one more file.
 * Which act comes before which is the lead's order (protocol.md 2), never a clock.
 */

/** `opener`: the office that opened the matter; `lead`: the one that orders it; `other`: everybody else who takes part. */
export type Role = 'opener' | 'lead' | 'other';

export interface Rule {
  readonly act: Act;
  readonly by: readonly Role[];
  readonly from: readonly string[];
  /** Members of the act's form that must have one of these values for the rule to apply. */
  readonly when?: Readonly<Record<string, readonly string[]>>;
  /** Absent: the state stays as it is. */
  readonly to?: string;
}

export interface Procedure {
  readonly type: ProcedureType;
  /** `''` where the type has no subtypes. */
  readonly subtype: string;
  /** The state that the opening act leads to. */
  readonly opened: string;
  /** States in which nothing more is expected. */
  readonly final: readonly string[];
  readonly rules: readonly Rule[];
}
