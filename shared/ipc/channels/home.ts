import { z } from 'zod';
import { channel } from '../channel.ts';
import { count, instant, matterId, nothing, officeName, procedureType, sha256 } from '../parts.ts';
import { clock } from './clock.ts';
import { procedureAct } from './matter.ts';

/** What needs somebody today. */

const homeRow = z.strictObject({
  kind: z.enum(['clock', 'refused', 'answer', 'new']),
  matter: matterId,
  title: z.string(),
  type: procedureType,
  subtype: z.string(),
  state: z.string(),
  office: officeName,
  clock: clock.nullable(),
  /** The last message was ours and was turned away, whatever group its matter stands in. */
  refused: z.boolean(),
  /** That message; null where none was. */
  m: sha256.nullable(),
  at: instant,
  turn: z.enum(['ours', 'theirs', 'none']),
  /** The first act that we may perform; null where one can only look or remind. */
  act: procedureAct.nullable(),
});
export type HomeRow = z.infer<typeof homeRow>;

const group = z.strictObject({ total: count, rows: z.array(homeRow) });
const series = <Item extends z.ZodRawShape>(item: Item) => z.array(z.strictObject({ ...item, total: count }));

export const homeChannels = {
  'home:counts': channel(
    'open',
    nothing,
    z.strictObject({
      overdue: count,
      /** Ends today or within three working days. */
      due: count,
      /** In the signature folder. */
      toSign: count,
      /** Open matters in which the procedure waits for us. */
      toAnswer: count,
      /** Messages of others that nobody has opened. */
      unopened: count,
      /** Messages of ours that were turned away or could not be delivered. */
      refused: count,
      /** Packages turned away, of the last 30 days. */
      rejected: count,
      alarms: count,
    }),
  ),
  'home:today': channel(
    'open',
    z.strictObject({ limit: z.int().min(1).max(100) }),
    /** Each matter stands once, in the first group that it belongs to: `total` counts it in each. */
    z.strictObject({
      /** Overdue and refused. */
      now: group,
      today: group,
      soon: group,
      paused: group,
      /** Waits for us, without a clock. */
      answer: group,
      /** With messages that nobody has opened. */
      new: group,
      /** The next date of all, where nothing is due. */
      next: z.strictObject({ due: z.string(), matter: matterId, title: z.string() }).nullable(),
    }),
  ),
  'home:charts': channel(
    'open',
    /** Months that the volume reaches back. */
    z.strictObject({ months: z.int().min(1).max(60) }),
    z.strictObject({
      /** `turn` and `final` as in lists: what the window stacks its bars by. */
      byState: series({
        type: procedureType,
        state: z.string(),
        turn: z.enum(['ours', 'theirs', 'none']),
        final: z.boolean(),
      }),
      /** By province of the counterpart: the first two digits of its region code. */
      byRegion: series({ region: z.string() }),
      /** Of clocks that ended, by month `YYYY-MM`. */
      onTime: z.array(z.strictObject({ month: z.string(), met: count, missed: count })),
      volume: z.array(z.strictObject({ month: z.string(), sent: count, received: count })),
    }),
  ),
};
