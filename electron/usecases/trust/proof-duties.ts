import { hash } from 'node:crypto';
import { z } from 'zod';
import type { Milliseconds } from '../../../shared/model/brand.ts';
import { instant, sha256 } from '../../../shared/model/schemas.ts';
import { bufferContent } from '../../packages/cms/signed-content.ts';
import { parseTimestampToken } from '../../packages/timestamp/parse-timestamp.ts';
import { verifyTimestamp } from '../../packages/timestamp/verify-timestamp.ts';
import type { ContainerSignature } from '../../packages/verify/read-signature.ts';
import { throwIfAborted } from '../../packages/write-container.ts';
import { appendAudit } from '../../vault/repositories/audit.ts';
import { type DutyRow, insertDuty, listDuties, removeDuty } from '../../vault/repositories/duties.ts';
import type { OfficeContext } from '../context.ts';
import { trustFor } from '../office/trust.ts';
import { instantOf } from '../uuid-v7.ts';
import type { NetworkRun } from './ask-network.ts';
import { gatherValues } from './gather-values.ts';
import { tokensIn } from './message-chains.ts';
import { getTrustNetwork } from './network-settings.ts';
import { noteSignatureProof, PRESERVE, type SourcedTimestamp, STAMP } from './note-proof.ts';
import { readStored } from './read-stored.ts';
import { requestTimestamp, UNATTENDED_PATIENCE } from './request-timestamp.ts';

const stampPayload = z.strictObject({ m: sha256 });
const preservePayload = z.strictObject({ m: sha256, after: instant, tries: z.number().int().nonnegative() });

/** What could not be proven for lack of revocation data is tried again after so long, then after twice as long, at last once a week. */
const PAUSE: Milliseconds = 3600_000;
const LONGEST_PAUSE: Milliseconds = 7 * 24 * 3600_000;
const BATCH = 500;

/**
 * Stamps what no TSA has stamped yet, and keeps what will prove it in later years. When the TSAs are out, the rest waits for the next time.
 *
 * @returns how many messages were stamped
 */
export async function doProofDuties(context: OfficeContext, run: NetworkRun): Promise<number> {
  let stamped = 0;
  let isOut = false;
  for (let after = 0; ; ) {
    const duties = listDuties(context.vault.read, BATCH, after);
    if (duties.length === 0) return stamped;
    for (const duty of duties) {
      throwIfAborted(run.signal);
      after = duty.id;
      if (duty.kind === PRESERVE) await preserve(context, duty, run);
      if (duty.kind !== STAMP || isOut) continue;
      const done = await doStamping(context, duty, run);
      if (done) stamped++;
      else isOut = true;
    }
  }
}

/** @returns false where no TSA answered */
async function doStamping(context: OfficeContext, duty: DutyRow, run: NetworkRun): Promise<boolean> {
  const { vault, now } = context;
  const m = stampPayload.parse(duty.payload).m;
  const stored = await readStored(context, m);
  if (stored === null) {
    vault.write((db) => removeDuty(db, duty.id));
    return true;
  }
  const stamp = ownToken(context, stored.signature) ?? (await askForToken(context, stored.signature, run));
  if (stamp === null) return false;
  // a crash before this commit loses the token alone: the duty stands, and another one is asked for
  vault.write((db) => {
    noteSignatureProof(db, m, stamp, now());
    removeDuty(db, duty.id);
    const detail = { genTime: stamp.token.info.genTime.toISOString(), source: stamp.source };
    appendAudit(db, { at: instantOf(now()), actor: 'vault', action: 'message-stamped', subject: m, detail });
  });
  return true;
}

/** A token that came in the package, by a TSA that this office trusts too. */
function ownToken(context: OfficeContext, signature: ContainerSignature): SourcedTimestamp | null {
  const content = bufferContent(signature.signerInfo.signature);
  const trust = trustFor(context, context.vault.read, null);
  for (const der of tokensIn(signature)) {
    const token = parseTimestampToken(der);
    const verdict = verifyTimestamp({ token, content, trust, at: context.now() });
    const { certificate, indication, subIndication, path } = verdict;
    const holds = indication === 'TOTAL_PASSED' || (path !== null && subIndication === 'TRY_LATER');
    if (certificate !== null && holds) return { token, certificate, source: 'package' };
  }
  return null;
}

async function askForToken(
  context: OfficeContext,
  { signerInfo }: ContainerSignature,
  { signal }: NetworkRun,
): Promise<SourcedTimestamp | null> {
  const { stamp } = await requestTimestamp(context, {
    digest: hash('sha256', signerInfo.signature, 'buffer'),
    tsas: getTrustNetwork(context.vault.read).tsas,
    trust: trustFor(context, context.vault.read, null),
    patience: UNATTENDED_PATIENCE,
    ...(signal === undefined ? {} : { signal }),
  });
  return stamp;
}

/** Keeps certificates and revocation data of a signature and its timestamps, once they tell everything. */
async function preserve(context: OfficeContext, duty: DutyRow, run: NetworkRun): Promise<void> {
  const { vault, now } = context;
  const { m, after, tries } = preservePayload.parse(duty.payload);
  if (Date.parse(after) > now().getTime()) return;
  const stored = await readStored(context, m);
  const complete = stored === null || (await gatherValues(context, m, stored, run));
  vault.write((db) => {
    removeDuty(db, duty.id);
    if (!complete) {
      const pause = Math.min(PAUSE * 2 ** tries, LONGEST_PAUSE);
      const next = instantOf(new Date(now().getTime() + pause));
      insertDuty(db, PRESERVE, { m, after: next, tries: tries + 1 }, instantOf(now()));
    }
  });
}
