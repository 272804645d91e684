import type { ErrorParams } from '../../errors.ts';
import type { Bytes, OfficeId, Sha256 } from '../../model/brand.ts';
import type { Form } from '../../model/forms/form.ts';
import type { Office } from '../../model/office-card.ts';
import type { CivilDate } from '../clock/civil-date.ts';
import type { Procedure, ProcedureAct } from '../procedure.ts';

/**
 * What is known before sealing. `failure` stops: a state-secret mark, a wrong check digit or another entry that the form cannot hold, a mandatory paper that is
 * not there, a document that is not read to its end. Everything else is advice or says what to wait for: the receiving office decides, not this program.
 */
export interface Finding {
  /** Stable: its text stands under `preflight.<id>`. */
  readonly id: string;
  readonly level: 'failure' | 'wait' | 'advice' | 'passed';
  readonly params: ErrorParams;
  /** Dotted path of the field that it speaks of, list indexes included. */
  readonly field: string | null;
  /** Of a rule of documents (`documents.<id>`), or the kind of a document that no rule knows. */
  readonly slot: string | null;
}

export interface PreflightDocument {
  readonly name: string;
  readonly kind: string;
  readonly mediaType: string;
  readonly size: Bytes;
  /** Null: not known, e.g. of a file whose size no other has. */
  readonly sha256: Sha256 | null;
  /** Read to its end; `failed`: it could not be. */
  readonly state: 'ready' | 'hashing' | 'failed';
}

export interface PreflightDraft {
  readonly procedure: Procedure;
  readonly act: ProcedureAct;
  /** Of the matter; of a new one the form itself. */
  readonly opening: Form;
  readonly form: Form;
  readonly documents: readonly PreflightDocument[];
}

export interface PreflightRecipient {
  readonly office: Pick<Office, 'id' | 'name' | 'type' | 'region'>;
  /** Procedures that its card says it takes. */
  readonly types: readonly string[];
  /** Suffixes of files that its card says it opens; null: it says nothing of them. */
  readonly formats: readonly string[] | null;
  /** In the order in which they are tried; `largest`: bytes of a package, null where the route sets no limit. */
  readonly routes: readonly { readonly kind: string; readonly largest: Bytes | null }[];
}

export interface PreflightFacts {
  /** In Asia/Shanghai. */
  readonly today: CivilDate;
  readonly lead: OfficeId;
  /** Those with a confirmed card. */
  readonly recipients: readonly PreflightRecipient[];
  /** Other open matters of this type with the same title. */
  readonly sameTitle: number;
  /** The matter that an equal request opened within the last day, and when: `YYYY-MM-DD HH:MM` in Asia/Shanghai. */
  readonly sentBefore: { readonly matter: string; readonly at: string } | null;
}

export type Check = (draft: PreflightDraft, facts: PreflightFacts) => readonly Finding[];

export function found(
  level: Finding['level'],
  id: string,
  { params = {}, field = null, slot = null }: Partial<Pick<Finding, 'params' | 'field' | 'slot'>> = {},
): Finding {
  return { id, level, params, field, slot };
}

export const isBlocked = (findings: readonly Finding[]): boolean => findings.some(({ level }) => level === 'failure');
