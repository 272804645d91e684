import type { Milliseconds } from '../../shared/model/brand.ts';

/** How long things last in a mailbox, by the clock that dates them: the server's. Ours may be days off. */
export interface MailboxLife {
  /** A claim older than this is void: its holder has died or lost the route. */
  readonly claim: Milliseconds;
  /** Pieces of a put that ended half-way are swept by the owner after this. */
  readonly partial: Milliseconds;
}

export const MAILBOX_LIFE: MailboxLife = { claim: 15 * 60_000, partial: 7 * 24 * 3600_000 };
