import { z } from 'zod';
import { commonActs, day, note, reason } from '../model/forms/parts.ts';
import { type DocumentRule, type Ground, type Move, type ProcedureAct, type Role, UNOPENED } from './procedure.ts';

/** Short words for the files in `kinds/`: what most acts have in common is said once. */

type ActSpec = Pick<ProcedureAct, 'id' | 'act' | 'by' | 'moves' | 'form'> & Partial<ProcedureAct>;

export const defineAct = (spec: ActSpec): ProcedureAct => ({ fixed: {}, documents: [], papers: [], ...spec });

type MarkedSpec = Pick<ActSpec, 'moves'> &
  Partial<Pick<ActSpec, 'by' | 'documents' | 'papers'>> & { readonly fields?: z.ZodRawShape };

/** Acts of one word differ by a member of their form that says the act's id. Day and mark come first, `fields` after them; the lead's act unless `by` says otherwise. */
const marked =
  (act: ProcedureAct['act'], mark: string) =>
  (id: string, { fields = {}, ...spec }: MarkedSpec): ProcedureAct => {
    const form = z.strictObject({ [mark]: z.literal(id), on: day, ...fields });
    return defineAct({ id, act, fixed: { [mark]: id }, by: ['lead'], form, ...spec });
  };

export const decision = marked('decision', 'outcome');
export const step = marked('receipt', 'step');
export const notice = marked('notice', 'notice');
export const request = marked('request', 'request');
export const stage = marked('deliver', 'stage');

/** The act that opens the matter. */
export const defineOpening = (to: string, spec: Omit<ActSpec, 'id' | 'act' | 'by' | 'moves'>): ProcedureAct =>
  defineAct({ id: 'submit', act: 'submit', by: ['opener'], moves: [{ from: [UNOPENED], to }], ...spec });

/** A mandatory paper; any of `kinds` will do. */
export const required = (id: string, rule: Partial<Omit<DocumentRule, 'id'>> = {}): DocumentRule => ({
  id,
  kinds: [id],
  mandatory: true,
  ...rule,
});

export const optional = (id: string, rule: Partial<Omit<DocumentRule, 'id'>> = {}): DocumentRule => ({
  ...required(id, rule),
  mandatory: false,
});

/** Member `ground` of the form of an act: one of those that the act may name. */
export function groundOf(grounds: readonly Ground[], act: string): z.ZodEnum {
  return z.enum(grounds.filter(({ acts }) => acts.includes(act)).map(({ id }) => id));
}

export const supplementRequest = (by: readonly Role[], moves: readonly Move[]): ProcedureAct =>
  defineAct({
    id: 'supplement-request',
    act: 'supplement-request',
    by,
    moves,
    form: commonActs.supplementRequest,
    papers: ['supplement-notice'],
  });

export const supplement = (moves: readonly Move[]): ProcedureAct =>
  defineAct({
    id: 'supplement',
    act: 'supplement',
    by: ['opener'],
    moves,
    form: commonActs.supplement,
    documents: [optional('supplement', { many: true })],
  });

export const withdraw = (from: readonly string[]): ProcedureAct =>
  defineAct({
    id: 'withdraw',
    act: 'withdraw',
    by: ['opener'],
    moves: [{ from, to: 'withdrawn' }],
    form: commonActs.withdraw,
  });

export const close = (by: readonly Role[], from: readonly string[], to = 'closed'): ProcedureAct =>
  defineAct({
    id: 'close',
    act: 'close',
    by,
    moves: [{ from, to }],
    form: commonActs.close,
    papers: ['delivery-proof'],
  });

/** 逾期: says that a period has run out. Void for everyone where by the lead's own receipts it has not. */
export const overdue = (by: readonly Role[], from: readonly string[], clock: string): ProcedureAct =>
  notice('overdue', {
    by,
    moves: [{ from, after: clock, notPending: 'overdue', opens: 'overdue' }],
    fields: { note: note.optional() },
  });

/** 视为撤回: silence after a supplement notice ends the matter, once the day that the notice named has passed. */
export const deemedWithdrawn = (by: readonly Role[], from: readonly string[], clock: string): ProcedureAct =>
  notice('deemed-withdrawn', {
    by,
    moves: [{ from, after: clock, to: 'deemed-withdrawn' }],
    fields: { reason: reason.optional() },
  });

/** The day until which papers are awaited, as the notice names it. */
export const supplementClock = {
  id: 'supplement',
  who: 'opener',
  rule: null,
  start: [{ act: 'supplement-request', at: 'received', due: 'by' }],
  end: ['supplement'],
} as const;
