import { AppError } from '../../../shared/errors.ts';
import type { MessageId, Milliseconds, PersonId } from '../../../shared/model/brand.ts';
import type { CardPerson } from '../../../shared/model/office-card.ts';
import { digestOf } from '../../exchange/bind-sender.ts';
import type { Signer } from '../../packages/write-container.ts';
import { readPkcs12 } from '../../pki/pkcs12/read-pkcs12.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import { findCurrentCard } from '../../vault/repositories/cards.ts';
import { findSigningKey } from '../../vault/repositories/keys.ts';
import type { OfficeContext } from '../context.ts';
import { listCandidates } from './listed-persons.ts';
import { getOwnVault } from './own-vault.ts';

const LIFE: Milliseconds = 2 * 60_000;

/** Who signs, and the word that opens that person's key. */
export interface SigningCredentials {
  readonly person: PersonId;
  readonly passphrase: string;
}

/**
 * A person's authority to sign one fixed list of messages, at most two minutes long (protocol.md 1). What is signed is made here from the list,
 * so that whoever asked cannot put something else under the signature.
 */
export interface SigningAuthority {
  readonly person: PersonId;
  readonly certificate: Signer['certificate'];
  /** The key for one message of the list, once. @throws AppError KEY_NOT_FOR_ACT where it is not on the list, used up or too late */
  take(id: MessageId): Signer;
  /** Gives the key up. Call it when done, whatever happened. */
  close(): void;
}

/** @throws AppError PERSON_UNKNOWN, KEY_MISSING, P12_PASSWORD_WRONG */
export function openSigningAuthority(
  { vault, now }: OfficeContext,
  { person, passphrase }: SigningCredentials,
  ids: readonly MessageId[],
): SigningAuthority {
  const listed = findOwnPerson(vault.read, person);
  if (listed === null) throw new AppError('PERSON_UNKNOWN');
  const row = findSigningKey(vault.read, digestOf(listed.certificate));
  if (row === null) throw new AppError('KEY_MISSING', { usage: 'sign' });
  const p12 = readPkcs12(row.p12, passphrase);
  const entry = p12?.entries.find(({ certificate }) => certificate?.sha256 === row.certificateSha256);
  if (entry?.certificate == null) throw new AppError('KEY_MISSING', { usage: 'sign' });
  const left = new Set(ids);
  const until = now().getTime() + LIFE;
  let signer: Signer | null = { certificate: entry.certificate, key: entry.key, chain: p12?.certificates ?? [] };
  return {
    person,
    certificate: entry.certificate,
    take(id) {
      const taken = signer;
      if (taken === null || !left.delete(id) || now().getTime() > until)
        throw new AppError('KEY_NOT_FOR_ACT', { message: id });
      return taken;
    },
    close() {
      signer = null;
    },
  };
}

/** By the office's card, or brought in for the next one. */
function findOwnPerson(db: ReadableDb, person: PersonId): CardPerson | null {
  const card = findCurrentCard(db, getOwnVault(db).office.id);
  const persons = [...(card?.body.persons ?? []), ...listCandidates(db).map((candidate) => candidate.person)];
  return persons.find(({ id }) => id === person) ?? null;
}
