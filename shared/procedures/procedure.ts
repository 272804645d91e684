import type { z } from 'zod';
import type { OfficeType } from '../model/office-card.ts';
import type { Act, ProcedureType } from '../model/vocabulary.ts';

/**
 * A procedure as data, one file in `kinds/` per procedure and its texts in `../i18n/procedures/<name>.json`; `build/list-procedures.ts` lists what lies there.
 * The engine (fold-matter.ts) knows no procedure by name. Nothing here is a text for people: labels follow from ids, see procedure-text.ts.
 *
 * Which act comes before which is the lead's order (protocol.md 2), never a clock. Times are the lead's word (`receivedAt` of the receipt that gives the
 * place) or dates in signed forms, so that every office counts the same; nobody's own watch has a say.
 */
export interface Procedure {
  /** Word of message.json. Several procedures share it when the member `subtype` of the opening form tells them apart. */
  readonly type: ProcedureType;
  /** `''` where the type has no subtypes. */
  readonly subtype: string;
  /** kebab-case and unique: the name of the file here and of the file of labels. */
  readonly name: string;
  /** Dotted paths into the opening form whose first two words name a matter in a list. */
  readonly title: readonly string[];
  readonly roles: readonly RoleSpec[];
  /** In the order in which they are usually reached. */
  readonly states: readonly StateSpec[];
  /** What may be pending beside the state, e.g. a complaint: opened by one act, settled by another. */
  readonly sides: readonly string[];
  /** The first one opens the matter. */
  readonly acts: readonly ProcedureAct[];
  readonly clocks: readonly ClockSpec[];
  readonly grounds: readonly Ground[];
  /** Ids of the checks before sealing that this procedure asks for (preflight/); those of every procedure are not listed. */
  readonly checks: readonly string[];
}

/** `opener` opened the matter, `lead` orders it (its first addressee). Further roles are found by what the opening form says. */
export type Role = 'opener' | 'lead' | (string & {});

export interface RoleSpec {
  readonly id: Role;
  /** What kind of office this is: who is offered as an addressee, and what a check before sealing may warn of. Absent: any. */
  readonly offices?: readonly OfficeType[];
  /** Opening-form path to the office's code. Participants that no path names take the first role with `rest`; there is no such role: `observer`. */
  readonly path?: string;
  readonly rest?: true;
}

export interface StateSpec {
  readonly id: string;
  /** `side`: off the usual way, but the matter is still open. In a `final` state nothing more can happen, and every clock stops. */
  readonly kind: 'way' | 'side' | 'final';
}

/** All of what it names must hold. Paths are dotted, `lawyers.0.name`; a missing member is absent, not null. */
export interface Condition {
  /** The opening form of the matter, or the form of the act itself. */
  readonly of: 'opening' | 'form';
  readonly path: string;
  readonly is?: readonly (string | number | boolean)[];
  readonly present?: boolean;
}

export interface ProcedureAct {
  /** Unique in the procedure, e.g. `first-check`. Labels: `acts.<id>`, `notices.<id>`. */
  readonly id: string;
  /** Word of message.json: what a person's card allows to sign. */
  readonly act: Act;
  /** Members of the form that tell this act from others with the same word, e.g. `{ step: 'first-check' }`; literals in the schema too. */
  readonly fixed: Readonly<Record<string, string>>;
  readonly by: readonly Role[];
  /** Where it may happen and where that leads; the first that fits decides. The opening act has one move from `unopened`. */
  readonly moves: readonly Move[];
  /** The whole form, strict. A window draws it by describe-form.ts. */
  readonly form: z.ZodObject;
  /** Order and grouping of the form's first level; members that no group names follow in a last one. Absent: one group. */
  readonly groups?: readonly FieldGroup[];
  readonly documents: readonly DocumentRule[];
  /** Papers that the act produces, by template id (papers.md), e.g. `supplement-notice`. */
  readonly papers: readonly string[];
}

export interface Move {
  readonly from: readonly string[];
  /** Absent: the state stays. */
  readonly to?: string;
  readonly needs?: readonly Condition[];
  /** Must be pending. */
  readonly pending?: string;
  /** Must not be pending. */
  readonly notPending?: string;
  readonly opens?: string;
  readonly settles?: readonly string[];
  /** Only after this clock has run out by the lead's word: how the end of a period becomes a state, see clock-of-matter.ts. */
  readonly after?: string;
}

export interface FieldGroup {
  /** Label: `groups.<id>`. */
  readonly id: string;
  readonly fields: readonly string[];
}

/** A paper that belongs to an act. Missing papers are for the check before sealing and for the receiving office to say: they make no act void. */
export interface DocumentRule {
  /** Label: `documents.<id>`. */
  readonly id: string;
  /** Any one of these kinds (the `kind` of a message's document) satisfies the rule: 委托书 or 法律援助公函. Labels: `kinds.<kind>`. */
  readonly kinds: readonly string[];
  readonly mandatory: boolean;
  /** The rule holds only under these. */
  readonly when?: readonly Condition[];
  /** Several files of the kind are usual: no warning of a duplicate. */
  readonly many?: true;
}

/** Why something is refused or sent elsewhere: forms name a ground by id in the member `ground`. Label: `grounds.<id>`. */
export interface Ground {
  readonly id: string;
  /** As lawyers cite it, in Chinese; empty where practice, not a statute, gives the ground. */
  readonly article: string;
  /** Ids of the acts that may name it. */
  readonly acts: readonly string[];
  readonly status: 'verified' | 'unverified';
  /** `redirection`: advice to go elsewhere, never a denial. */
  readonly kind: 'refusal' | 'redirection' | 'end';
  /** Whom it may be said to, where the article does not mean everybody: a check before sealing, nothing is void for it. */
  readonly when?: readonly Condition[];
}

export interface ClockSpec {
  /** Labels: `clocks.<id>`, and `ends.<id>` for what happens when it runs out. */
  readonly id: string;
  /** Whose duty. */
  readonly who: Role;
  /** Ids of the rows of one period through time (clock/rules.ts): the one in force on the start date counts. `null`: the due date stands in a form. */
  readonly rule: readonly [string, ...string[]] | null;
  /** A start while the clock runs is ignored, but for clocks whose date stands in a form: the later date replaces the earlier. */
  readonly start: readonly ClockMark[];
  /** Acts by which the duty is met. */
  readonly end: readonly string[];
  /** Acts after which nobody waits any more, though nothing was met. A final state stops every clock. */
  readonly stop?: readonly string[];
  /** What touches the running period; the rule says whether it pauses, restarts or lapses it (`supplement` of the row). */
  readonly touched?: readonly ClockTouch[];
  /** The act that records that time ran out (it has a move with `after`): the clock lapses with it. */
  readonly lapse?: string;
  /** Only where the opening form says so. */
  readonly when?: readonly Condition[];
  /** In custody the end never moves (刑诉法 105). */
  readonly custody?: Condition;
}

export interface ClockMark {
  readonly act: string;
  /** `received`: when the lead had the act, by its receipt. Otherwise a path to a day (`YYYY-MM-DD`) or moment in the act's own form. */
  readonly at: 'received' | { readonly form: string };
  /** For clocks without a rule: path to the due day in the act's own form. A mark whose path is absent in the form starts nothing. */
  readonly due?: string;
}

export interface ClockTouch {
  /** `buzheng` 补正, `heshi` 核实, `xiezuo` 异地协作, `bukekangli` 不可抗力. Label: `causes.<cause>`. */
  readonly cause: string;
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** The state of a matter whose opening act has no position yet, or whose opening is itself void. */
export const UNOPENED = 'unopened';
