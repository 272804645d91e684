import { z } from 'zod';
import { count, officeName, sha256 } from '../parts.ts';

const unit = z.enum(['hour', 'day', 'working-day', 'month', 'year']);

/**
 * A period of one matter (shared/procedures/matter-clock.ts), with what only a reader can add: whose duty it is from here, and whether it is overdue today.
 * Days are those of Shanghai: `YYYY-MM-DD`, moments `YYYY-MM-DDTHH:mm`. Unit, length and sentence of the rule stand in the table of rules.
 */
export const clock = z.strictObject({
  /** Names the clock within its procedure, `turn` within its matter. */
  id: z.string(),
  turn: count,
  who: z.string(),
  /** Id of the row in the table of rules; null where the date stands in a form. */
  rule: z.string().nullable(),
  article: z.string(),
  /** `unverified`: not confirmed from a primary text; said beside the date. */
  status: z.enum(['verified', 'unverified', 'agreed']),
  source: z.string(),
  startedBy: sha256,
  startedAt: z.string().nullable(),
  /** `lead-receipt`: the lead's own word of when it had the act. */
  basis: z.enum(['lead-receipt', 'form']),
  state: z.enum(['running', 'paused', 'met', 'stopped', 'lapsed', 'unknown']),
  due: z.string().nullable(),
  /** The last day before a holiday moved it. */
  original: z.string().nullable(),
  remaining: z.strictObject({ length: z.number(), unit }).nullable(),
  provisional: z.boolean(),
  pauses: z.array(
    z.strictObject({
      cause: z.string(),
      effect: z.enum(['pause', 'restart', 'lapse', 'none']),
      from: z.string(),
      to: z.string().nullable(),
    }),
  ),
  steps: z.array(z.strictObject({ kind: z.string(), date: z.string(), detail: z.string() })),
  endedBy: sha256.nullable(),
  endedAt: z.string().nullable(),
  /** Met after its due date. */
  late: z.boolean(),
  overdue: z.boolean(),
  ours: z.boolean(),
  owner: officeName.nullable(),
});
export type ClockView = z.infer<typeof clock>;
