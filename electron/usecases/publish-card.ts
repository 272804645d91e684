import { AppError } from '../../shared/errors.ts';
import type { M, MessageId, OfficeId } from '../../shared/model/brand.ts';
import { MESSAGE_VERSION, SUITES } from '../../shared/model/vocabulary.ts';
import type { MessageDraft } from '../packages/container-plan.ts';
import { appendAudit } from '../vault/repositories/audit.ts';
import { findCurrentCard, listCurrentCards } from '../vault/repositories/cards.ts';
import { insertMessage } from '../vault/repositories/messages.ts';
import { removeTransportFile } from '../vault/transport/transport-files.ts';
import { getVaultState } from '../vault/vault-state.ts';
import type { OfficeContext } from './context.ts';
import { type Destination, listDestinations, toRecipients } from './office/directory.ts';
import { getOwnVault } from './office/own-vault.ts';
import { openSigningAuthority, type SigningAuthority, type SigningCredentials } from './office/signing-authority.ts';
import { planCopies, queueCopies } from './outgoing/queue-copies.ts';
import { sealFile } from './outgoing/seal-file.ts';
import { instantOf, uuidV7 } from './uuid-v7.ts';

/**
 * Sends the office's card, sealed, to every office whose card is confirmed here and to our own other vaults: one package for each office, so that none learns
 * of the others.
 *
 * @param to offices; all where absent
 * @returns M of each package
 * @throws AppError OFFICE_UNKNOWN where the office has no card yet, VAULT_FROZEN where a new epoch is due first
 */
export function publishCard(
  context: OfficeContext,
  credentials: SigningCredentials,
  to: readonly OfficeId[] | null = null,
): Promise<M[]> {
  return context.exclusively(async () => {
    const { vault, now } = context;
    if (getVaultState(vault.read).pendingEpoch !== null) throw new AppError('VAULT_FROZEN');
    const offices = listCardReceivers(context, to);
    const ids = offices.map(() => uuidV7(now()) as MessageId);
    const authority = await openSigningAuthority(context, credentials, ids);
    try {
      const published: M[] = [];
      for (const [index, office] of offices.entries()) {
        published.push(await publishTo(context, office, ids[index] as MessageId, authority));
      }
      return published;
    } finally {
      authority.close();
    }
  });
}

/** Offices that get our card. @param to some of them; all where null */
export function listCardReceivers({ vault }: OfficeContext, to: readonly OfficeId[] | null): OfficeId[] {
  const own = getOwnVault(vault.read);
  return listCurrentCards(vault.read)
    .filter(({ office }) => to === null || to.includes(office))
    .filter(({ office, body }) => office !== own.office.id || listDestinations(body).length > 1)
    .map(({ office }) => office);
}

async function publishTo(
  context: OfficeContext,
  office: OfficeId,
  id: MessageId,
  authority: SigningAuthority,
): Promise<M> {
  const { vault, now } = context;
  const own = getOwnVault(vault.read);
  const card = findCurrentCard(vault.read, own.office.id)?.body;
  const theirs = findCurrentCard(vault.read, office)?.body;
  if (card === undefined || theirs === undefined) throw new AppError('OFFICE_UNKNOWN', { office });
  const self = listDestinations(card).filter((one) => one.vault === own.vault);
  const destinations: Destination[] = [...listDestinations(theirs).filter((one) => one.vault !== own.vault), ...self];
  const draft: MessageDraft = {
    version: MESSAGE_VERSION,
    suite: SUITES[0],
    kind: 'card',
    id,
    author: { office: own.office.id, vault: own.vault, epoch: own.epoch },
    sender: { office: own.office.id, person: authority.person, certificate: authority.certificate.sha256 },
    recipients: toRecipients(destinations),
    createdAt: instantOf(now()),
    card,
  };
  const sealed = await sealFile(context, { draft, documents: [], signer: authority.take(id) });
  const { m, message, signatureDigest, blob, file } = sealed;
  const at = instantOf(now());
  try {
    vault.write((db) => {
      const stored = { m, message, signatureDigest, blob: blob.commit(db), firstReceivedAt: at };
      insertMessage(db, { ...stored, direction: 'out', status: 'accepted', code: null });
      queueCopies(db, m, file, planCopies(destinations, own.vault), now());
      const detail = { office, version: card.version };
      appendAudit(db, { at, actor: authority.person, action: 'card-published', subject: m, detail });
    });
    return m;
  } catch (error) {
    await removeTransportFile(vault, 'outgoing', file.name);
    throw error;
  } finally {
    await blob.abort();
  }
}
