import type { OfficeId } from '../../../shared/model/brand.ts';
import type { OfficeCard } from '../../../shared/model/office-card.ts';
import type { TrustInput } from '../../packages/verify-container.ts';
import type { Certificate } from '../../pki/certificate.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import { listOcspAnswers } from '../../vault/repositories/ocsp-answers.ts';
import { listNewestCrls } from '../../vault/repositories/trust.ts';
import type { OfficeContext } from '../context.ts';
import type { TrustData } from '../threads/thread-messages.ts';
import { revocationsOf } from '../trust/cached-revocations.ts';
import { listFetchedIssuers } from '../trust/fetched-issuers.ts';
import { anchorsFor } from '../trust/import-anchors.ts';
import { listConfirmedCards, toCertificate } from './directory.ts';

/**
 * What a message of `office` is judged by: the vault's anchors and, for this office alone, the self-signed certificates that its confirmed
 * cards pin (protocol.md 1: trial identities, receipt keys).
 *
 * @param at trust time: anchors may be bounded
 */
export function trustFor(
  context: OfficeContext,
  db: ReadableDb,
  office: OfficeId | null,
  at: Date = context.now(),
): TrustInput {
  const cards = office === null ? [] : listConfirmedCards(db, office);
  return { ...certificatesFor(context, db, cards, at), ...revocationsOf(context, db), revocation: context.revocation };
}

function certificatesFor(
  context: OfficeContext,
  db: ReadableDb,
  cards: readonly OfficeCard[],
  at: Date,
): Required<Pick<TrustInput, 'anchors' | 'timestampAnchors' | 'untrusted'>> {
  return {
    anchors: [...anchorsFor(context, db, 'sign', at), ...cards.flatMap((card) => pinnedBy(context, card))],
    timestampAnchors: anchorsFor(context, db, 'timestamp', at),
    untrusted: [
      ...cards.flatMap(({ chain }) => chain.map((der) => toCertificate(context, der))),
      ...listFetchedIssuers(context, db),
    ],
  };
}

/** The same as data, for a thread: lists and answers go as they are kept, for reading them is what would take long. */
export function trustDataFor(context: OfficeContext, office: OfficeId | null, at: Date): TrustData {
  const db = context.vault.read;
  const cards = office === null ? [] : listConfirmedCards(db, office);
  const { anchors, timestampAnchors, untrusted } = certificatesFor(context, db, cards, at);
  return {
    anchors: anchors.map(({ der }) => der),
    timestampAnchors: timestampAnchors.map(({ der }) => der),
    untrusted: untrusted.map(({ der }) => der),
    crls: listNewestCrls(db).map(({ crl }) => crl),
    ocsps: listOcspAnswers(db).map(({ answer }) => answer),
    revocation: context.revocation,
    cards,
  };
}

function pinnedBy(context: OfficeContext, { persons, vaults }: OfficeCard): Certificate[] {
  const signing = [
    ...persons.map(({ certificate }) => certificate),
    ...vaults.map(({ receiptCertificate }) => receiptCertificate),
  ];
  return signing.map((der) => toCertificate(context, der)).filter(isSelfIssued);
}

const isSelfIssued = ({ issuer, subject }: Certificate): boolean => issuer.equals(subject);

/** What a card is judged by that may be the first of its office: its own self-signed certificates too. Whether to believe them is for a person to say. */
export function trustForCard(context: OfficeContext, db: ReadableDb, card: OfficeCard): TrustInput {
  const trust = trustFor(context, db, card.office.id);
  return {
    ...trust,
    anchors: [...trust.anchors, ...pinnedBy(context, card)],
    untrusted: [...(trust.untrusted ?? []), ...card.chain.map((der) => toCertificate(context, der))],
  };
}

/**
 * What our own work is checked by before it leaves: the signer's certificate counts as it is. The check is of what was made; whether to trust the signer is for
 * its recipients to judge.
 */
export function trustForSelfCheck(signer: Certificate): TrustInput {
  return { anchors: [signer], crls: [], revocation: 'off' };
}
