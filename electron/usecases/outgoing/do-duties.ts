import type { ErrorCode } from '../../../shared/errors.ts';
import type { OfficeId } from '../../../shared/model/brand.ts';
import { isRouteError } from '../../exchange/route-error.ts';
import { throwIfAborted } from '../../packages/write-container.ts';
import { type DutyRow, listDuties, removeDuty } from '../../vault/repositories/duties.ts';
import { getVaultState } from '../../vault/vault-state.ts';
import type { OfficeContext } from '../context.ts';
import { retryQuarantined } from '../incoming/retry-quarantine.ts';
import { getOwnVault } from '../office/own-vault.ts';
import { RETRY_QUARANTINE } from '../office/store-card.ts';
import { isTokenAway } from '../tokens/reading-keys.ts';
import { ANSWER_SYNC, doAnswering } from './answer-sync-duty.ts';
import { redraftSealing } from './redraft-duty.ts';
import { doResending, isResendWaiting, RESEND, resendOffice } from './resend-duty.ts';
import { doSealing, isRequestSealing, refusedOffice, SEAL } from './seal-duty.ts';

export interface DutiesDone {
  sealed: number;
  posted: number;
  readonly failed: { readonly office: OfficeId; readonly code: ErrorCode }[];
}

const BATCH = 100;

/**
 * Does what commits have promised, oldest first. A duty that an unreachable route holds up stands, and the next one is tried; so does one whose recipient's
 * certificate has expired, until a card with another one is confirmed: then it is drafted anew.
 *
 * @param force also what waits after a failure
 */
export async function doDuties(context: OfficeContext, force: boolean, signal?: AbortSignal): Promise<DutiesDone> {
  const done: DutiesDone = { sealed: 0, posted: 0, failed: [] };
  const unreachable = new Set<OfficeId>();
  for (let after = 0; ; ) {
    const duties = listDuties(context.vault.read, BATCH, after);
    if (duties.length === 0) return done;
    for (const duty of duties) {
      throwIfAborted(signal);
      after = duty.id;
      if (!force && duty.kind === RESEND && isResendWaiting(duty, context.now())) continue;
      try {
        await doDuty(context, duty, done, unreachable, signal);
      } catch (error) {
        // What is sealed is opened again before it leaves, which a token's key cannot do without its PIN: the duty waits for it
        if (!isTokenAway(error)) throw error;
        done.failed.push({ office: getOwnVault(context.vault.read).office.id, code: error.code });
      }
    }
  }
}

async function doDuty(
  context: OfficeContext,
  duty: DutyRow,
  done: DutiesDone,
  unreachable: Set<OfficeId>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { vault, exclusively } = context;
  const isActive = getVaultState(vault.read).state === 'active';
  switch (duty.kind) {
    case SEAL:
      // What a backup still owed is said only when it is known what was said after it.
      if (!isActive && !isRequestSealing(duty)) return;
      try {
        await exclusively(() => doSealing(context, duty));
        done.sealed++;
      } catch (error) {
        const office = refusedOffice(error, duty);
        if (office === null) throw error;
        // Done by this very run, behind what is owed already
        if (await exclusively(async () => vault.write((db) => redraftSealing(db, duty, context.now())))) return;
        done.failed.push({ office, code: 'RECIPIENT_REFUSED' });
      }
      return;
    case ANSWER_SYNC:
      if (isActive) await exclusively(async () => doAnswering(context, duty));
      return;
    case RETRY_QUARANTINE:
      await retryQuarantined(context, signal);
      vault.write((db) => removeDuty(db, duty.id));
      return;
    case RESEND: {
      const office = resendOffice(duty);
      if (!isActive || unreachable.has(office)) return;
      try {
        if (await doResending(context, duty, signal)) done.posted++;
      } catch (error) {
        if (!isRouteError(error)) throw error;
        unreachable.add(office);
        done.failed.push({ office, code: error.code });
      }
      return;
    }
  }
}
