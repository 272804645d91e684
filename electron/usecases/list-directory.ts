import type { Office, OfficeCard } from '../../shared/model/office-card.ts';
import { findCurrentCard, listPendingCards } from '../vault/repositories/cards.ts';
import { listOfficeChannels } from '../vault/repositories/channels.ts';
import { listOffices, type OfficeFilter, type OfficeRow } from '../vault/repositories/offices.ts';
import type { OfficeContext } from './context.ts';

export interface DirectoryEntry {
  readonly office: Office;
  readonly own: boolean;
  /** The confirmed card; null: shown as unverified, and nothing can be sent. */
  readonly card: OfficeCard | null;
  /** Whether a newer card waits for a person's confirmation. */
  readonly pending: boolean;
  /** Ids of the channels by which the office is reached, in the order in which they are tried. */
  readonly channels: readonly string[];
}

const LARGEST = 100_000;

/** The offices that this vault knows, by name. */
export function listDirectory({ vault }: OfficeContext, filter: OfficeFilter = {}): DirectoryEntry[] {
  const pending = new Set(listPendingCards(vault.read).map(({ office }) => office));
  return listOffices(vault.read, filter, LARGEST).items.map(({ own, ...row }: OfficeRow) => {
    const { id, name, type, region } = row;
    return {
      office: { id, name, type, region },
      own,
      card: findCurrentCard(vault.read, id)?.body ?? null,
      pending: pending.has(id),
      channels: listOfficeChannels(vault.read, id).map((channel) => channel.id),
    };
  });
}
