import { z } from 'zod';
import { contact, day, note, paperNumber, reason, redirection } from '../model/forms/parts.ts';
import {
  close,
  decision,
  defineAct,
  defineOpening,
  groundOf,
  overdue,
  step,
  supplement,
  supplementClock,
  supplementRequest,
  withdraw,
} from './define.ts';
import type { ClockSpec, Ground, Procedure, ProcedureAct } from './procedure.ts';

/**
 * A procedure in letter form: one office asks, the other accepts or declines with a reason and answers with a result. What differs from letter to letter is
 * the request, the result, the grounds and the periods.
 */
export interface LetterSpec extends Pick<Procedure, 'type' | 'title' | 'roles' | 'checks'> {
  readonly request: Pick<ProcedureAct, 'form'> & Partial<Pick<ProcedureAct, 'groups' | 'documents'>>;
  /** Members of the acceptance beside date, number, handler and agreed day. */
  readonly accepted?: z.ZodRawShape;
  /** Members of the result beside date, number, handler and note. */
  readonly result: { readonly fields: z.ZodRawShape } & Partial<Pick<ProcedureAct, 'documents'>>;
  readonly grounds: readonly Omit<Ground, 'acts'>[];
  /** Those whose end the asking side may point out. */
  readonly clocks: readonly ClockSpec[];
  /** Those whose end concerns nobody but the asking side. */
  readonly ownClocks?: readonly ClockSpec[];
  /** What happens beside, e.g. after the result. */
  readonly more?: readonly ProcedureAct[];
}

/** Before the answer whether it is done at all. */
const ASKED = ['requested'];
const REVIEW = [...ASKED, 'supplementing'];
const WORK = ['accepted', 'supplementing-accepted'];
const OPEN = [...REVIEW, ...WORK];

/** Ends of a period that belongs to the request alone, and of one that belongs to the whole letter. */
export const DECIDED = ['accepted', 'declined'];
export const ANSWERED = ['answered', 'declined'];

/** What asking for papers does is a matter of the rule: pause, restart or nothing. */
export const supplementTouch: NonNullable<ClockSpec['touched']> = [
  { cause: 'buzheng', from: ['supplement-request'], to: ['supplement'] },
];

/** Where no statute gives a period: the day that the letter names, replaced by the one that the acceptance names. */
export const agreedClock: ClockSpec = {
  id: 'answer',
  who: 'lead',
  rule: null,
  start: [
    { act: 'submit', at: 'received', due: 'by' },
    { act: 'accepted', at: { form: 'on' }, due: 'by' },
  ],
  end: ANSWERED,
};

export function defineLetter(spec: LetterSpec): Procedure {
  const { type, title, roles, checks, request, result, clocks, ownClocks = [], more = [] } = spec;
  const grounds: readonly Ground[] = spec.grounds.map((ground) => ({ ...ground, acts: ['declined'] }));
  return {
    type,
    subtype: '',
    name: type,
    title,
    roles,
    states: [
      { id: 'requested', kind: 'way' },
      { id: 'supplementing', kind: 'side' },
      { id: 'accepted', kind: 'way' },
      { id: 'supplementing-accepted', kind: 'side' },
      { id: 'answered', kind: 'way' },
      { id: 'declined', kind: 'side' },
      { id: 'closed', kind: 'final' },
      { id: 'withdrawn', kind: 'final' },
    ],
    sides: ['overdue'],
    grounds,
    checks,
    acts: [
      defineOpening('requested', request),
      accepted(spec.accepted ?? {}),
      declined(grounds),
      supplementRequest(
        ['lead'],
        [
          { from: ASKED, to: 'supplementing' },
          { from: ['accepted'], to: 'supplementing-accepted' },
        ],
      ),
      supplement([
        { from: ['supplementing'], to: 'requested' },
        { from: ['supplementing-accepted'], to: 'accepted' },
      ]),
      pointOut(clocks),
      answered(result),
      acknowledged(),
      ...more,
      withdraw(OPEN),
      close(['opener', 'lead'], ['answered', 'declined']),
    ],
    clocks: [...clocks, ...ownClocks, { ...supplementClock, stop: [...DECIDED, 'answered'] }],
  };
}

const accepted = (fields: z.ZodRawShape): ProcedureAct =>
  decision('accepted', {
    moves: [{ from: REVIEW, to: 'accepted' }],
    fields: {
      number: paperNumber.optional(),
      ...fields,
      by: day.optional(),
      handler: contact.optional(),
      note: note.optional(),
    },
    papers: ['delivery-proof'],
  });

/** Before acceptance and after it: work that turns out to be impossible ends with a reason too. */
const declined = (grounds: readonly Ground[]): ProcedureAct =>
  decision('declined', {
    moves: [{ from: OPEN, to: 'declined', settles: ['overdue'] }],
    fields: {
      number: paperNumber.optional(),
      ground: groundOf(grounds, 'declined'),
      reason,
      redirection: redirection.optional(),
    },
    papers: ['delivery-proof'],
  });

const answered = ({ fields, documents = [] }: LetterSpec['result']): ProcedureAct =>
  defineAct({
    id: 'answered',
    act: 'deliver',
    by: ['lead'],
    moves: [{ from: WORK, to: 'answered', settles: ['overdue'] }],
    form: z.strictObject({
      on: day,
      number: paperNumber.optional(),
      ...fields,
      handler: contact.optional(),
      note: note.optional(),
    }),
    documents,
    papers: ['delivery-proof'],
  });

const acknowledged = (): ProcedureAct =>
  step('acknowledged', {
    by: ['opener'],
    moves: [{ from: ['answered', 'declined'] }],
    fields: { note: note.optional() },
  });

/** 逾期, whichever of the periods of this letter runs. */
function pointOut(clocks: readonly ClockSpec[]): ProcedureAct {
  const from = ['requested', 'accepted'];
  const of = clocks.map(({ id }) => overdue(['opener'], from, id));
  const [first] = of;
  if (first === undefined) throw new Error('a letter without a period');
  return { ...first, moves: of.flatMap(({ moves }) => moves) };
}
