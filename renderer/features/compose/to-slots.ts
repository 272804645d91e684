import type { StagedDocument } from '../../../shared/ipc/channels/draft.ts';
import { holdsAll } from '../../../shared/procedures/condition.ts';
import type { ProcedureAct } from '../../../shared/procedures/procedure.ts';
import type { FormDraft } from '../../ui/form/form-value.ts';

export interface SlotView {
  /** Id of the rule; `other` for whatever fits none. */
  readonly id: string;
  /** What a file in it may be sent as; the first one where nobody says. */
  readonly kinds: readonly string[];
  readonly mandatory: boolean;
  readonly documents: readonly StagedDocument[];
}

export const OTHER_SLOT = 'other';

/** The papers that an act asks for as its form stands, each with its files; what fits no rule lies in a last slot. */
export function toSlots(
  act: ProcedureAct,
  forms: { readonly opening: FormDraft; readonly form: FormDraft },
  documents: readonly StagedDocument[],
): SlotView[] {
  const rules = act.documents.filter(
    (rule) =>
      holdsAll(rule.when, forms as Parameters<typeof holdsAll>[1]) ||
      documents.some(({ kind }) => rule.kinds.includes(kind)),
  );
  const slots = rules.map(({ id, kinds, mandatory }) => ({
    id,
    kinds,
    mandatory,
    documents: documents.filter(({ kind }) => kinds.includes(kind)),
  }));
  const known = new Set(rules.flatMap(({ kinds }) => kinds));
  if (known.has(OTHER_SLOT)) return slots;
  const rest = documents.filter(({ kind }) => !known.has(kind));
  return [...slots, { id: OTHER_SLOT, kinds: [OTHER_SLOT], mandatory: false, documents: rest }];
}

/** What is missing of the required papers. */
export function missingSlots(slots: readonly SlotView[]): SlotView[] {
  return slots.filter(({ mandatory, documents }) => mandatory && documents.length === 0);
}
