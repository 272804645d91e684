import { randomUUID } from 'node:crypto';
import { AppError } from '../../../shared/errors.ts';
import type { Base64Der, PersonId } from '../../../shared/model/brand.ts';
import type { CardPerson } from '../../../shared/model/office-card.ts';
import { digestOf } from '../../exchange/bind-sender.ts';
import type { Certificate } from '../../pki/certificate.ts';
import { appendAudit } from '../../vault/repositories/audit.ts';
import { findCurrentCard } from '../../vault/repositories/cards.ts';
import { findSigningKey, insertSigningKey, type SigningKeyRow } from '../../vault/repositories/keys.ts';
import type { OfficeContext } from '../context.ts';
import { instantOf } from '../uuid-v7.ts';
import { listCandidates, putCandidate } from './listed-persons.ts';
import { getOwnVault } from './own-vault.ts';

export interface PersonOptions {
  /** Default: the certificate's commonName. */
  readonly name?: string;
  /** What the person may sign: acts, `card`, or `*`. Default `*`. */
  readonly acts?: readonly string[];
}

/** A person's certificate, and where the key to it lies. */
export interface PersonKey extends Pick<SigningKeyRow, 'p12' | 'token'> {
  readonly certificate: Certificate;
  /** Issuers above it, without the root. */
  readonly chain: readonly Certificate[];
}

/**
 * Keeps a person's key for the next card to list.
 *
 * @throws AppError IDENTIFIER_INVALID where the certificate is another office's
 */
export function admitPerson(context: OfficeContext, key: PersonKey, options: PersonOptions): CardPerson {
  const { vault, now } = context;
  const { certificate, chain, p12, token } = key;
  const own = getOwnVault(vault.read);
  if (certificate.organizationIdentifier !== null && certificate.organizationIdentifier !== own.office.id) {
    throw new AppError('IDENTIFIER_INVALID', { field: 'organizationIdentifier' });
  }
  const person = describePerson(context, certificate, options);
  const at = instantOf(now());
  vault.write((db) => {
    if (findSigningKey(db, certificate.sha256) === null) {
      const row = {
        certificateSha256: certificate.sha256,
        person: person.id,
        certificate: certificate.der,
        addedAt: at,
      };
      insertSigningKey(db, { ...row, p12, token });
    }
    putCandidate(db, { person, chain: chain.map(toBase64) });
    const detail = { certificate: certificate.sha256, name: person.name, token: token?.serial ?? null };
    appendAudit(db, { at, actor: person.id, action: 'identity-imported', subject: person.id, detail });
  });
  return person;
}

const toBase64 = ({ der }: Certificate): Base64Der => der.toString('base64') as Base64Der;

/** The same certificate on a second device is the same person. */
function describePerson(
  { vault }: OfficeContext,
  certificate: Certificate,
  { name, acts = ['*'] }: PersonOptions,
): CardPerson {
  const card = findCurrentCard(vault.read, getOwnVault(vault.read).office.id)?.body;
  const known = [...(card?.persons ?? []), ...listCandidates(vault.read).map(({ person }) => person)].find(
    (person) => digestOf(person.certificate) === certificate.sha256,
  );
  const owner = findSigningKey(vault.read, certificate.sha256)?.person;
  return {
    id: known?.id ?? owner ?? (randomUUID() as string as PersonId),
    name: name ?? known?.name ?? certificate.commonName ?? certificate.subjectText.slice(0, 100),
    certificate: toBase64(certificate),
    acts: [...acts],
    notBefore: instantOf(certificate.notBefore),
    notAfter: instantOf(certificate.notAfter),
  };
}
