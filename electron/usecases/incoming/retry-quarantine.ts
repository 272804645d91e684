import { ERROR_KINDS, type ErrorCode, isAppError } from '../../../shared/errors.ts';
import { throwIfAborted } from '../../packages/write-container.ts';
import { appendAudit } from '../../vault/repositories/audit.ts';
import { clearQuarantineFile, listQuarantined, type RejectedRow } from '../../vault/repositories/rejected.ts';
import { openTransportFile, removeTransportFile } from '../../vault/transport/transport-files.ts';
import type { OfficeContext } from '../context.ts';
import { instantOf } from '../uuid-v7.ts';
import type { Outcome } from './candidate.ts';
import { readArrival } from './read-arrival.ts';
import { applyReading } from './take-arrival.ts';

/** What a new card, or a new anchor, may put right. */
const CURABLE: readonly ErrorCode[] = [
  'SENDER_NOT_BOUND',
  'SIGNER_NOT_TRUSTED',
  'KEY_NOT_FOR_ACT',
  'CARD_NOT_SIGNED_BY_OFFICE',
];

/**
 * Reads what lies in quarantine once more. What is good now is applied as if it came today; what is not stays with its first reason.
 *
 * @returns how many packages were taken out
 */
export async function retryQuarantined(context: OfficeContext, signal?: AbortSignal): Promise<number> {
  let taken = 0;
  for (const row of listQuarantined(context.vault.read).filter(({ code }) => CURABLE.includes(code))) {
    throwIfAborted(signal);
    const outcome = await retry(context, row, signal);
    if (outcome !== null && outcome.kind !== 'rejected') taken++;
  }
  return taken;
}

async function retry(context: OfficeContext, row: RejectedRow, signal?: AbortSignal): Promise<Outcome | null> {
  const { vault, now } = context;
  if (row.quarantineFile === null) return null;
  const source = await openTransportFile(vault, 'quarantine', row.quarantineFile).catch((error: unknown) => {
    if (isAppError(error) && ERROR_KINDS[error.code] === 'environment') return null;
    throw error;
  });
  if (source === null) return null;
  try {
    const reading = await readArrival(context, source, signal);
    if (reading.kind === 'rejected') return null;
    const outcome = await applyReading(
      context,
      reading,
      (db) => {
        clearQuarantineFile(db, row.id);
        const detail = { was: row.code };
        appendAudit(db, {
          at: instantOf(now()),
          actor: 'vault',
          action: 'quarantine-released',
          subject: reading.m,
          detail,
        });
      },
      () => {},
    );
    if (outcome.kind !== 'rejected') await removeTransportFile(vault, 'quarantine', row.quarantineFile);
    return outcome;
  } finally {
    await source.close();
  }
}
