import { createHash } from 'node:crypto';
import type { ErrorCode } from '../../shared/errors.ts';
import type { Sha256 } from '../../shared/model/brand.ts';
import { parseCardCode } from '../../shared/model/card-code.ts';
import type { OfficeCard } from '../../shared/model/office-card.ts';
import { SUITES } from '../../shared/model/vocabulary.ts';
import { digestOf, isInForce, maySignCards } from './bind-sender.ts';

/** What becomes of a card whose signature was found good (protocol.md 1). */
export type CardDecision =
  | { readonly kind: 'apply'; readonly how: 'fingerprint' | 'signed-by-known-key' }
  | { readonly kind: 'unchanged' }
  /** A person must confirm; `comparison`: with the fingerprint, because no key that is trusted vouches for it. */
  | { readonly kind: 'pending'; readonly comparison: boolean }
  | { readonly kind: 'refuse'; readonly code: ErrorCode };

export interface CardFacts {
  readonly incoming: OfficeCard;
  /** SHA-256 of the certificate that signed it. */
  readonly signer: Sha256;
  /** The confirmed card in force; null: the office is not known yet. */
  readonly current: OfficeCard | null;
  /** What a person compared out of band, if anything. */
  readonly fingerprint: string | null;
  readonly at: Date;
}

export function judgeCard(facts: CardFacts): CardDecision {
  const { incoming, signer, current, fingerprint, at } = facts;
  if (!isSignedBy(incoming, signer, at)) return { kind: 'refuse', code: 'CARD_NOT_SIGNED_BY_OFFICE' };
  if (current !== null && JSON.stringify(current) === JSON.stringify(incoming)) return { kind: 'unchanged' };
  if (current !== null && incoming.version <= current.version) return { kind: 'refuse', code: 'CARD_NOT_NEWER' };
  if (current !== null && lowersSuite(current, incoming)) return { kind: 'refuse', code: 'CARD_LOWERS_SUITE' };
  if (current !== null && oversteps(current, incoming, signer, at)) {
    return { kind: 'refuse', code: 'CARD_NOT_SIGNED_BY_OFFICE' };
  }
  if (fingerprint !== null) {
    return isCompared(fingerprint, incoming)
      ? { kind: 'apply', how: 'fingerprint' }
      : { kind: 'refuse', code: 'FINGERPRINT_MISMATCH' };
  }
  if (current === null || !isSignedBy(current, signer, at)) return { kind: 'pending', comparison: true };
  return addsKeys(current, incoming)
    ? { kind: 'pending', comparison: false }
    : { kind: 'apply', how: 'signed-by-known-key' };
}

function isSignedBy(card: OfficeCard, signer: Sha256, at: Date): boolean {
  return card.persons.some(
    (person) => digestOf(person.certificate) === signer && maySignCards(person) && isInForce(person, at),
  );
}

/**
 * Whether somebody whom the confirmed card knows but does not let sign cards, or no longer, gives themselves the right. With no key that is new the fingerprint is
 * the one that the office publishes: comparing it would say yes to this card as well.
 */
function oversteps(current: OfficeCard, incoming: OfficeCard, signer: Sha256, at: Date): boolean {
  return !isSignedBy(current, signer, at) && !addsKeys(current, incoming);
}

function lowersSuite(current: OfficeCard, incoming: OfficeCard): boolean {
  return SUITES.indexOf(incoming.minimumSuite) < SUITES.indexOf(current.minimumSuite);
}

/** Whether the new card trusts a key, for a person, a vault or cards, that the confirmed one does not. Taking keys away asks nobody. */
function addsKeys(current: OfficeCard, incoming: OfficeCard): boolean {
  const known = new Set(keyLines(current));
  return keyLines(incoming).some((line) => !known.has(line));
}

function keyLines({ office, persons, vaults }: OfficeCard): string[] {
  return [
    `office ${office.id} ${office.name} ${office.type} ${office.region}`,
    ...persons.map(({ id, certificate }) => `person ${id} ${digestOf(certificate)}`),
    // who holds any key of the office could else sign a card that says they may, and it would have the office's fingerprint
    ...persons.filter(maySignCards).map(({ id, certificate }) => `cards ${id} ${digestOf(certificate)}`),
    ...vaults.map(
      ({ id, encryptionCertificate, receiptCertificate }) =>
        `vault ${id} ${digestOf(encryptionCertificate)} ${digestOf(receiptCertificate)}`,
    ),
  ];
}

/**
 * What two persons read to each other: SHA-256, lower-case hex, over the office's words, the digests of all keys of its card and of those that may sign cards, one a
 * line, sorted. A new version with the same keys keeps its fingerprint.
 */
export function cardFingerprint(card: OfficeCard): Sha256 {
  return createHash('sha256')
    .update(`${keyLines(card).sort().join('\n')}\n`)
    .digest('hex') as Sha256;
}

/** Whether what was read aloud, typed or scanned is the fingerprint of this card; a scanned code names the office too. */
export function isCompared(typed: string, card: OfficeCard): boolean {
  const scanned = parseCardCode(typed);
  if (scanned !== null && scanned.office !== card.office.id) return false;
  return sameFingerprint(scanned?.fingerprint ?? typed, cardFingerprint(card));
}

/** Spaces, colons, hyphens and case do not count. */
export function sameFingerprint(typed: string, fingerprint: Sha256): boolean {
  return typed.replace(/[\s:-]/g, '').toLowerCase() === fingerprint;
}
