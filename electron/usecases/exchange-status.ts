import type { Instant, OfficeId } from '../../shared/model/brand.ts';
import type { Office } from '../../shared/model/office-card.ts';
import type { AlarmRow } from '../vault/repositories/alarms.ts';
import { findCurrentCard, listPendingCards } from '../vault/repositories/cards.ts';
import { findNextOutboxTime, listFrozenOutbox } from '../vault/repositories/outbox.ts';
import { getVaultState, type VaultState } from '../vault/vault-state.ts';
import type { OfficeContext } from './context.ts';
import { listStandingAlarms } from './desk/standing-alarms.ts';
import { isRegistrar } from './office/directory.ts';
import { getOwnVault } from './office/own-vault.ts';
import { findSettling } from './restore/settling.ts';

export interface ExchangeStatus {
  readonly office: Office;
  readonly vault: VaultState;
  /** Version of the office's confirmed card; null before the first. */
  readonly card: number | null;
  /** Whether that card lists this vault. */
  readonly listed: boolean;
  readonly registrar: boolean;
  /** When the next queued copy is due; null where nothing is queued. */
  readonly nextPosting: Instant | null;
  /** Copies that wait for a person's confirmation after a restore. */
  readonly frozen: number;
  /** Vaults that have not yet said what they hold, while a restored vault asks for its past. */
  readonly awaiting: readonly OfficeId[];
  readonly pendingCards: readonly OfficeId[];
  readonly alarms: readonly AlarmRow[];
}

/** What a person must know of the exchange before anything else. */
export function exchangeStatus({ vault }: OfficeContext): ExchangeStatus {
  const db = vault.read;
  const own = getOwnVault(db);
  const card = findCurrentCard(db, own.office.id)?.body ?? null;
  return {
    office: own.office,
    vault: getVaultState(db),
    card: card?.version ?? null,
    listed: card?.vaults.some(({ id, status }) => id === own.vault && status === 'active') ?? false,
    registrar: card !== null && isRegistrar(card, own.vault),
    nextPosting: findNextOutboxTime(db),
    frozen: listFrozenOutbox(db).length,
    awaiting: findSettling(db)?.awaiting.map(({ office }) => office) ?? [],
    pendingCards: listPendingCards(db).map(({ office }) => office),
    alarms: listStandingAlarms(db),
  };
}
