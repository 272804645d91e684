import { z } from 'zod';
import { channel } from '../channel.ts';
import {
  act,
  count,
  deliveryColour,
  documentView,
  done,
  errorCode,
  formDraft,
  instant,
  limit,
  line,
  markedText,
  matterId,
  messageKind,
  nothing,
  officeDelivery,
  officeId,
  officeName,
  page,
  personId,
  printed,
  procedureType,
  query,
  saved,
  sha256,
} from '../parts.ts';
import { clock } from './clock.ts';

/** Matters: found among very many, and one of them with everything in it. */

export const MATTER_SORTS = ['updated', 'opened', 'due', 'title'] as const;

export const matterFilter = z.strictObject({
  /** Words that must stand in title, form, file names or parties. */
  query: query.optional(),
  type: procedureType.optional(),
  state: line(64).optional(),
  /** Another participant. */
  office: officeId.optional(),
  /** Leading digits of the region of a counterpart. */
  region: z
    .string()
    .regex(/^\d{2,6}$/)
    .optional(),
  /** Only what is not at its end, or only what is. */
  open: z.boolean().optional(),
  /** Whose move it is by the procedure. */
  turn: z.enum(['ours', 'theirs']).optional(),
  /** Clocks that end within so many working days; 0: today; negative: overdue only. */
  dueWithin: z.int().min(-1).max(3650).optional(),
  assignee: personId.optional(),
});
export type MatterFilter = z.infer<typeof matterFilter>;

export const matterSort = z.strictObject({ by: z.enum(MATTER_SORTS), descending: z.boolean() });
const matterKey = z.strictObject({ value: z.string().max(400), id: matterId });

/** Of a clock, what a row says. */
const rowClock = clock.pick({
  id: true,
  rule: true,
  status: true,
  state: true,
  due: true,
  original: true,
  remaining: true,
  provisional: true,
  overdue: true,
  ours: true,
});

/** An act of the matter's procedure: several acts of one word differ by their id. */
export const procedureAct = z.strictObject({ id: z.string(), act });

export const matterRow = z.strictObject({
  id: matterId,
  type: procedureType,
  subtype: z.string(),
  title: z.string(),
  /** The first of the search's hits, in its field. */
  hit: markedText.extend({ field: z.enum(['subject', 'form', 'documents', 'parties']) }).nullable(),
  state: z.string(),
  final: z.boolean(),
  /** The office that the row is about: the lead, or the opener where we lead. */
  counterpart: officeName,
  turn: z.enum(['ours', 'theirs', 'none']),
  /** The clock that ends first and is not met; null where none runs. */
  clock: rowClock.nullable(),
  /** Of the last message that is ours; null where none is. */
  colour: deliveryColour.nullable(),
  unopened: count,
  assignee: personId.nullable(),
  openedAt: instant,
  updatedAt: instant,
});
export type MatterRowView = z.infer<typeof matterRow>;

/** One act or enclosure in the timeline. */
export const timelineMessage = z.strictObject({
  kind: z.literal('message'),
  m: sha256,
  messageKind,
  act: act.nullable(),
  /** Of the procedure's act; null where none could be told. */
  actId: z.string().nullable(),
  form: formDraft,
  sender: officeName,
  person: z.string().nullable(),
  own: z.boolean(),
  /** Its place in the lead's order; null: not counted yet. */
  pos: count.nullable(),
  status: z.enum(['accepted', 'refused', 'held']),
  code: errorCode.nullable(),
  /** Why it is void for everyone, where it is. */
  voidCode: errorCode.nullable(),
  voidReason: z.string().nullable(),
  createdAt: instant,
  storedAt: instant,
  /** Proven by a timestamp. */
  provenAt: instant.nullable(),
  /** Ours: per recipient office. */
  delivery: z.array(officeDelivery),
  colour: deliveryColour.nullable(),
  /** Theirs: whether somebody here has opened it. */
  openedAt: instant.nullable(),
  documents: z.array(documentView),
  enclosures: z.array(z.strictObject({ m: sha256, offices: z.array(officeName), held: z.boolean() })),
  /** The container was deleted: words and digests are kept, files are not. */
  filesGone: z.boolean(),
});
export type TimelineMessage = z.infer<typeof timelineMessage>;

export const timelineClock = z.strictObject({
  kind: z.literal('clock'),
  /** `YYYY-MM-DD` or `YYYY-MM-DDTHH:mm` in Shanghai. */
  on: z.string(),
  clock: z.string(),
  event: z.enum(['started', 'paused', 'resumed', 'restarted', 'lapsed', 'met', 'stopped']),
  m: sha256.nullable(),
});
export const timelineEntry = z.discriminatedUnion('kind', [timelineMessage, timelineClock]);
export type TimelineEntry = z.infer<typeof timelineEntry>;

