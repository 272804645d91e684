import type { CertificateView } from '../../../shared/ipc/parts.ts';
import type { OfficeId, PersonId } from '../../../shared/model/brand.ts';
import type { Certificate } from '../../pki/certificate.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import { findOffice, findOwnOffice } from '../../vault/repositories/offices.ts';
import { findPerson } from '../../vault/repositories/persons.ts';
import { listCandidates } from '../office/listed-persons.ts';
import { instantOf } from '../uuid-v7.ts';

/** Ids as people know them. */

export function nameOffice(db: ReadableDb, id: OfficeId): { readonly id: OfficeId; readonly name: string } {
  return { id, name: findOffice(db, id)?.name ?? id };
}

export function namePerson(db: ReadableDb, office: OfficeId | null, person: PersonId | null): string | null {
  return office === null || person === null ? null : (findPerson(db, office, person)?.name ?? null);
}

/** Who did something in this office: a person's name where the id is one that is known. */
export function nameActor(db: ReadableDb, actor: string): string {
  const own = findOwnOffice(db)?.id ?? null;
  const candidate = listCandidates(db).find(({ person }) => person.id === actor)?.person.name;
  return namePerson(db, own, actor as PersonId) ?? candidate ?? actor;
}

export function viewCertificate({
  sha256,
  subject,
  issuer,
  subjectText,
  issuerText,
  serial,
  notBefore,
  notAfter,
}: Certificate): CertificateView {
  return {
    sha256,
    subject: subjectText,
    issuer: issuerText,
    serial: serial.toString('hex'),
    selfSigned: issuer.equals(subject),
    notBefore: instantOf(notBefore),
    notAfter: instantOf(notAfter),
  };
}
