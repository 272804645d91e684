import { AppError } from '../../shared/errors.ts';
import type { M } from '../../shared/model/brand.ts';
import type { ByteSource } from '../files/bytes.ts';
import { type ContainerSignature, readSignature } from '../packages/verify/read-signature.ts';
import {
  type ContainerVerdict,
  type SenderBinding,
  type TrustInput,
  verifyContainer,
} from '../packages/verify-container.ts';
import { openBlob } from '../vault/blobs/blob-store.ts';
import { findMessage } from '../vault/repositories/messages.ts';
import { listProofs, listProofValues, type ProofRow, type ProofValueRow } from '../vault/repositories/proofs.ts';
import { findReceipt } from '../vault/repositories/receipts.ts';
import type { OfficeContext } from './context.ts';
import { senderBinding } from './office/sender-binding.ts';
import { judgeStoredArchives, trustForStored } from './trust/stored-proofs.ts';

/** What the trust time of a verdict rests on (protocol.md 4). */
export type TrustTimeBy =
  /** Timestamps, which prove it to anybody. */
  | 'timestamps'
  /** The same, as of the last moment of which the stored revocation data speak. */
  | 'stored-material'
  /** This vault's own record of its first receipt, which counts here alone. */
  | 'own-record'
  /** Nothing older than the question. */
  | 'now';

export type StoredVerdict = Pick<ContainerVerdict, 'indication' | 'subIndication' | 'code' | 'report'> & {
  readonly trustTimeBy: TrustTimeBy;
};

/**
 * Verifies a stored message or receipt anew, offline, with everything that was kept for it: at `at` by its timestamps, and where these do not carry so far, at the time at
 * which this vault itself received it.
 *
 * @param at the moment in question, e.g. now, or ten years on
 * @throws AppError MESSAGE_UNKNOWN, BLOB_MISSING, BLOB_TAMPERED
 */
export async function verifyMessage(context: OfficeContext, m: M, at: Date): Promise<StoredVerdict> {
  const { read } = context.vault;
  const message = findMessage(read, m);
  const receipt = message === null ? findReceipt(read, m) : null;
  const blob = message?.blob ?? receipt?.blob ?? null;
  if (message === null && receipt === null) throw new AppError('MESSAGE_UNKNOWN', { m });
  if (blob === null) throw new AppError('BLOB_MISSING', { m });
  const receivedAt = new Date(message?.firstReceivedAt ?? receipt?.storedAt ?? at);
  const trust = trustForStored(context, read, m, message?.senderOffice ?? receipt?.office ?? null);
  const container = await openBlob(context.vault, blob);
  try {
    const values = listProofValues(read, m);
    const stored = { signature: await readSignature(container), proofs: listProofs(read, m), values };
    const binding = senderBinding(read, receivedAt);
    const byProofs = (time: Date) => judgeByProofs({ container, trust, binding, ...stored }, time);
    const now = await byProofs(at);
    if (now.indication !== 'INDETERMINATE') return now;
    const known = knownUntil(trust, at);
    const then = known === null ? now : await byProofs(known);
    if (then.indication !== 'INDETERMINATE' && then.trustTimeBy === 'timestamps') {
      return { ...then, trustTimeBy: 'stored-material' };
    }
    if (receivedAt >= at) return now;
    const byRecord = await verifyContainer({ container, trust, at: receivedAt, binding, accept: 'profile' });
    return byRecord.indication === 'INDETERMINATE' ? now : { ...byRecord, trustTimeBy: 'own-record' };
  } finally {
    await container.close();
  }
}

interface StoredContainer {
  readonly container: ByteSource;
  readonly trust: TrustInput;
  readonly binding: SenderBinding;
  readonly signature: ContainerSignature;
  readonly proofs: readonly ProofRow[];
  readonly values: readonly ProofValueRow[];
}

/** By the archive timestamps first, which move the moment of the verdict back, then by the signature's own. */
async function judgeByProofs(stored: StoredContainer, at: Date): Promise<StoredVerdict> {
  const { container, trust, binding, signature, proofs, values } = stored;
  const archived = judgeStoredArchives(signature, proofs, values, trust, at);
  const time = archived.provenAt ?? at;
  const verdict = await verifyContainer({ container, trust, at: time, binding, accept: 'profile' });
  const { indication, subIndication, code, report } = verdict;
  const isStamped = archived.provenAt !== null || report.signers.some(({ timestamp }) => timestamp !== null);
  return {
    indication,
    subIndication,
    code,
    trustTimeBy: isStamped ? 'timestamps' : 'now',
    report: { ...report, checks: [...archived.checks, ...report.checks] },
  };
}

/** The last moment before `at` of which the revocation data at hand speak: years later they still tell what was so then. */
function knownUntil({ crls, ocsps = [] }: TrustInput, at: Date): Date | null {
  const ends = [
    ...crls.map(({ nextUpdate }) => nextUpdate),
    ...ocsps.flatMap(({ basic }) => basic?.responses.map(({ nextUpdate }) => nextUpdate) ?? []),
  ].flatMap((end) => (end !== null && end < at ? [end.getTime()] : []));
  return ends.length === 0 ? null : new Date(Math.max(...ends));
}
