import type { IdentityView } from '../../../shared/ipc/channels/office.ts';
import type { ResponseOf } from '../../../shared/ipc/contract.ts';
import type { Base64Der } from '../../../shared/model/brand.ts';
import { type CardPerson, knownTypes } from '../../../shared/model/office-card.ts';
import { proposedRoutes } from '../../../shared/model/proposed-routes.ts';
import { digestOf } from '../../exchange/bind-sender.ts';
import { cardFingerprint } from '../../exchange/card-trust.ts';
import { type Certificate, parseCertificate } from '../../pki/certificate.ts';
import { acknowledgeAlarm } from '../../vault/repositories/alarms.ts';
import { findCurrentCard } from '../../vault/repositories/cards.ts';
import { findActiveVaultKey, findSigningKey } from '../../vault/repositories/keys.ts';
import { findMatter } from '../../vault/repositories/matters.ts';
import { getVaultState } from '../../vault/vault-state.ts';
import type { OfficeContext } from '../context.ts';
import { exchangeStatus } from '../exchange-status.ts';
import { listExpiring as listEnds } from '../list-expiring.ts';
import { toCertificate } from '../office/directory.ts';
import { listCandidates } from '../office/listed-persons.ts';
import { getOwnVault } from '../office/own-vault.ts';
import { findCurrentPerson } from '../settings.ts';
import { instantOf } from '../uuid-v7.ts';
import { nameOffice, viewCertificate } from './names.ts';
import { listStandingAlarms } from './standing-alarms.ts';

const DAY = 24 * 3600_000;

const daysLeft = (end: Date, now: Date): number => Math.floor((end.getTime() - now.getTime()) / DAY);

/** Who may sign at this vault: persons of the card in force and those brought in since, whose keys are here. */
export function listIdentities(context: OfficeContext): IdentityView[] {
  const { vault, now } = context;
  const db = vault.read;
  const listed = findCurrentCard(db, getOwnVault(db).office.id)?.body.persons ?? [];
  const candidates = listCandidates(db).map(({ person }) => person);
  const view = (person: CardPerson, isListed: boolean): IdentityView[] => {
    const key = findSigningKey(db, digestOf(person.certificate));
    if (key === null) return [];
    const certificate = toCertificate(context, person.certificate);
    return [
      {
        person: person.id,
        name: person.name,
        certificate: viewCertificate(certificate),
        keeper: key.token === null ? 'vault' : 'token',
        token: key.token?.label ?? null,
        acts: [...person.acts],
        listed: isListed,
        trial: certificate.issuer.equals(certificate.subject),
        daysLeft: daysLeft(certificate.notAfter, now()),
      },
    ];
  };
  const fresh = candidates.filter(({ certificate }) => !listed.some((one) => one.certificate === certificate));
  return [...listed.flatMap((person) => view(person, true)), ...fresh.flatMap((person) => view(person, false))];
}

/** What ends soon or has ended, the first to end first. */
export function listExpiring(context: OfficeContext): ResponseOf<'identity:expiring'> {
  const { read } = context.vault;
  const items = listEnds(context).map(({ office, ...rest }) => ({
    ...rest,
    office: office === null ? null : nameOffice(read, office),
  }));
  return { items };
}

/** The keys of this vault that are in use. */
export function viewVaultKeys({ vault, now }: OfficeContext): ResponseOf<'office:vault-keys'> {
  const items = (['encryption', 'receipt'] as const).flatMap((kind) => {
    const row = findActiveVaultKey(vault.read, kind);
    if (row === null) return [];
    row.key?.fill(0);
    const certificate = parseCertificate(row.certificate);
    const keeper = row.token === null ? ('vault' as const) : ('token' as const);
    return [
      { kind, certificate: viewCertificate(certificate), keeper, daysLeft: daysLeft(certificate.notAfter, now()) },
    ];
  });
  return { items };
}

export function showIdentities(context: OfficeContext): ResponseOf<'identity:list'> {
  return { items: listIdentities(context), current: findCurrentPerson(context.vault.read) as IdentityView['person'] };
}

/** Our office, its card and its vaults. */
export function showOffice(context: OfficeContext): ResponseOf<'office:show'> {
  const db = context.vault.read;
  const own = getOwnVault(db);
  const status = exchangeStatus(context);
  const card = findCurrentCard(db, own.office.id);
  const certificate = (der: Base64Der): Certificate => toCertificate(context, der);
  return {
    office: own.office,
    card:
      card === null
        ? null
        : {
            version: card.version,
            issuedAt: card.body.issuedAt,
            fingerprint: cardFingerprint(card.body),
            persons: card.body.persons.map((person) => ({
              id: person.id,
              name: person.name,
              acts: [...person.acts],
              certificate: viewCertificate(certificate(person.certificate)),
              notAfter: person.notAfter,
            })),
            vaults: card.body.vaults.map(({ id, epoch, registrar, status: state }) => ({
              id,
              epoch,
              own: id === own.vault,
              registrar,
              active: state === 'active',
            })),
            routes: proposedRoutes(card.body.routes),
            types: knownTypes(card.body),
          },
    vault: own.vault,
    listed: status.listed,
    registrar: status.registrar,
    candidates: listCandidates(db).map(({ person }) => ({ person: person.id, name: person.name })),
    restored: status.vault.state !== 'active',
    cardDue: getVaultState(db).pendingEpoch !== null,
  };
}

/** What somebody must look at. */
export function showAlarms({ vault }: OfficeContext): ResponseOf<'alarm:list'> {
  const db = vault.read;
  return {
    items: listStandingAlarms(db).map(({ id, at, code, matter, m, detail }) => ({
      id,
      at,
      code,
      matter,
      m,
      detail: { ...detail },
      matterTitle: matter === null ? null : (findMatter(db, matter)?.title ?? null),
    })),
  };
}

export function dismissAlarm({ vault, now }: OfficeContext, id: number, by: string): void {
  vault.write((db) => acknowledgeAlarm(db, id, instantOf(now()), by));
}
