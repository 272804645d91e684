import type { M, MatterId, OfficeId, VaultId } from '../../shared/model/brand.ts';
import type { Recipient, SyncRequestMessage } from '../../shared/model/message.ts';
import { type Link, pastOfHeads } from './heads.ts';

/** A stored package that could be sent once more. */
export interface StockItem extends Link {
  readonly kind: 'act' | 'enclosure' | 'receipt';
  readonly senderOffice: OfficeId | null;
  readonly recipients: readonly Recipient[];
  /** Of a receipt: the position that it gives. */
  readonly pos: number | null;
}

export interface MatterStock {
  readonly matter: MatterId;
  readonly participants: readonly OfficeId[];
  readonly items: readonly StockItem[];
}

export interface Asker {
  readonly office: OfficeId;
  readonly vault: VaultId;
}

export interface SyncAnswer {
  /** M of the packages to send again, those first without which others cannot be counted. */
  readonly packages: readonly M[];
  /** False: the bound was reached; the asker will ask again for the rest. */
  readonly complete: boolean;
}

/** Packages that one request may bring back. */
export const ANSWER_LIMIT = 500;

/** What a verified vault gets back: packages that were sealed for that vault, and nothing of matters in which its office has no part. */
export function planSyncAnswer(
  request: SyncRequestMessage,
  asker: Asker,
  stock: readonly MatterStock[],
  limit = ANSWER_LIMIT,
): SyncAnswer {
  const asked = new Map(request.matters.map((entry) => [entry.matter, entry]));
  const wanted = new Set(request.wanted);
  const chosen = stock
    .filter(({ participants }) => participants.includes(asker.office))
    .flatMap(({ matter, items }) => {
      const entry = asked.get(matter);
      const known = entry === undefined ? new Set<M>() : pastOfHeads(items, entry.heads);
      const lacks = (item: StockItem): boolean => {
        if (item.kind === 'act') return !known.has(item.m);
        if (request.complete) return true;
        // Heads say nothing of enclosures and of others' receipts: what is missing of them is asked for by name.
        return item.pos !== null && item.pos > (entry?.pos ?? 0);
      };
      const isAsked = entry !== undefined || request.complete;
      return items.filter((item) => wanted.has(item.m) || (isAsked && lacks(item)));
    })
    .filter((item) => isFor(item, asker));
  const packages = [...new Set(chosen.map(({ m }) => m))];
  return { packages: packages.slice(0, limit), complete: packages.length <= limit };
}

/** The signed list decides: what was not sealed for a vault, it could not open as its own. */
function isFor({ recipients }: StockItem, { office, vault }: Asker): boolean {
  return recipients.some((recipient) => recipient.office === office && recipient.vault === vault);
}

/** Who is likely to have what a matter lacks. */
export interface Witnesses {
  /** Vaults whose messages name what is missing: they had it. */
  readonly authors: ReadonlySet<VaultId>;
  readonly lead: OfficeId | null;
}

/** Whom to ask at the n-th attempt (from 0): who named it, then the lead, then the others, in turn; null where there is nobody. */
export function chooseAsked(candidates: readonly Asker[], { authors, lead }: Witnesses, attempt: number): Asker | null {
  const rank = ({ office, vault }: Asker): number => (authors.has(vault) ? 0 : office === lead ? 1 : 2);
  const ordered = [...candidates].sort((a, b) => rank(a) - rank(b) || (a.vault < b.vault ? -1 : 1));
  return ordered[attempt % Math.max(1, ordered.length)] ?? null;
}
