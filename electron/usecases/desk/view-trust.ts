import { AppError } from '../../../shared/errors.ts';
import type { ResponseOf } from '../../../shared/ipc/contract.ts';
import type { CertificateView } from '../../../shared/ipc/parts.ts';
import type { Sha256 } from '../../../shared/model/brand.ts';
import { parseCertificate } from '../../pki/certificate.ts';
import { nameText, parseName } from '../../pki/name.ts';
import { readCertificates } from '../../pki/read-certificates.ts';
import { listAnchors, listNewestCrls } from '../../vault/repositories/trust.ts';
import { addAnchors } from '../add-trust.ts';
import type { OfficeContext } from '../context.ts';
import { nameActor, viewCertificate } from './names.ts';

export function viewAnchors({ vault }: OfficeContext): ResponseOf<'trust:list-anchors'> {
  const db = vault.read;
  return {
    items: listAnchors(db)
      .filter(({ confirmedAt }) => confirmedAt !== null)
      .map(({ certificate, scopes, validFrom, validUntil, addedAt, addedBy }) => ({
        certificate: viewCertificate(parseCertificate(certificate)),
        scopes: [...scopes],
        validFrom,
        validUntil,
        addedAt,
        addedBy: nameActor(db, addedBy),
      })),
  };
}

/** What a file holds, to be compared before any of it is trusted. @throws AppError CERTIFICATE_MALFORMED */
export function readCertificateFile(bytes: Buffer): CertificateView[] {
  return readCertificates(bytes).map(viewCertificate);
}

/** Trusts those of a file that a person chose by their digests. @throws AppError CERTIFICATE_MALFORMED, USAGE where the file has changed */
export function addChosenAnchors(context: OfficeContext, bytes: Buffer, chosen: readonly Sha256[], by: string): number {
  const found = readCertificates(bytes).filter(({ sha256 }) => chosen.includes(sha256));
  if (found.length !== new Set(chosen).size) throw new AppError('USAGE', { field: 'certificates' });
  return found.reduce((sum, { der }) => sum + addAnchors(context, der, by).length, 0);
}

export function viewRevocationLists({ vault }: OfficeContext): ResponseOf<'trust:list-revocation-lists'> {
  return {
    items: listNewestCrls(vault.read).map(({ sha256, issuer, thisUpdate, nextUpdate, source, fetchedAt }) => ({
      sha256,
      issuer: nameText(parseName(issuer)),
      thisUpdate,
      nextUpdate,
      source,
      fetchedAt,
    })),
  };
}
