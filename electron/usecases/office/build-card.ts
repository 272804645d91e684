import { AppError } from '../../../shared/errors.ts';
import type { Base64Der, PersonId, VaultId } from '../../../shared/model/brand.ts';
import {
  type CardPerson,
  type CardRoute,
  type CardVault,
  type OfficeCard,
  officeCard,
} from '../../../shared/model/office-card.ts';
import { PROCEDURE_TYPES, type ProcedureType, SUITES } from '../../../shared/model/vocabulary.ts';
import type { KeyPairCertificate } from '../../pki/identity.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import { findCurrentCard } from '../../vault/repositories/cards.ts';
import { findActiveVaultKey, type VaultKeyKind } from '../../vault/repositories/keys.ts';
import { getVaultState } from '../../vault/vault-state.ts';
import { instantOf } from '../uuid-v7.ts';
import { listCandidates } from './listed-persons.ts';
import { getOwnVault } from './own-vault.ts';

/** What a new card is to say otherwise than the one before. */
export interface CardChanges {
  readonly removePersons?: readonly PersonId[];
  readonly addVaults?: readonly Omit<CardVault, 'registrar' | 'epoch' | 'status'>[];
  readonly retireVaults?: readonly VaultId[];
  /** The vault that gives positions from now on. */
  readonly registrar?: VaultId;
  readonly routes?: readonly CardRoute[];
  readonly types?: readonly ProcedureType[];
  /** Suffixes of files that the office opens; empty: it says nothing of them any more. */
  readonly formats?: readonly string[];
  /** Who was shown to whoever signs: a card with other persons is not signed (NOT_CONFIRMED). */
  readonly shownPersons?: readonly CardPerson[];
  /** This vault's keys from this card on. */
  readonly newKeys?: Readonly<Partial<Record<VaultKeyKind, KeyPairCertificate>>>;
}

/**
 * The next card of this vault's office: the confirmed one, with the persons brought in since, this vault as it is now, and the changes asked for.
 *
 * @throws AppError USAGE where it would be none, e.g. without a registrar
 */
export function buildCard(db: ReadableDb, changes: CardChanges, now: Date): OfficeCard {
  const own = getOwnVault(db);
  const before = findCurrentCard(db, own.office.id)?.body ?? null;
  const vaults = nextVaults(db, before, changes);
  const formats = changes.formats ?? before?.formats ?? [];
  const card = {
    office: own.office,
    version: nextVersion(db, before, now),
    issuedAt: instantOf(now),
    persons: nextPersons(db, before, changes),
    vaults,
    chain: nextChain(db, before),
    routes: [...(changes.routes ?? before?.routes ?? [])],
    types: [...(changes.types ?? before?.types ?? PROCEDURE_TYPES)],
    ...(formats.length === 0 ? {} : { formats: [...new Set(formats)] }),
    minimumSuite: before?.minimumSuite ?? SUITES[0],
  };
  const parsed = officeCard.safeParse(card);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new AppError('USAGE', { field: issue?.path.map(String).join('.') ?? 'card', reason: issue?.message ?? '' });
}

/**
 * After a restore the last version may be forgotten here and known elsewhere: the second of the clock is above any that was counted up by one.
 */
function nextVersion(db: ReadableDb, before: OfficeCard | null, now: Date): number {
  const next = (before?.version ?? 0) + 1;
  return getVaultState(db).pendingEpoch === null ? next : Math.max(next, Math.floor(now.getTime() / 1000));
}

/** Who is listed with the same certificate already keeps the id that the other device gave. */
function nextPersons(db: ReadableDb, before: OfficeCard | null, { removePersons = [] }: CardChanges): CardPerson[] {
  const listed = before?.persons ?? [];
  const added = listCandidates(db)
    .map(({ person }) => person)
    .filter((person) => !listed.some(({ id, certificate }) => id !== person.id && certificate === person.certificate));
  const kept = listed.filter(({ id }) => !added.some((person) => person.id === id));
  return [...kept, ...added].filter(({ id }) => !removePersons.includes(id));
}

function nextChain(db: ReadableDb, before: OfficeCard | null): Base64Der[] {
  return [...new Set([...(before?.chain ?? []), ...listCandidates(db).flatMap(({ chain }) => chain)])];
}

function nextVaults(db: ReadableDb, before: OfficeCard | null, changes: CardChanges): CardVault[] {
  const { addVaults = [], retireVaults = [], registrar } = changes;
  const self = describeSelf(db, changes.newKeys ?? {});
  const known = before?.vaults ?? [];
  const isNew = !known.some(({ id }) => id === self.id);
  const fresh = (vault: Omit<CardVault, 'registrar' | 'epoch' | 'status'>): CardVault => ({
    ...vault,
    epoch: 1,
    status: 'active',
    registrar: false,
  });
  const all = [
    ...known.map((vault) => (vault.id === self.id ? { ...vault, ...self } : vault)),
    ...(isNew ? [{ ...self, status: 'active' as const, registrar: known.length === 0 }] : []),
    ...addVaults.filter(({ id }) => !known.some((vault) => vault.id === id)).map(fresh),
  ];
  return all.map((vault): CardVault => {
    const status = retireVaults.includes(vault.id) ? 'retired' : vault.status;
    return { ...vault, status, registrar: registrar === undefined ? vault.registrar : vault.id === registrar };
  });
}

function describeSelf(
  db: ReadableDb,
  newKeys: NonNullable<CardChanges['newKeys']>,
): Omit<CardVault, 'registrar' | 'status'> {
  const { vault, address } = getOwnVault(db);
  const { epoch, pendingEpoch } = getVaultState(db);
  return {
    id: vault,
    epoch: pendingEpoch ?? epoch,
    address,
    encryptionCertificate: certificateOf(newKeys.encryption) ?? activeCertificate(db, 'encryption'),
    receiptCertificate: certificateOf(newKeys.receipt) ?? activeCertificate(db, 'receipt'),
  };
}

const certificateOf = (pair: KeyPairCertificate | undefined): Base64Der | undefined =>
  pair?.certificate.der.toString('base64') as Base64Der | undefined;

function activeCertificate(db: ReadableDb, kind: VaultKeyKind): Base64Der {
  const row = findActiveVaultKey(db, kind);
  if (row === null) throw new AppError('KEY_MISSING', { usage: kind });
  row.key?.fill(0);
  return row.certificate.toString('base64') as Base64Der;
}
