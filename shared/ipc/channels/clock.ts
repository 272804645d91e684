import { z } from 'zod';
import { count, officeName, sha256 } from '../parts.ts';

const unit = z.enum(['hour', 'day', 'working-day', 'month', 'year']);

/** A statutory period of one matter, with everything that a deadline card says. Days are those of Shanghai: `YYYY-MM-DD`, for hours `YYYY-MM-DDTHH:mm`. */
export const clock = z.strictObject({
  /** Names the clock within its matter. */
  id: z.string(),
  /** Id of the row in the table of rules. */
  rule: z.string(),
  article: z.string(),
  text: z.strictObject({ zh: z.string(), en: z.string() }),
  /** `unverified`: not confirmed from a primary text; said beside the date. */
  status: z.enum(['verified', 'unverified']),
  source: z.string(),
  unit,
  length: count,
  /** `met`: what it asked for was done in time; `missed`: done late or not at all. */
  state: z.enum(['running', 'paused', 'lapsed', 'met', 'missed']),
  start: z.string(),
  due: z.string().nullable(),
  /** The last day before a holiday moved it. */
  original: z.string().nullable(),
  remaining: z.strictObject({ length: z.number(), unit }).nullable(),
  provisional: z.boolean(),
  /** Who must move. */
  owner: z.strictObject({ ours: z.boolean(), office: officeName.nullable() }),
  pauses: z.array(z.strictObject({ cause: z.string(), from: z.string(), to: z.string().nullable() })),
  steps: z.array(z.strictObject({ kind: z.string(), date: z.string(), detail: z.string() })),
  /** The message that started it. */
  startedBy: sha256.nullable(),
  endedBy: sha256.nullable(),
});
export type ClockView = z.infer<typeof clock>;
