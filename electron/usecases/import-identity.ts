import { randomUUID } from 'node:crypto';
import { AppError } from '../../shared/errors.ts';
import type { Base64Der, PersonId } from '../../shared/model/brand.ts';
import type { CardPerson } from '../../shared/model/office-card.ts';
import { digestOf } from '../exchange/bind-sender.ts';
import type { Certificate } from '../pki/certificate.ts';
import type { Pkcs12Entry } from '../pki/pkcs12/match-entries.ts';
import { readPkcs12 } from '../pki/pkcs12/read-pkcs12.ts';
import { writePkcs12 } from '../pki/pkcs12/write-pkcs12.ts';
import { appendAudit } from '../vault/repositories/audit.ts';
import { findCurrentCard } from '../vault/repositories/cards.ts';
import { findSigningKey, insertSigningKey } from '../vault/repositories/keys.ts';
import type { OfficeContext } from './context.ts';
import { listCandidates, putCandidate } from './office/listed-persons.ts';
import { getOwnVault } from './office/own-vault.ts';
import { instantOf } from './uuid-v7.ts';

export interface ImportIdentity {
  readonly p12: Buffer;
  /** Of the file. */
  readonly password: string;
  /** Under which the person will sign; the file's password where absent. */
  readonly passphrase?: string;
  /** Default: the certificate's commonName. */
  readonly name?: string;
  /** What the person may sign: acts, `card`, or `*`. Default `*`. */
  readonly acts?: readonly string[];
  /** Of the key derivation; for tests. */
  readonly iterations?: number;
}

/**
 * Takes a person's signing key in, as a PKCS#12 of its own under that person's passphrase: no key of the vault opens it. The person may sign once a card lists
 * them.
 *
 * @throws AppError P12_MALFORMED, P12_PASSWORD_WRONG, P12_ALGORITHM_REFUSED, KEY_MISSING, IDENTIFIER_INVALID where the certificate is another office's
 */
export function importIdentity(context: OfficeContext, options: ImportIdentity): CardPerson {
  const { vault, now } = context;
  const read = readPkcs12(options.p12, options.password);
  if (read === null) throw new AppError('P12_MALFORMED');
  const { key, certificate } = findSigningEntry(read.entries);
  const own = getOwnVault(vault.read);
  if (certificate.organizationIdentifier !== null && certificate.organizationIdentifier !== own.office.id) {
    throw new AppError('IDENTIFIER_INVALID', { field: 'organizationIdentifier' });
  }
  const chain = read.certificates.filter((other) => !other.subject.equals(other.issuer));
  const person = describePerson(context, certificate, options);
  const p12 = writePkcs12({
    entries: [{ key, certificate }],
    certificates: chain,
    password: options.passphrase ?? options.password,
    ...(options.iterations === undefined ? {} : { iterations: options.iterations }),
  });
  const at = instantOf(now());
  vault.write((db) => {
    if (findSigningKey(db, certificate.sha256) === null) {
      insertSigningKey(db, {
        certificateSha256: certificate.sha256,
        person: person.id,
        certificate: certificate.der,
        p12,
        token: null,
        addedAt: at,
      });
    }
    putCandidate(db, { person, chain: chain.map(toBase64) });
    const detail = { certificate: certificate.sha256, name: person.name };
    appendAudit(db, { at, actor: person.id, action: 'identity-imported', subject: person.id, detail });
  });
  return person;
}

const toBase64 = ({ der }: Certificate): Base64Der => der.toString('base64') as Base64Der;

/** A key that may sign and nothing else goes before one that may do both. */
function findSigningEntry(entries: readonly Pkcs12Entry[]): Pkcs12Entry & { readonly certificate: Certificate } {
  const able = entries.flatMap((entry) => {
    const { certificate } = entry;
    return certificate !== null && maySign(certificate) ? [{ ...entry, certificate }] : [];
  });
  const found = able.find(({ certificate }) => !mayEncrypt(certificate)) ?? able[0];
  if (found === undefined) throw new AppError('KEY_MISSING', { usage: 'sign' });
  return found;
}

function maySign({ keyUsage, basicConstraints }: Certificate): boolean {
  if (basicConstraints?.ca === true) return false;
  return keyUsage === null || keyUsage.has('digitalSignature') || keyUsage.has('nonRepudiation');
}

function mayEncrypt({ keyUsage }: Certificate): boolean {
  return keyUsage === null || keyUsage.has('keyEncipherment') || keyUsage.has('keyAgreement');
}

/** The same certificate on a second device is the same person. */
function describePerson(
  { vault }: OfficeContext,
  certificate: Certificate,
  { name, acts = ['*'] }: ImportIdentity,
): CardPerson {
  const card = findCurrentCard(vault.read, getOwnVault(vault.read).office.id)?.body;
  const known = [...(card?.persons ?? []), ...listCandidates(vault.read).map(({ person }) => person)].find(
    (person) => digestOf(person.certificate) === certificate.sha256,
  );
  return {
    id: known?.id ?? findKeyOwner(vault.read, certificate) ?? (randomUUID() as string as PersonId),
    name: name ?? known?.name ?? certificate.commonName ?? certificate.subjectText.slice(0, 100),
    certificate: toBase64(certificate),
    acts: [...acts],
    notBefore: instantOf(certificate.notBefore),
    notAfter: instantOf(certificate.notAfter),
  };
}

function findKeyOwner(db: OfficeContext['vault']['read'], { sha256 }: Certificate): PersonId | null {
  return findSigningKey(db, sha256)?.person ?? null;
}
