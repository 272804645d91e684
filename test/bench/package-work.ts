import type { ByteSink, ByteSource } from '../../electron/files/bytes.ts';
import type { ContainerTarget } from '../../electron/packages/container-target.ts';
import { openPackage } from '../../electron/packages/open-package.ts';
import { sealPackage } from '../../electron/packages/seal-package.ts';
import { verifyContainer } from '../../electron/packages/verify-container.ts';
import type { Instant } from '../../shared/model/brand.ts';
import { actDraft } from '../fixtures/package-material.ts';
import type { BenchOffice } from './bench-office.ts';

/** Seals one document to its own office. */
export async function sealOne({ identity }: BenchOffice, source: ByteSource, sink: ByteSink, now: Date): Promise<void> {
  const recipients = [identity.encryption.certificate];
  await sealPackage({
    draft: { ...actDraft(identity, recipients), createdAt: now.toISOString() as Instant },
    documents: [{ source, name: 'document.bin', kind: 'other', mediaType: 'application/octet-stream' }],
    signer: { ...identity.signing, chain: [] },
    recipients,
    now,
    sink,
  });
}

/** All of it: tag, container, signature, path, digests; a verdict other than TOTAL_PASSED ends the bench. */
export async function openOne(
  { identity, anchor }: BenchOffice,
  source: ByteSource,
  target: ContainerTarget,
  at: Date,
): Promise<void> {
  const opened = await openPackage({ source, keys: [identity.encryption], target, accept: 'exchange' });
  if (opened === null) throw new Error('not for this key');
  const trust = { anchors: [anchor], crls: [], revocation: 'off' } as const;
  const verdict = await verifyContainer({ container: opened.container, opened, trust, at, accept: 'profile' });
  if (verdict.indication !== 'TOTAL_PASSED') throw new Error(`verdict ${verdict.indication} ${verdict.code}`);
  await opened.container.close();
}
