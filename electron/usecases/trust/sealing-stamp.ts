import { hash } from 'node:crypto';
import type { M } from '../../../shared/model/brand.ts';
import type { TsaSetting } from '../../../shared/model/trust-network.ts';
import type { TimestampTrust } from '../../packages/timestamp/verify-timestamp.ts';
import type { ContainerInput } from '../../packages/write-container.ts';
import type { WritableDb } from '../../vault/db/handle.ts';
import type { OfficeContext } from '../context.ts';
import { trustFor } from '../office/trust.ts';
import { getTrustNetwork } from './network-settings.ts';
import { noteSignatureProof, oweProof } from './note-proof.ts';
import { requestTimestamp, SEALING_PATIENCE, type StampingMeans, type StampingResult } from './request-timestamp.ts';

/** What became of the timestamp of a message that was sealed. */
export type SealedStamp = StampingResult & {
  /** `none`: the office named no TSA. `pending`: none answered, the stamp follows as a proof. */
  readonly state: 'none' | 'in-package' | 'beside' | 'pending';
};

export interface SealingStamp {
  /** For the writer of the container; absent where there is no TSA to ask. */
  readonly stamp: ContainerInput['stamp'];
  /** @param timestamp of the container that was written */
  result(timestamp: { readonly inPackage: boolean } | null): SealedStamp;
}

/** Asks the office's TSAs while a message is sealed, ten seconds at most: then the package leaves without, and the proof follows (protocol.md 4). */
export function sealingStamp(context: OfficeContext, signal?: AbortSignal): SealingStamp {
  const { read } = context.vault;
  return stampBy(context, getTrustNetwork(read).tsas, () => trustFor(context, read, null), signal);
}

/**
 * The same by these TSAs.
 * @param trust asked for when a token is to be judged; see {@link requestTimestamp}
 */
export function stampBy(
  means: StampingMeans,
  tsas: readonly TsaSetting[],
  trust: () => TimestampTrust | null,
  signal?: AbortSignal,
): SealingStamp {
  if (tsas.length === 0) {
    return { stamp: undefined, result: () => ({ state: 'none', stamp: null, failed: [] }) };
  }
  let asked: StampingResult = { stamp: null, failed: [] };
  return {
    stamp: async (signature) => {
      asked = await requestTimestamp(means, {
        digest: hash('sha256', signature, 'buffer'),
        tsas,
        trust: trust(),
        patience: SEALING_PATIENCE,
        ...(signal === undefined ? {} : { signal }),
      });
      return asked.stamp?.token.bytes ?? null;
    },
    result: (timestamp) => {
      const state = timestamp === null ? 'pending' : timestamp.inPackage ? 'in-package' : 'beside';
      return { ...asked, state };
    },
  };
}

/** Keeps the token that came, or owes one: call it in the transaction that stores the message. */
export function noteSealedStamp(db: WritableDb, m: M, { stamp }: SealedStamp, now: Date): void {
  if (stamp === null) oweProof(db, m, now);
  else noteSignatureProof(db, m, stamp, now);
}
