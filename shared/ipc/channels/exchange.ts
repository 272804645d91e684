import { z } from 'zod';
import { channel } from '../channel.ts';
import {
  act,
  count,
  credentials,
  done,
  errorCode,
  instant,
  json,
  limit,
  line,
  nothing,
  officeName,
  page,
  saved,
  sha256,
} from '../parts.ts';

/** The exchange as a whole, what it waits for, and the log of everything that was done. */

export const exchangeState = z.strictObject({
  running: z.boolean(),
  lastSuccess: instant.nullable(),
  /** Copies that wait to be posted. */
  queued: count,
  nextAt: instant.nullable(),
  /** Routes and offices that could not be reached last time. */
  unreachable: z.array(
    z.strictObject({ route: z.string().nullable(), office: officeName.nullable(), code: errorCode }),
  ),
  /** Packages that wait in their mailbox because this machine could not take them in. */
  failed: z.array(z.strictObject({ name: z.string(), code: errorCode })),
  /** Copies that wait for a person after a restore. */
  frozen: count,
  /** Vaults that have not yet said what they hold. */
  awaiting: z.array(officeName),
  /** Cards that wait for a person. */
  pendingCards: z.array(officeName),
  restored: z.boolean(),
});
export type ExchangeState = z.infer<typeof exchangeState>;

const frozenCopy = z.strictObject({
  id: count,
  m: sha256,
  title: z.string(),
  act: act.nullable(),
  office: officeName,
  createdAt: instant,
});

export const exchangeChannels = {
  'exchange:status': channel('open', nothing, exchangeState),
  /** Posts and polls at once; answers when it began, the rest comes as events. */
  'exchange:sync': channel('open', nothing, z.strictObject({ started: z.boolean() })),
  /** A restored vault asks its counterparts for its past. */
  'exchange:resume': channel('open', z.strictObject({ credentials }), z.strictObject({ asked: count })),
  /** Goes on although some vaults have not answered. */
  'exchange:finish-restore': channel('open', nothing, done),
  'exchange:list-frozen': channel('open', nothing, z.strictObject({ items: z.array(frozenCopy) })),
  'exchange:decide-frozen': channel(
    'open',
    z.strictObject({ decision: z.enum(['send', 'drop']), ids: z.array(count).min(1).max(1000) }),
    z.strictObject({ decided: count }),
  ),
};

const auditEntry = z.strictObject({
  seq: count,
  at: instant,
  /** A person's name as it is known, or `vault`. */
  actor: z.string(),
  action: z.string(),
  subject: z.string().nullable(),
  detail: z.record(z.string(), json),
  hash: sha256,
});
export type AuditEntryView = z.infer<typeof auditEntry>;

const auditFilter = z.strictObject({
  subject: line(80).optional(),
  actor: line(80).optional(),
  action: line(80).optional(),
});

export const auditChannels = {
  'audit:list': channel(
    'open',
    z.strictObject({ filter: auditFilter, limit, after: count.nullable() }),
    page(auditEntry, count).extend({ head: count }),
  ),
  /** Recomputes the whole chain. */
  'audit:check': channel('open', nothing, z.strictObject({ seq: count, hash: sha256 })),
  'audit:export-csv': channel('open', z.strictObject({ filter: auditFilter }), saved.extend({ rows: count })),
  /** The latest entries, as a PDF for the file. */
  'audit:save-pdf': channel('open', z.strictObject({ filter: auditFilter }), saved.extend({ rows: count })),
};
