import { AppError } from '../../../shared/errors.ts';
import type { MessageId, Milliseconds, PersonId } from '../../../shared/model/brand.ts';
import type { CardPerson } from '../../../shared/model/office-card.ts';
import { digestOf } from '../../exchange/bind-sender.ts';
import type { Signer } from '../../packages/write-container.ts';
import { parseCertificate } from '../../pki/certificate.ts';
import { readPkcs12 } from '../../pki/pkcs12/read-pkcs12.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import { findCurrentCard } from '../../vault/repositories/cards.ts';
import { findSigningKey, type SigningKeyRow, type TokenPlace } from '../../vault/repositories/keys.ts';
import type { OfficeContext } from '../context.ts';
import { openTokenKey } from '../tokens/open-token-key.ts';
import { listCandidates } from './listed-persons.ts';
import { getOwnVault } from './own-vault.ts';

const LIFE: Milliseconds = 2 * 60_000;

/** Who signs, and the word that opens that person's key. */
export interface SigningCredentials {
  readonly person: PersonId;
  /** The token's PIN where the key lies on one; empty where it is typed at the reader. */
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

/** @throws AppError PERSON_UNKNOWN, KEY_MISSING, P12_PASSWORD_WRONG, TOKEN_… */
export async function openSigningAuthority(
  context: OfficeContext,
  { person, passphrase }: SigningCredentials,
  ids: readonly MessageId[],
): Promise<SigningAuthority> {
  const { vault, now } = context;
  const listed = findOwnPerson(vault.read, person);
  if (listed === null) throw new AppError('PERSON_UNKNOWN');
  const row = findSigningKey(vault.read, digestOf(listed.certificate));
  if (row === null) throw new AppError('KEY_MISSING', { usage: 'sign' });
  const opened = row.token === null ? openP12(row, passphrase) : await openToken(context, row, row.token, passphrase);
  const left = new Set(ids);
  const until = now().getTime() + LIFE;
  let signer: Signer | null = opened.signer;
  const close = (): void => {
    signer = null;
    clearTimeout(timer);
    opened.close();
  };
  // By the machine's clock too: nobody may ask again, and a token must not stay open for it
  const timer = setTimeout(close, LIFE);
  timer.unref();
  return {
    person,
    certificate: opened.signer.certificate,
    take(id) {
      const taken = signer;
      if (taken === null || !left.delete(id) || now().getTime() > until)
        throw new AppError('KEY_NOT_FOR_ACT', { message: id });
      return taken;
    },
    close,
  };
}

interface OpenedKey {
  readonly signer: Signer;
  close(): void;
}

function openP12({ p12, certificateSha256 }: SigningKeyRow, passphrase: string): OpenedKey {
  const read = p12 === null ? null : readPkcs12(p12, passphrase);
  const entry = read?.entries.find(({ certificate }) => certificate?.sha256 === certificateSha256);
  if (entry?.certificate == null) throw new AppError('KEY_MISSING', { usage: 'sign' });
  return {
    signer: { certificate: entry.certificate, key: entry.key, chain: read?.certificates ?? [] },
    close: () => {},
  };
}

async function openToken(
  context: OfficeContext,
  { certificateSha256 }: SigningKeyRow,
  place: TokenPlace,
  pin: string,
): Promise<OpenedKey> {
  const { session, entry, close } = await openTokenKey(context, place, certificateSha256, Buffer.from(pin, 'utf8'));
  const known = listCandidates(context.vault.read).flatMap(({ chain }) => chain);
  const carded = findCurrentCard(context.vault.read, getOwnVault(context.vault.read).office.id)?.body.chain ?? [];
  const chain = [...new Set([...known, ...carded])].map((der) => parseCertificate(Buffer.from(der, 'base64')));
  return { signer: { certificate: entry.certificate, key: session.signingKey(entry), chain }, close };
}

/** By the office's card, or brought in for the next one. */
function findOwnPerson(db: ReadableDb, person: PersonId): CardPerson | null {
  const card = findCurrentCard(db, getOwnVault(db).office.id);
  const persons = [...(card?.body.persons ?? []), ...listCandidates(db).map((candidate) => candidate.person)];
  return persons.find(({ id }) => id === person) ?? null;
}
