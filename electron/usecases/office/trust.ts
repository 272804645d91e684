import type { OfficeId } from '../../../shared/model/brand.ts';
import type { OfficeCard } from '../../../shared/model/office-card.ts';
import type { TrustInput } from '../../packages/verify-container.ts';
import type { Certificate } from '../../pki/certificate.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import type { OfficeContext } from '../context.ts';
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
  return {
    anchors: [...anchorsFor(context, db, 'sign', at), ...cards.flatMap((card) => pinnedBy(context, card))],
    timestampAnchors: anchorsFor(context, db, 'timestamp', at),
    untrusted: [
      ...cards.flatMap(({ chain }) => chain.map((der) => toCertificate(context, der))),
      ...listFetchedIssuers(context, db),
    ],
    ...revocationsOf(context, db),
    revocation: context.revocation,
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
