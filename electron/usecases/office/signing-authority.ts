import { createPrivateKey } from 'node:crypto';
import { AppError } from '../../../shared/errors.ts';
import type { MessageId, Milliseconds, PersonId } from '../../../shared/model/brand.ts';
import type { CardPerson } from '../../../shared/model/office-card.ts';
import { digestOf } from '../../exchange/bind-sender.ts';
import type { Signer } from '../../packages/write-container.ts';
import { parseCertificate } from '../../pki/certificate.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import { findCurrentCard } from '../../vault/repositories/cards.ts';
import { findSigningKey, type SigningKeyRow, type TokenPlace } from '../../vault/repositories/keys.ts';
import type { OfficeContext } from '../context.ts';
import { runInThread } from '../threads/run-in-thread.ts';
import { openTokenKey } from '../tokens/open-token-key.ts';
import { listCandidates } from './listed-persons.ts';
import { openSigningKey } from './open-signing-key.ts';
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
  const opened =
    row.token === null ? await openP12(context, row, passphrase) : await openToken(context, row, row.token, passphrase);
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

async function openP12(
  { threads }: OfficeContext,
  { p12, certificateSha256: certificate }: SigningKeyRow,
  passphrase: string,
): Promise<OpenedKey> {
  if (p12 === null) throw new AppError('KEY_MISSING', { usage: 'sign' });
  const asks = { p12, passphrase, certificate };
  if (threads === undefined) return { signer: openSigningKey(asks), close: () => {} };
  const { key, certificate: leaf, chain } = await runInThread('open-key', asks);
  const pkcs8 = Buffer.from(key.buffer, key.byteOffset, key.byteLength);
  try {
    const signer = {
      certificate: parseCertificate(Buffer.from(leaf)),
      key: createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }),
      chain: chain.map((der) => parseCertificate(Buffer.from(der))),
    };
    return { signer, close: () => {} };
  } finally {
    pkcs8.fill(0);
  }
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
