import type { M } from '../../../shared/model/brand.ts';
import { findAuditHead, listAuditSince } from '../../vault/repositories/audit.ts';
import type { OfficeContext } from '../context.ts';
import { getOwnVault } from '../office/own-vault.ts';

/** What has been taken in up to a place of the log. */
export interface Received {
  readonly messages: readonly M[];
  readonly seq: number;
}

/** From here on. */
export function startReceived({ vault }: OfficeContext): Received {
  return { messages: [], seq: findAuditHead(vault.read).seq };
}

/**
 * Acts and enclosures of other offices that were accepted after `seq`, those among them that had been held before: each is named once, however many rounds
 * look. Receipts, cards and what another vault of this office signed are nobody's news.
 */
export function listReceived({ vault }: OfficeContext, seq: number): Received {
  const db = vault.read;
  const own = getOwnVault(db).office.id;
  const rows = listAuditSince(db, seq);
  return {
    messages: rows
      .filter(({ action, detail }) => action === 'message-accepted' && detail['from'] !== own)
      .map(({ subject }) => subject as M),
    seq: rows.at(-1)?.seq ?? seq,
  };
}
