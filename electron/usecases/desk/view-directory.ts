import { AppError } from '../../../shared/errors.ts';
import type { CardDetail } from '../../../shared/ipc/channels/directory.ts';
import type { ResponseOf } from '../../../shared/ipc/contract.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { OfficeId, Sha256 } from '../../../shared/model/brand.ts';
import { knownTypes, type OfficeCard, type OfficeType } from '../../../shared/model/office-card.ts';
import { proposedRoutes } from '../../../shared/model/proposed-routes.ts';
import { digestOf } from '../../exchange/bind-sender.ts';
import { cardFingerprint } from '../../exchange/card-trust.ts';
import { appendAudit } from '../../vault/repositories/audit.ts';
import { type CardRow, findCurrentCard, listPendingCards } from '../../vault/repositories/cards.ts';
import { listOfficeChannels, setOfficeChannels } from '../../vault/repositories/channels.ts';
import { sumOffered } from '../../vault/repositories/offers.ts';
import { findOffice, listOffices, type OfficeKey } from '../../vault/repositories/offices.ts';
import { needsComparison } from '../confirm-pending-card.ts';
import type { OfficeContext } from '../context.ts';
import { toCertificate } from '../office/directory.ts';
import { findOwnQuota } from '../office/quota.ts';
import { instantOf } from '../uuid-v7.ts';
import { viewCertificate } from './names.ts';

export interface FindOffices {
  readonly name?: string | undefined;
  readonly type?: OfficeType | undefined;
  readonly region?: string | undefined;
  /** Only those whose card is confirmed. */
  readonly reachable?: boolean | undefined;
  readonly limit: number;
  readonly after: OfficeKey | null;
}

/** Offices by name, a page at a time. */
export function findOffices(
  { vault }: OfficeContext,
  { name, type, region, reachable, limit, after }: FindOffices,
): ResponseOf<'directory:list'> {
  const db = vault.read;
  const pending = new Set(listPendingCards(db).map(({ office }) => office));
  const filter = {
    ...(name === undefined || name.trim() === '' ? {} : { name: name.trim() }),
    ...(type === undefined ? {} : { type }),
    ...(region === undefined ? {} : { region }),
  };
  const { items, next } = listOffices(db, filter, limit, after);
  const entries = items.map(({ id, name: shown, type: kind, region: place, own }) => {
    const card = findCurrentCard(db, id);
    return {
      office: { id, name: shown, type: kind, region: place },
      own,
      card: card === null ? null : summarize(card),
      pending: pending.has(id),
      types: card === null ? [] : knownTypes(card.body),
      routes: listOfficeChannels(db, id).map((channel) => channel.id),
    };
  });
  return { items: reachable === true ? entries.filter(({ card, own }) => card !== null && !own) : entries, next };
}

function summarize({ m, version, body, confirmedAt, how }: CardRow) {
  return { m, version, fingerprint: cardFingerprint(body), confirmedAt, how };
}

/** One office with its certificates, and what a newer card would change. @throws AppError OFFICE_UNKNOWN */
export async function showDirectoryEntry(context: OfficeContext, id: OfficeId): Promise<ResponseOf<'directory:show'>> {
  const db = context.vault.read;
  const row = findOffice(db, id);
  if (row === null) throw new AppError('OFFICE_UNKNOWN', { office: id });
  const current = findCurrentCard(db, id);
  const pending = listPendingCards(db).findLast(({ office }) => office === id) ?? null;
  return {
    office: { id: row.id, name: row.name, type: row.type, region: row.region },
    own: row.own,
    current: current === null ? null : detail(context, current),
    pending:
      pending === null
        ? null
        : {
            ...detail(context, pending),
            comparison: await needsComparison(context, pending),
            changes: compareCards(current?.body ?? null, pending.body),
          },
    routes: listOfficeChannels(db, id).map((channel) => channel.id),
    quota: { own: findOwnQuota(db, id), standard: LIMITS.offeredPerOffice, used: sumOffered(db, id) },
  };
}

function detail(context: OfficeContext, card: CardRow): CardDetail {
  const view = (der: Parameters<typeof toCertificate>[1]) => viewCertificate(toCertificate(context, der));
  const { body } = card;
  return {
    ...summarize(card),
    issuedAt: body.issuedAt,
    persons: body.persons.map(({ id, name, acts, certificate }) => ({
      id,
      name,
      acts: [...acts],
      certificate: view(certificate),
    })),
    vaults: body.vaults.map(({ id, registrar, status, encryptionCertificate, receiptCertificate }) => ({
      id,
      registrar,
      active: status === 'active',
      encryption: view(encryptionCertificate),
      receipt: view(receiptCertificate),
    })),
    routes: proposedRoutes(body.routes),
    types: knownTypes(body),
  };
}

type Change = NonNullable<ResponseOf<'directory:show'>['pending']>['changes'][number];

/** What a person has to look at before they say yes: keys that come, go or change, and other words for the office. */
export function compareCards(before: OfficeCard | null, after: OfficeCard): Change[] {
  const { office: then } = before ?? { office: after.office };
  const words =
    then.name !== after.office.name || then.type !== after.office.type || then.region !== after.office.region;
  const office: Change[] = words
    ? [{ what: 'office', change: 'words-changed', name: after.office.name, before: null, after: null }]
    : [];
  return [
    ...office,
    ...compareKeys('person', keysOfPersons(before), keysOfPersons(after)),
    ...compareKeys('vault', keysOfVaults(before), keysOfVaults(after)),
  ];
}

type Keys = ReadonlyMap<string, { readonly name: string; readonly key: Sha256 }>;

function keysOfPersons(card: OfficeCard | null): Keys {
  return new Map((card?.persons ?? []).map(({ id, name, certificate }) => [id, { name, key: digestOf(certificate) }]));
}

function keysOfVaults(card: OfficeCard | null): Keys {
  return new Map(
    (card?.vaults ?? []).map(({ id, encryptionCertificate }) => [
      id,
      { name: id, key: digestOf(encryptionCertificate) },
    ]),
  );
}

function compareKeys(what: 'person' | 'vault', before: Keys, after: Keys): Change[] {
  const gone = [...before]
    .filter(([id]) => !after.has(id))
    .map(([, { name, key }]): Change => ({ what, change: 'removed', name, before: key, after: null }));
  const kept = [...after].flatMap(([id, { name, key }]): Change[] => {
    const known = before.get(id);
    if (known === undefined) return [{ what, change: 'added', name, before: null, after: key }];
    return known.key === key ? [] : [{ what, change: 'key-changed', name, before: known.key, after: key }];
  });
  return [...kept, ...gone];
}

/** The routes that reach an office, in the order in which they are tried. @throws AppError OFFICE_UNKNOWN */
export function setRoutesOf(
  { vault, now }: OfficeContext,
  office: OfficeId,
  routes: readonly string[],
  by: string,
): void {
  vault.write((db) => {
    if (findOffice(db, office) === null) throw new AppError('OFFICE_UNKNOWN', { office });
    setOfficeChannels(db, office, routes);
    appendAudit(db, {
      at: instantOf(now()),
      actor: by,
      action: 'routes-set',
      subject: office,
      detail: { routes: [...routes] },
    });
  });
}
