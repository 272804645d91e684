import { AppError } from '../../shared/errors.ts';
import type { Sha256 } from '../../shared/model/brand.ts';
import type { Certificate } from '../pki/certificate.ts';
import { appendAudit } from '../vault/repositories/audit.ts';
import { findAnchor, insertCrl, removeAnchor } from '../vault/repositories/trust.ts';
import type { OfficeContext } from './context.ts';
import { readCrlRecords } from './read-crl-records.ts';
import { runInThread } from './threads/run-in-thread.ts';
import type { CrlRecord } from './threads/thread-messages.ts';
import { confirmAnchor, importAnchors } from './trust/import-anchors.ts';
import { instantOf } from './uuid-v7.ts';

/**
 * Trusts the CAs of a file at once, for signatures and timestamps: for whoever has compared their fingerprints already.
 *
 * @param by the person who did
 * @throws AppError CERTIFICATE_MALFORMED, ANCHOR_NOT_CA
 */
export function addAnchors(context: OfficeContext, bytes: Buffer, by: string): Certificate[] {
  const anchors = importAnchors(context, bytes, { by });
  for (const { certificate } of anchors) confirmAnchor(context, certificate.sha256, certificate.sha256, by);
  return anchors.map(({ certificate }) => certificate);
}

/** Trusts a CA no longer. @throws AppError ANCHOR_UNKNOWN */
export function dropAnchor({ vault, now }: OfficeContext, sha256: Sha256, by: string): void {
  vault.write((db) => {
    const anchor = findAnchor(db, sha256);
    if (anchor === null) throw new AppError('ANCHOR_UNKNOWN');
    removeAnchor(db, sha256);
    const detail = { subject: anchor.subject };
    appendAudit(db, { at: instantOf(now()), actor: by, action: 'anchor-removed', subject: sha256, detail });
  });
}

/**
 * Takes revocation lists in. Whether they are genuine is checked each time they are used.
 *
 * @param source where they came from: an address, or `file`
 * @returns how many were new
 * @throws AppError CRL_MALFORMED
 */
export function addCrls(context: OfficeContext, bytes: Buffer, source = 'file'): number {
  return storeCrls(context, readCrlRecords(bytes), source);
}

/** The same for a file that a person chose: 20 MiB of entries are read beside the loop that a window waits for. @throws AppError CRL_MALFORMED */
export async function addCrlsInThread(context: OfficeContext, bytes: Buffer): Promise<number> {
  return storeCrls(context, await runInThread('read-crls', { bytes }), 'file');
}

function storeCrls({ vault, now }: OfficeContext, lists: readonly CrlRecord[], source: string): number {
  const fetchedAt = instantOf(now());
  return vault.write(
    (db) =>
      lists.filter((list) =>
        insertCrl(db, { ...list, issuer: Buffer.from(list.issuer), crl: Buffer.from(list.crl), source, fetchedAt }),
      ).length,
  );
}
