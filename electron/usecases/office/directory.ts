import { AppError } from '../../../shared/errors.ts';
import type { Address, Base64Der, OfficeId, Sha256, VaultId } from '../../../shared/model/brand.ts';
import type { Recipient } from '../../../shared/model/message.ts';
import type { CardVault, OfficeCard } from '../../../shared/model/office-card.ts';
import { digestOf } from '../../exchange/bind-sender.ts';
import { type Certificate, parseCertificate } from '../../pki/certificate.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import { findCurrentCard, listCards } from '../../vault/repositories/cards.ts';
import type { OfficeContext } from '../context.ts';

/** Confirmed cards as the exchange uses them: who is reached where, and under which keys. */

/** The card in force. @throws AppError OFFICE_UNKNOWN where none was confirmed */
export function getCard(db: ReadableDb, office: OfficeId): OfficeCard {
  const row = findCurrentCard(db, office);
  if (row === null) throw new AppError('OFFICE_UNKNOWN', { office });
  return row.body;
}

/** Every card of an office that was ever confirmed, the newest first. */
export function listConfirmedCards(db: ReadableDb, office: OfficeId): OfficeCard[] {
  return listCards(db, office)
    .filter(({ confirmedAt, status }) => confirmedAt !== null && (status === 'current' || status === 'superseded'))
    .map(({ body }) => body)
    .reverse();
}

/** One mailbox that a package goes to. */
export interface Destination {
  readonly office: OfficeId;
  readonly vault: VaultId;
  readonly address: Address;
  readonly certificate: Sha256;
}

export function listDestinations(card: OfficeCard): Destination[] {
  return card.vaults
    .filter(({ status }) => status === 'active')
    .map(({ id, address, encryptionCertificate }: CardVault) => ({
      office: card.office.id,
      vault: id,
      address,
      certificate: digestOf(encryptionCertificate),
    }));
}

/** The mailbox of one vault, while it is active. */
export function findDestination(
  db: ReadableDb,
  { office, vault }: { readonly office: OfficeId; readonly vault: VaultId },
): Destination | null {
  const card = findCurrentCard(db, office);
  return card === null ? null : (listDestinations(card.body).find((one) => one.vault === vault) ?? null);
}

/** The active vaults of offices, as far as their cards are confirmed. */
export function listDestinationsOf(db: ReadableDb, offices: readonly OfficeId[]): Destination[] {
  return offices.flatMap((office) => {
    const card = findCurrentCard(db, office);
    return card === null ? [] : listDestinations(card.body);
  });
}

export function toRecipients(destinations: readonly Destination[]): Recipient[] {
  return destinations.map(({ office, vault, certificate }) => ({ office, vault, certificate }));
}

/** Whether this vault gives the positions of the matters that its office leads. */
export function isRegistrar(card: OfficeCard, vault: VaultId): boolean {
  return card.vaults.some(({ id, status, registrar }) => id === vault && status === 'active' && registrar);
}

export function toCertificate({ certificates }: OfficeContext, der: Base64Der): Certificate {
  const digest = digestOf(der);
  const known = certificates.get(digest);
  if (known !== undefined) return known;
  const parsed = parseCertificate(Buffer.from(der, 'base64'));
  certificates.set(digest, parsed);
  return parsed;
}

/**
 * The encryption certificates that a signed list names, from any card ever confirmed.
 *
 * @throws AppError RECIPIENT_REFUSED where one is unknown
 */
export function getRecipientCertificates(
  context: OfficeContext,
  db: ReadableDb,
  recipients: readonly Recipient[],
): Certificate[] {
  return recipients.map(({ office, certificate }) => {
    const found = office === null ? null : findEncryptionCertificate(db, office, certificate);
    if (found === null) throw new AppError('RECIPIENT_REFUSED', { certificate, reason: 'not-in-card' });
    return toCertificate(context, found);
  });
}

function findEncryptionCertificate(db: ReadableDb, office: OfficeId, certificate: Sha256): Base64Der | null {
  for (const card of listConfirmedCards(db, office)) {
    const vault = card.vaults.find(({ encryptionCertificate }) => digestOf(encryptionCertificate) === certificate);
    if (vault !== undefined) return vault.encryptionCertificate;
  }
  return null;
}
