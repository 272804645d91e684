import { AppError } from '../../../../shared/errors.ts';
import type { ActFact, ActQuestion, AskedAct, FactName } from '../../../../shared/model/act-question.ts';
import type { OfficeId, PersonId, Sha256 } from '../../../../shared/model/brand.ts';
import type { CardPerson, OfficeCard } from '../../../../shared/model/office-card.ts';
import { cardFingerprint, isCompared } from '../../../exchange/card-trust.ts';
import { findCurrentCard } from '../../../vault/repositories/cards.ts';
import type { VaultKeyKind } from '../../../vault/repositories/keys.ts';
import { getPendingCard, needsComparison } from '../../confirm-pending-card.ts';
import type { OfficeContext } from '../../context.ts';
import type { SignedDirectory } from '../../directory/import-directory.ts';
import { buildCard, type CardChanges } from '../../office/build-card.ts';
import { getOwnVault } from '../../office/own-vault.ts';
import { listCardReceivers } from '../../publish-card.ts';
import { nameActor, nameOffice } from '../names.ts';
import { compareCards } from '../view-directory.ts';

/** What a newer card adds and takes away, line by line. */
function changeFacts(before: OfficeCard | null, after: OfficeCard): ActFact[] {
  return compareCards(before, after).flatMap(({ what, change, name, after: key }): ActFact[] => {
    if (what === 'office') return [];
    const kept: FactName = what === 'person' ? 'person' : 'device';
    if (change === 'removed') return [{ name: what === 'person' ? 'personOut' : 'deviceOut', value: name }];
    return [{ name: kept, value: name, ...(key === null ? {} : { fingerprint: key }) }];
  });
}

/**
 * The card that waits, with the fingerprint to be compared: the act then names this card and no later one.
 * @throws AppError CARD_NOT_PENDING, FINGERPRINT_MISMATCH where what was scanned or typed is not that of the card
 */
export async function askCard(
  context: OfficeContext,
  office: OfficeId,
  typed?: string,
): Promise<{ readonly question: ActQuestion; readonly fingerprint: Sha256 }> {
  const db = context.vault.read;
  const pending = getPendingCard(context, office, typed);
  const { body } = pending;
  if (typed !== undefined && !isCompared(typed, body)) throw new AppError('FINGERPRINT_MISMATCH');
  const fingerprint = cardFingerprint(body);
  const identity: ActFact = { name: 'office', value: `${body.office.name} ${office}`, fingerprint };
  if (await needsComparison(context, pending))
    return { question: { act: 'card', subject: body.office.name, facts: [identity] }, fingerprint };
  const changes = changeFacts(findCurrentCard(db, office)?.body ?? null, body);
  return { question: { act: 'vouchedCard', subject: body.office.name, facts: [identity, ...changes] }, fingerprint };
}

/** Null where the office's directories are relied on already. */
export function askDirectory({ vault }: OfficeContext, { issuer, body, known }: SignedDirectory): ActQuestion | null {
  if (known) return null;
  const card = findCurrentCard(vault.read, issuer)?.body;
  const { name } = nameOffice(vault.read, issuer);
  const facts: ActFact[] = [
    {
      name: 'office',
      value: `${name} ${issuer}`,
      ...(card === undefined ? {} : { fingerprint: cardFingerprint(card) }),
    },
    { name: 'regions', value: body.scope.regions.join(' ') },
    { name: 'copies', value: String(body.entries.length) },
  ];
  return { act: 'directory', subject: name, facts };
}

/** What is signed with a person's key: the question, and the persons that it showed, without whom no other card may be signed instead. */
export interface AskedCard {
  /** Null before the first card: nobody relies on one that no other office has compared. */
  readonly question: ActQuestion | null;
  readonly persons: readonly CardPerson[];
}

/** @throws AppError USAGE where it would be none */
export function askOwnCard(
  context: OfficeContext,
  act: 'ownCard' | 'resume',
  signer: PersonId,
  changes: CardChanges,
): AskedCard {
  const { before, after } = nextCard(context, changes);
  if (before === null) return { question: null, persons: after.persons };
  const registrar = after.vaults.find((vault) => vault.registrar)?.id;
  const moved = registrar !== undefined && registrar !== before.vaults.find((vault) => vault.registrar)?.id;
  const known = new Set(before.routes.map(({ locator }) => locator));
  const facts: ActFact[] = [
    ...changeFacts(before, after),
    ...before.vaults
      .filter(({ id, status }) => status === 'active' && isRetired(after, id))
      .map(({ id }): ActFact => ({ name: 'deviceOut', value: id })),
    ...(moved ? [{ name: 'registrar' as const, value: registrar }] : []),
    ...after.routes
      .filter(({ locator }) => !known.has(locator))
      .map(({ locator }): ActFact => ({ name: 'way', value: locator })),
  ];
  return { question: { act, subject: nameActor(context.vault.read, signer), facts }, persons: after.persons };
}

const isRetired = ({ vaults }: OfficeCard, id: string): boolean =>
  vaults.some((vault) => vault.id === id && vault.status !== 'active');

function nextCard({ vault, now }: OfficeContext, changes: CardChanges) {
  const before = findCurrentCard(vault.read, getOwnVault(vault.read).office.id)?.body ?? null;
  return { before, after: buildCard(vault.read, changes, now()) };
}

export function askRenewKeys(context: OfficeContext, signer: PersonId, kinds: readonly VaultKeyKind[]): AskedCard {
  return askCardWith(
    context,
    'renewKeys',
    signer,
    kinds.map((kind) => ({ name: 'keys', value: kind })),
  );
}

/** The fingerprint is that of the request, as the other device shows it. */
export function askAddDevice(
  context: OfficeContext,
  signer: PersonId,
  request: { readonly id: string; readonly fingerprint: Sha256 },
): AskedCard {
  return askCardWith(context, 'addDevice', signer, [
    { name: 'device', value: request.id, fingerprint: request.fingerprint },
  ]);
}

/** The next card as it stands, and what the act itself brings into it. */
function askCardWith(context: OfficeContext, act: AskedAct, signer: PersonId, own: readonly ActFact[]): AskedCard {
  const { before, after } = nextCard(context, {});
  const facts = [...own, ...changeFacts(before, after)];
  return { question: { act, subject: nameActor(context.vault.read, signer), facts }, persons: after.persons };
}

export function askPublishCard(context: OfficeContext, signer: PersonId, to: readonly OfficeId[] | null): ActQuestion {
  const db = context.vault.read;
  const own = findCurrentCard(db, getOwnVault(db).office.id)?.body;
  const facts: ActFact[] = [
    ...(own === undefined
      ? []
      : [{ name: 'office' as const, value: own.office.name, fingerprint: cardFingerprint(own) }]),
    { name: 'copies', value: String(listCardReceivers(context, to).length) },
  ];
  return { act: 'publishCard', subject: nameActor(db, signer), facts };
}
