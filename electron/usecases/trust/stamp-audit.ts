import type { Milliseconds } from '../../../shared/model/brand.ts';
import { findAuditHead } from '../../vault/repositories/audit.ts';
import { findLastAuditProof, insertProof } from '../../vault/repositories/proofs.ts';
import type { OfficeContext } from '../context.ts';
import { trustFor } from '../office/trust.ts';
import { instantOf } from '../uuid-v7.ts';
import type { NetworkRun } from './ask-network.ts';
import { getTrustNetwork } from './network-settings.ts';
import { requestTimestamp, UNATTENDED_PATIENCE } from './request-timestamp.ts';

const DAY: Milliseconds = 24 * 3600_000;

/**
 * Stamps the head of the audit chain once a day (protocol.md 6): no row before it can be changed or left out later, not even by who holds the vault. Each stamp covers all
 * rows before it, so that a newer one renews the older ones. The imprint is the head's own hash, SHA-256 over the row.
 *
 * @returns whether there is a new one
 */
export async function stampAudit(context: OfficeContext, { signal }: NetworkRun): Promise<boolean> {
  const { vault, now } = context;
  const { tsas } = getTrustNetwork(vault.read);
  const head = findAuditHead(vault.read);
  const last = findLastAuditProof(vault.read);
  const isRecent = last !== null && Date.parse(last.genTime) > now().getTime() - DAY;
  if (tsas.length === 0 || head.seq === 0 || isRecent || last?.subject === head.hash) return false;
  const { stamp } = await requestTimestamp(context, {
    digest: Buffer.from(head.hash, 'hex'),
    tsas,
    trust: trustFor(context, vault.read, null),
    patience: UNATTENDED_PATIENCE,
    ...(signal === undefined ? {} : { signal }),
  });
  if (stamp === null) return false;
  vault.write((db) =>
    insertProof(db, {
      subject: head.hash,
      kind: 'audit',
      token: stamp.token.bytes,
      manifest: null,
      parts: null,
      genTime: instantOf(stamp.token.info.genTime),
      expiresAt: instantOf(stamp.certificate.notAfter),
      source: stamp.source,
      addedAt: instantOf(now()),
    }),
  );
  return true;
}
