import type { Instant, M, Sha256 } from '../../shared/model/brand.ts';
import type { Office } from '../../shared/model/office-card.ts';
import { cardFingerprint } from '../exchange/card-trust.ts';
import { type CardRow, findCurrentCard, listPendingCards } from '../vault/repositories/cards.ts';
import { listOfficeChannels } from '../vault/repositories/channels.ts';
import { listOffices, type OfficeFilter } from '../vault/repositories/offices.ts';
import type { OfficeContext } from './context.ts';

export interface DirectoryEntry {
  readonly office: Office;
  /** Whether it is this vault's own office. */
  readonly own: boolean;
  /** The confirmed card; null while none was confirmed. */
  readonly card: DirectoryCard | null;
  /** Cards that wait for a person, the newest last. */
  readonly pending: readonly DirectoryCard[];
  /** Channels that reach it, by their ids. */
  readonly channels: readonly string[];
}

export interface DirectoryCard {
  readonly m: M;
  readonly version: number;
  readonly fingerprint: Sha256;
  readonly confirmedAt: Instant | null;
  readonly how: string | null;
}

const PAGE = 500;

/** Every office that this vault knows, by name. */
export function listDirectory({ vault }: OfficeContext, filter: OfficeFilter = {}): DirectoryEntry[] {
  const db = vault.read;
  const pending = Map.groupBy(listPendingCards(db), ({ office }) => office);
  const entries: DirectoryEntry[] = [];
  for (let page = listOffices(db, filter, PAGE); ; page = listOffices(db, filter, PAGE, page.next)) {
    for (const { id, name, type, region, own } of page.items) {
      const current = findCurrentCard(db, id);
      entries.push({
        office: { id, name, type, region },
        own,
        card: current === null ? null : toDirectoryCard(current),
        pending: (pending.get(id) ?? []).map(toDirectoryCard),
        channels: listOfficeChannels(db, id).map((channel) => channel.id),
      });
    }
    if (page.next === null) return entries;
  }
}

function toDirectoryCard({ m, version, body, confirmedAt, how }: CardRow): DirectoryCard {
  return { m, version, fingerprint: cardFingerprint(body), confirmedAt, how };
}