export const note = z.strictObject({
  id: count,
  text: z.string(),
  by: z.string(),
  at: instant,
  editedAt: instant.nullable(),
});

const matterHead = {
  id: matterId,
  type: procedureType,
  subtype: z.string(),
  title: z.string(),
  state: z.string(),
  final: z.boolean(),
  turn: z.enum(['ours', 'theirs', 'none']),
  openedAt: instant,
  updatedAt: instant,
  /** `opener`, `lead`, or a role of the procedure. */
  role: z.string(),
  participants: z.array(officeName.extend({ role: z.string(), own: z.boolean() })),
  assignee: personId.nullable(),
};

export const matterView = z.strictObject({
  ...matterHead,
  /** The states of its procedure along the way, in order; `past` those that were reached. A state off the way is `now` after the last of them. */
  steps: z.array(z.strictObject({ state: z.string(), at: z.enum(['past', 'now', 'ahead']) })),
  /** The newest last. */
  timeline: z.array(timelineEntry),
  clocks: z.array(clock),
  /** Acts that our office may perform now, the procedure's first in front. */
  allowed: z.array(procedureAct),
  /** What is pending beside the state, e.g. a complaint. */
  sides: z.array(z.string()),
  /** What is missing before everything counts. */
  gap: z
    .strictObject({
      /** Messages that others name and that are not here. */
      wanted: count,
      /** Something is known to be missing; otherwise an act merely waits for its place. */
      certain: z.boolean(),
    })
    .nullable(),
  /** The lead gave one place twice. */
  conflict: z.strictObject({ pos: count, messages: z.array(sha256) }).nullable(),
  notes: z.array(note),
  /** Drafts that belong to it. */
  drafts: z.array(z.strictObject({ id: z.string(), actId: z.string() })),
});
export type MatterView = z.infer<typeof matterView>;

export const matterPreview = z.strictObject({
  ...matterHead,
  clocks: z.array(clock),
  allowed: z.array(procedureAct),
  last: timelineMessage.nullable(),
  messages: count,
  documents: count,
});

export type MatterPreview = z.infer<typeof matterPreview>;

const savedView = z.strictObject({
  id: count,
  name: z.string(),
  filter: matterFilter,
  sort: matterSort,
  /** Matters in it now; null where counting would take long. */
  total: count.nullable(),
});

export const matterChannels = {
  'matter:list': channel(
    'open',
    z.strictObject({ filter: matterFilter, sort: matterSort, limit, after: matterKey.nullable() }),
    page(matterRow, matterKey).extend({ total: count }),
  ),
  'matter:preview': channel('open', z.strictObject({ matter: matterId }), matterPreview),
  'matter:show': channel('open', z.strictObject({ matter: matterId }), matterView),
  /** Clocks, states and types of all, to fill filters with. */
  'matter:facets': channel(
    'open',
    nothing,
    z.strictObject({
      states: z.array(z.strictObject({ type: procedureType, state: z.string(), total: count })),
      regions: z.array(z.strictObject({ region: z.string(), total: count })),
    }),
  ),
  'matter:assign': channel(
    'open',
    z.strictObject({ matters: z.array(matterId).min(1).max(1000), person: personId.nullable() }),
    done,
  ),
  /** What the filter finds, or the chosen ones; asks where to write it. */
  'matter:export-csv': channel(
    'open',
    z.strictObject({
      filter: matterFilter,
      sort: matterSort,
      only: z.array(matterId).max(10_000).nullable(),
    }),
    saved.extend({ rows: count }),
  ),
  /** Everything but notes, for the file: to a printer, or as a PDF. */
  'matter:print': channel('open', z.strictObject({ matter: matterId }), printed),
  'matter:save-pdf': channel('open', z.strictObject({ matter: matterId }), saved),
  'matter:add-note': channel('open', z.strictObject({ matter: matterId, text: z.string().min(1).max(20_000) }), note),
  'matter:edit-note': channel('open', z.strictObject({ note: count, text: z.string().min(1).max(20_000) }), note),
  'matter:remove-note': channel('open', z.strictObject({ note: count }), done),
  'view:list': channel('open', nothing, z.strictObject({ items: z.array(savedView) })),
  'view:save': channel(
    'open',
    z.strictObject({ id: count.nullable(), name: line(60), filter: matterFilter, sort: matterSort }),
    savedView,
  ),
  'view:remove': channel('open', z.strictObject({ id: count }), done),
};
