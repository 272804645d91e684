import { AppError } from '../../shared/errors.ts';
import type { Sha256 } from '../../shared/model/brand.ts';
import type { Certificate } from '../pki/certificate.ts';
import { readCrls } from '../pki/crl.ts';
import { listKey } from '../pki/path/crl-scope.ts';
import { readCertificates } from '../pki/read-certificates.ts';
import { appendAudit } from '../vault/repositories/audit.ts';
import { insertDuty } from '../vault/repositories/duties.ts';
import { insertAnchor, insertCrl, removeAnchor } from '../vault/repositories/trust.ts';
import type { OfficeContext } from './context.ts';
import { RETRY_QUARANTINE } from './office/store-card.ts';
import { instantOf } from './uuid-v7.ts';

/**
 * Trusts the CAs of a file: from now on certificates below them are good where nobody revoked them.
 *
 * @param by the person who does it
 * @throws AppError CERTIFICATE_MALFORMED
 */
export function addAnchors({ vault, now }: OfficeContext, bytes: Buffer, by: string): Certificate[] {
  const certificates = readCertificates(bytes);
  const at = instantOf(now());
  vault.write((db) => {
    for (const { sha256, der, subjectText } of certificates) {
      if (!insertAnchor(db, { sha256, certificate: der, subject: subjectText, addedAt: at, addedBy: by })) continue;
      appendAudit(db, { at, actor: by, action: 'anchor-added', subject: sha256, detail: { subject: subjectText } });
    }
    insertDuty(db, RETRY_QUARANTINE, {}, at);
  });
  return certificates;
}

/** Trusts a CA no longer. @throws AppError INTERNAL where it was none */
export function dropAnchor({ vault, now }: OfficeContext, sha256: Sha256, by: string): void {
  vault.write((db) => {
    removeAnchor(db, sha256);
    appendAudit(db, { at: instantOf(now()), actor: by, action: 'anchor-removed', subject: sha256 });
  });
}

/**
 * Takes revocation lists in. Whether they are genuine is checked each time they are used.
 *
 * @param source where they came from: an address, or `file`
 * @returns how many were new
 * @throws AppError CRL_MALFORMED
 */
export function addCrls({ vault, now }: OfficeContext, bytes: Buffer, source = 'file'): number {
  const lists = readCrls(bytes);
  if (lists.length === 0) throw new AppError('CRL_MALFORMED', { reason: 'no list' });
  const at = instantOf(now());
  return vault.write((db) => {
    const added = lists.filter((list) =>
      insertCrl(db, {
        sha256: list.sha256,
        issuer: list.issuer,
        scope: listKey(list),
        crl: list.der,
        thisUpdate: instantOf(list.thisUpdate),
        nextUpdate: list.nextUpdate === null ? null : instantOf(list.nextUpdate),
        source,
        fetchedAt: at,
      }),
    );
    return added.length;
  });
}
