import { type ErrorCode, isAppError } from '../errors.ts';
import type { M, OfficeId } from '../model/brand.ts';
import { type Form, parseForm } from '../model/forms/parse-form.ts';
import type { Act, ProcedureType } from '../model/vocabulary.ts';
import { findProcedure } from './find-procedure.ts';
import { UNOPENED } from './procedure.ts';
import type { Procedure, Role } from './simple-procedure.ts';

/** One act in the lead's order. */
export interface OrderedAct {
  readonly m: M;
  readonly office: OfficeId;
  readonly act: Act;
  readonly form: Form;
  /** Set where the act is void before the procedure is even asked, e.g. SEQUENCE_BROKEN. */
  readonly voidCode: ErrorCode | null;
}

export interface FoldedAct {
  readonly m: M;
  /** Null: it counts. Void for everyone otherwise. */
  readonly voidCode: ErrorCode | null;
  /** Stable word for the reason: `role`, `state`, `form`, `field:<path>`; null where it counts. */
  readonly voidReason: string | null;
  /** After this act. */
  readonly state: string;
}

export interface MatterParties {
  readonly type: ProcedureType;
  readonly opener: OfficeId;
  readonly lead: OfficeId;
}

export { UNOPENED };

/**
 * The state of a matter: a fold over the lead's order (protocol.md 2). Pure, so that every office computes the same from the same acts.
 */
export function foldMatter(parties: MatterParties, acts: readonly OrderedAct[]): readonly FoldedAct[] {
  let state = UNOPENED;
  let procedure: Procedure | null = null;
  return acts.map((act): FoldedAct => {
    const verdict = act.voidCode === null ? judge(act) : refuse(act.voidCode, 'order');
    if (verdict.voidCode === null) state = verdict.state;
    return { m: act.m, voidCode: verdict.voidCode, voidReason: verdict.reason, state };
  });

  function judge(act: OrderedAct): Verdict {
    const isOpening = state === UNOPENED;
    const chosen = isOpening ? findProcedure(parties.type, act.form) : procedure;
    if (isOpening && (act.act !== 'submit' || act.office !== parties.opener)) return refuse('ACT_NOT_ALLOWED', 'state');
    if (chosen === null) return refuse('FORM_INVALID', 'field:subtype');
    const formFault = findFormFault(chosen, act);
    if (formFault !== null) return refuse('FORM_INVALID', formFault);
    if (!isOpening) return applyRules(chosen, state, act.act, roleOf(parties, act.office), act.form);
    procedure = chosen;
    return { voidCode: null, reason: null, state: chosen.opened };
  }
}

type Verdict =
  | { readonly voidCode: null; readonly reason: null; readonly state: string }
  | { readonly voidCode: ErrorCode; readonly reason: string };

const refuse = (voidCode: ErrorCode, reason: string): Verdict => ({ voidCode, reason });

/** What a procedure says of one act in one state. */
export function applyRules(procedure: Procedure, state: string, act: Act, role: Role, form: Form): Verdict {
  const rules = procedure.rules.filter((rule) => rule.act === act && rule.by.includes(role));
  if (rules.length === 0) return refuse('ACT_NOT_ALLOWED', 'role');
  const fitting = rules.find(
    (rule) =>
      rule.from.includes(state) &&
      Object.entries(rule.when ?? {}).every(([field, values]) => values.includes(String(form[field]))),
  );
  if (fitting === undefined) return refuse('ACT_NOT_ALLOWED', 'state');
  return { voidCode: null, reason: null, state: fitting.to ?? state };
}

export function roleOf({ opener, lead }: MatterParties, office: OfficeId): Role {
  if (office === lead) return 'lead';
  return office === opener ? 'opener' : 'other';
}

/** The acts that `role` may perform in `state`; where a rule depends on the form, some form allows it. */
export function listAllowedActs(procedure: Procedure, state: string, role: Role): Act[] {
  const allowed = procedure.rules.filter((rule) => rule.by.includes(role) && rule.from.includes(state));
  return [...new Set(allowed.map((rule) => rule.act))];
}

function findFormFault(procedure: Procedure, { act, form }: OrderedAct): string | null {
  try {
    parseForm(procedure.type, act, form, procedure.subtype);
    return null;
  } catch (error) {
    if (!isAppError(error) || error.code !== 'FORM_INVALID') throw error;
    return `field:${String(error.params['field'])}`;
  }
}
