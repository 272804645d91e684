import { AppError } from '../../shared/errors.ts';
import type { M, MessageId, Sha256 } from '../../shared/model/brand.ts';
import type { OfficeCard } from '../../shared/model/office-card.ts';
import { MESSAGE_VERSION, SUITES } from '../../shared/model/vocabulary.ts';
import { maySignCards } from '../exchange/bind-sender.ts';
import { cardFingerprint } from '../exchange/card-trust.ts';
import type { MessageDraft } from '../packages/container-plan.ts';
import { buildContainer } from '../packages/seal-package.ts';
import { verifyContainer } from '../packages/verify-container.ts';
import type { Signer } from '../packages/write-container.ts';
import type { KeyPairCertificate } from '../pki/identity.ts';
import { type BlobWriter, createBlob } from '../vault/blobs/create-blob.ts';
import type { ReadableDb } from '../vault/db/handle.ts';
import { insertCard } from '../vault/repositories/cards.ts';
import type { VaultKeyKind } from '../vault/repositories/keys.ts';
import { takePendingEpoch } from '../vault/vault-state.ts';
import type { OfficeContext } from './context.ts';
import { buildCard, type CardChanges } from './office/build-card.ts';
import { clearCandidates } from './office/listed-persons.ts';
import { getOwnVault } from './office/own-vault.ts';
import { addVaultKey } from './office/set-up-vault.ts';
import { openSigningAuthority, type SigningCredentials } from './office/signing-authority.ts';
import { putCardInForce } from './office/store-card.ts';
import { trustForSelfCheck } from './office/trust.ts';
import { instantOf, uuidV7 } from './uuid-v7.ts';

export interface IssuedCard {
  readonly m: M;
  readonly card: OfficeCard;
  /** To be compared by those who do not know the office yet. */
  readonly fingerprint: Sha256;
}

/**
 * Signs the office's next card and puts it into force here. Others learn of it by file or by `publishCard`.
 *
 * @throws AppError KEY_NOT_FOR_ACT where the person may not sign cards, NOT_CONFIRMED where other persons stand in it than were shown, and of the signing
 *   authority
 */
export async function issueCard(
  context: OfficeContext,
  credentials: SigningCredentials,
  changes: CardChanges = {},
): Promise<IssuedCard> {
  return context.exclusively(() => issue(context, credentials, changes));
}

async function issue(
  context: OfficeContext,
  credentials: SigningCredentials,
  changes: CardChanges,
): Promise<IssuedCard> {
  const { vault, now } = context;
  const id = uuidV7(now()) as MessageId;
  const authority = await openSigningAuthority(context, credentials, [id]);
  try {
    const card = buildCard(vault.read, changes, now());
    if (!showsPersons(card, changes)) throw new AppError('NOT_CONFIRMED');
    const signer = card.persons.find((person) => person.id === credentials.person);
    if (signer === undefined) throw new AppError('PERSON_UNKNOWN');
    if (!maySignCards(signer)) throw new AppError('KEY_NOT_FOR_ACT', { act: 'card' });
    const draft = draftCard(vault.read, id, card, credentials, authority.certificate.sha256, now());
    const { m, blob } = await signCard(context, draft, authority.take(id));
    try {
      const at = instantOf(now());
      vault.write((db) => {
        insertCard(db, { m, body: card, blob: blob.commit(db), status: 'pending', receivedAt: at });
        takePendingEpoch(db);
        for (const [kind, pair] of listNewKeys(changes)) addVaultKey(db, kind, pair, now());
        clearCandidates(db);
        putCardInForce(db, m, card, { at, by: credentials.person, how: 'issued' });
      });
    } finally {
      await blob.abort();
    }
    return { m, card, fingerprint: cardFingerprint(card) };
  } finally {
    authority.close();
  }
}

/** Persons are brought in by acts of their own: one that came while the question was read has not been confirmed by anybody. */
function showsPersons({ persons }: OfficeCard, { shownPersons = persons }: CardChanges): boolean {
  return JSON.stringify(persons) === JSON.stringify(shownPersons);
}

function listNewKeys({ newKeys = {} }: CardChanges): [VaultKeyKind, KeyPairCertificate][] {
  return Object.entries(newKeys) as [VaultKeyKind, KeyPairCertificate][];
}

function draftCard(
  db: ReadableDb,
  id: MessageId,
  card: OfficeCard,
  { person }: SigningCredentials,
  certificate: Sha256,
  now: Date,
): MessageDraft {
  const own = getOwnVault(db);
  const epoch = card.vaults.find((vault) => vault.id === own.vault)?.epoch ?? own.epoch;
  return {
    version: MESSAGE_VERSION,
    suite: SUITES[0],
    kind: 'card',
    id,
    author: { office: own.office.id, vault: own.vault, epoch },
    sender: { office: own.office.id, person, certificate },
    recipients: [],
    createdAt: instantOf(now),
    card,
  };
}

async function signCard(
  context: OfficeContext,
  draft: MessageDraft,
  signer: Signer,
): Promise<{ readonly m: M; readonly blob: BlobWriter }> {
  const { vault, now } = context;
  const blob = await createBlob(vault);
  try {
    const { m } = await buildContainer({ draft, documents: [], signer, now: now() }, blob);
    const container = await blob.finish();
    const trust = trustForSelfCheck(signer.certificate);
    const verdict = await verifyContainer({ container, trust, at: now(), accept: 'profile' });
    await container.close();
    if (verdict.indication !== 'TOTAL_PASSED' || verdict.m !== m)
      throw new AppError(verdict.code ?? 'SIGNATURE_INVALID');
    return { m, blob };
  } catch (error) {
    await blob.abort();
    throw error;
  }
}
