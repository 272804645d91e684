import { AppError } from '../../shared/errors.ts';
import type { OfficeId } from '../../shared/model/brand.ts';
import type { WritableDb } from '../vault/db/handle.ts';
import { appendAudit } from '../vault/repositories/audit.ts';
import { listCurrentCards } from '../vault/repositories/cards.ts';
import { listMattersOf } from '../vault/repositories/matters.ts';
import { getVaultState } from '../vault/vault-state.ts';
import type { OfficeContext } from './context.ts';
import { type IssuedCard, issueCard } from './issue-card.ts';
import type { CardChanges } from './office/build-card.ts';
import { type Destination, listDestinations } from './office/directory.ts';
import { getOwnVault } from './office/own-vault.ts';
import type { SigningCredentials } from './office/signing-authority.ts';
import { describeHolding, oweSyncRequest } from './outgoing/owe-sync-request.ts';
import { publishCard } from './publish-card.ts';
import { findSettling, putSettling, type Settling, settle } from './restore/settling.ts';
import { instantOf } from './uuid-v7.ts';

/**
 * Gives a restored vault a new epoch in a new card, tells everybody, and asks every other vault for what was forgotten (protocol.md 6). From here on it
 * takes in; it sends again once all have answered and all that they hold is here, or a person goes on without ({@link finishRestore}).
 *
 * @throws AppError USAGE where the vault is not in that state, and of the signing authority
 */
export async function resumeAfterRestore(
  context: OfficeContext,
  credentials: SigningCredentials,
  changes: Pick<CardChanges, 'shownPersons'> = {},
): Promise<IssuedCard> {
  const { vault, now, exclusively } = context;
  if (getVaultState(vault.read).state !== 'restored') throw new AppError('USAGE', { reason: 'not restored' });
  const issued = await issueCard(context, credentials, changes);
  await publishCard(context, credentials);
  await exclusively(async () =>
    vault.write((db) => {
      const awaiting = listOtherVaults(db).flatMap((destination) => ask(db, destination, now()) ?? []);
      putSettling(db, { awaiting, statements: [] });
      const detail = { epoch: getVaultState(db).epoch, asked: awaiting.length };
      appendAudit(db, {
        at: instantOf(now()),
        actor: credentials.person,
        action: 'vault-resumed',
        subject: null,
        detail,
      });
    }),
  );
  return issued;
}

/** Goes on although some vaults have not answered: what they alone know may then come as a contradiction. @throws AppError VAULT_FROZEN before the resume */
export async function finishRestore({ vault, now, exclusively }: OfficeContext, by: string): Promise<void> {
  await exclusively(async () => {
    if (findSettling(vault.read) === null) throw new AppError('VAULT_FROZEN');
    vault.write((db) => settle(db, by, now()));
  });
}

/** Vaults that have not said yet what they hold. */
export function listAwaited({ vault }: OfficeContext): Settling['awaiting'] {
  return findSettling(vault.read)?.awaiting ?? [];
}

function listOtherVaults(db: WritableDb): Destination[] {
  const own = getOwnVault(db).vault;
  return listCurrentCards(db)
    .flatMap(({ body }) => listDestinations(body))
    .filter(({ vault }) => vault !== own);
}

function ask(db: WritableDb, { office, vault }: Destination, now: Date): Settling['awaiting'] | null {
  const request = oweSyncRequest(
    db,
    { office, vault },
    { matters: holdings(db, office), wanted: [], complete: true },
    now,
  );
  return request === null ? null : [{ office, vault, request }];
}

/** Of the matters that the office has part in, and of no others. */
function holdings(db: WritableDb, office: OfficeId) {
  const own = getOwnVault(db);
  return listMattersOf(db, office).map(({ id }) => describeHolding(db, own, id));
}
