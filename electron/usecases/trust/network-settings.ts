import { AppError } from '../../../shared/errors.ts';
import { NO_NETWORK, type TrustNetwork, trustNetwork } from '../../../shared/model/trust-network.ts';
import type { ReadableDb, WritableDb } from '../../vault/db/handle.ts';
import { findMeta, putMeta } from '../../vault/repositories/meta.ts';

const KEY = 'trust.network';

/** Whom this office lets be asked; nobody until it says so. @throws AppError VAULT_CORRUPT */
export function getTrustNetwork(db: ReadableDb): TrustNetwork {
  const text = findMeta(db, KEY);
  if (text === null) return NO_NETWORK;
  const parsed = trustNetwork.safeParse(JSON.parse(text));
  if (!parsed.success) throw new AppError('VAULT_CORRUPT', { part: KEY });
  return parsed.data;
}

export function putTrustNetwork(db: WritableDb, network: TrustNetwork): void {
  putMeta(db, KEY, JSON.stringify(network));
}

/** An office that named a TSA wants its messages provable for long: they are stamped, and what proves them is kept. */
export function keepsProofs(db: ReadableDb): boolean {
  return getTrustNetwork(db).tsas.length > 0;
}
