import { z } from 'zod';
import { channel } from '../channel.ts';
import { count, errorCode, instant, line, officeDelivery, officeId, officeName, saved, sha256 } from '../parts.ts';
import { ROUTE_KINDS } from './route.ts';

/** How far a message of ours has come, what was tried, and what may follow from silence. */

const attempt = z.strictObject({
  at: instant,
  /** Null: there was no route at all. */
  route: z.string().nullable(),
  kind: z.enum(ROUTE_KINDS).nullable(),
  /** Null: the mailbox took it, which proves nothing of its owner. */
  code: errorCode.nullable(),
});
export type AttemptView = z.infer<typeof attempt>;

const record = z.strictObject({
  /** Of the record itself. */
  m: sha256,
  recordedAt: instant,
  /** Tries that it lists. */
  attempts: count,
  /** False for the moment until it is signed: it can be handed out after that. */
  sealed: z.boolean(),
  /** A receipt came after all. */
  supersededAt: instant.nullable(),
});

const officeTrack = z.strictObject({
  delivery: officeDelivery,
  /** Null: nobody waits for this office any more. */
  watch: z
    .strictObject({
      stage: z.enum(['waiting', 'overdue', 'recorded']),
      since: instant,
      /** When the next step follows by itself. */
      nextAt: instant.nullable(),
    })
    .nullable(),
  routes: z.strictObject({ all: z.array(z.string()), last: z.string().nullable(), next: z.string().nullable() }),
  /** The newest first, at most 200. */
  attempts: z.array(attempt),
  attemptsInAll: count,
  records: z.array(record),
});
export type OfficeTrack = z.infer<typeof officeTrack>;

export const deliveryChannels = {
  'delivery:show': channel(
    'open',
    z.strictObject({ m: sha256 }),
    z.strictObject({
      /** Working days after which silence is warned of, and after as many again recorded. */
      receiptWithin: count,
      offices: z.array(officeTrack),
    }),
  ),
  /** Posts it once more to every vault that has not answered: of one office and over one of its routes, where these are named. */
  'message:remind': channel(
    'open',
    z.strictObject({ m: sha256, office: officeId.optional(), route: line(64).optional() }),
    z.strictObject({ copies: count }),
  ),
  /** Signs the record of non-delivery before its time, for every office that has not answered. A receipt that comes later heals the state. */
  'delivery:give-up': channel(
    'open',
    z.strictObject({ m: sha256 }),
    z.strictObject({ records: z.array(z.strictObject({ office: officeName, m: sha256 })) }),
  ),
  /** The signed record as a file that any validator of ETSI signatures reads. */
  'delivery:export-record': channel('open', z.strictObject({ record: sha256 }), saved),
};
