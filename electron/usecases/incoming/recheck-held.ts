import { type ErrorCode, isAppError } from '../../../shared/errors.ts';
import { type ContainerVerdict, verifyContainer } from '../../packages/verify-container.ts';
import { openBlob } from '../../vault/blobs/blob-store.ts';
import { appendAudit } from '../../vault/repositories/audit.ts';
import { eachHeldFor, type MessageRow, setMessageStatus } from '../../vault/repositories/messages.ts';
import type { OfficeContext } from '../context.ts';
import { senderBinding } from '../office/sender-binding.ts';
import { trustFor } from '../office/trust.ts';
import { instantOf } from '../uuid-v7.ts';
import { applyCandidate } from './apply-arrival.ts';
import { heldCandidate } from './apply-message.ts';
import { canBeJudgedLater } from './read-arrival.ts';

/**
 * Judges once more what could not be judged for lack of revocation data. One that fails on this machine, e.g. because its blob is damaged, waits and keeps
 * none of the others back.
 *
 * @returns how many were decided
 */
export async function recheckHeld(context: OfficeContext): Promise<number> {
  let decided = 0;
  for (const row of eachHeldFor(context.vault.read, 'VERDICT_INDETERMINATE')) {
    try {
      if (await recheck(context, row)) decided++;
    } catch (error) {
      if (!isAppError(error) || error.code === 'CANCELLED') throw error;
    }
  }
  return decided;
}

async function recheck(context: OfficeContext, row: MessageRow): Promise<boolean> {
  const { vault, now, exclusively } = context;
  if (row.blob === null) return false;
  const container = await openBlob(vault, row.blob);
  try {
    const provenAt = new Date(row.firstReceivedAt);
    const trust = trustFor(context, vault.read, row.senderOffice);
    const binding = senderBinding(vault.read, provenAt);
    const verdict = await verifyContainer({ container, trust, at: provenAt, binding, accept: 'profile' });
    if (canBeJudgedLater(verdict)) return false;
    await exclusively(async () => decide(context, row, verdict, now()));
    return true;
  } finally {
    await container.close();
  }
}

function decide({ vault }: OfficeContext, row: MessageRow, { indication, code }: ContainerVerdict, now: Date): void {
  vault.write((db) => {
    const { blob } = row;
    const candidate = { ...heldCandidate(row), commitBlob: blob === null ? null : () => blob };
    const outcome = indication === 'TOTAL_PASSED' ? applyCandidate(db, candidate, now) : null;
    const failure: ErrorCode | null =
      outcome === null ? (code ?? 'SIGNATURE_INVALID') : 'code' in outcome ? outcome.code : null;
    if (outcome !== null && outcome.kind !== 'rejected') {
      // Cards live in a table of their own; what is left here is only how it came.
      if (row.kind === 'card') setMessageStatus(db, row.m, 'accepted', null);
      return;
    }
    setMessageStatus(db, row.m, 'refused', failure);
    const detail = { code: failure, from: row.senderOffice };
    appendAudit(db, { at: instantOf(now), actor: 'vault', action: 'message-rejected', subject: row.m, detail });
  });
}
