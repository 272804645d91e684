import { AppError } from '../../shared/errors.ts';
import { LIMITS } from '../../shared/limits.ts';
import type { M, OfficeId, Sha256 } from '../../shared/model/brand.ts';
import type { OfficeCard } from '../../shared/model/office-card.ts';
import { cardFingerprint } from '../exchange/card-trust.ts';
import { type ByteSource, readRange } from '../files/bytes.ts';
import { newFindings } from '../packages/verify/checks.ts';
import { readProfile } from '../packages/verify/read-profile.ts';
import { verifyContainer } from '../packages/verify-container.ts';
import { createBlob } from '../vault/blobs/create-blob.ts';
import type { OfficeContext } from './context.ts';
import { storeCard } from './office/store-card.ts';
import { trustForCard } from './office/trust.ts';

export interface ImportCard {
  /** The card's container. */
  readonly source: ByteSource;
  /** What a person compared out of band; spaces and case do not count. */
  readonly fingerprint?: string;
  /** Who brings it. */
  readonly by: string;
}

export interface ImportedCard {
  readonly m: M;
  readonly card: OfficeCard;
  readonly fingerprint: Sha256;
  /** `pending`: it waits for `confirmCard`, with the fingerprint where `comparison` is set. */
  readonly outcome: 'applied' | 'unchanged' | 'pending';
  readonly comparison: boolean;
  /** The office whose confirmed card lists the same device or mailbox: withdraw the false card of the two first. */
  readonly claimedBy: OfficeId | null;
}

const CHUNK = 1024 * 1024;

/**
 * Reads an office's card from a file.
 *
 * @throws AppError CARD_NOT_SIGNED_BY_OFFICE, CARD_NOT_NEWER, FINGERPRINT_MISMATCH, SIGNER_NOT_TRUSTED, or what is wrong with the container
 */
export async function importCard(
  context: OfficeContext,
  { source, fingerprint, by }: ImportCard,
): Promise<ImportedCard> {
  const { vault, now, exclusively } = context;
  if (source.size > LIMITS.message + LIMITS.paddedBelow)
    throw new AppError('CONTAINER_LIMIT_EXCEEDED', { limit: 'card' });
  const blob = await createBlob(vault, source.size);
  try {
    for (let position = 0; position < source.size; position += CHUNK) {
      await blob.write(await readRange(source, position, CHUNK));
    }
    const container = await blob.finish();
    const { m, card, signer } = await readCard(context, container).finally(() => container.close());
    const commitBlob = (db: Parameters<typeof blob.commit>[0]) => blob.commit(db);
    const incoming = { m, card, signer, fingerprint: fingerprint ?? null, by, commitBlob };
    const outcome = await exclusively(async () => vault.write((db) => storeCard(db, incoming, now())));
    if (outcome.kind === 'refused') throw new AppError(outcome.code, { office: card.office.id, version: card.version });
    const comparison = outcome.kind === 'pending' && outcome.comparison;
    const claimedBy = outcome.kind === 'pending' ? outcome.claimedBy : null;
    return { m, card, fingerprint: cardFingerprint(card), outcome: outcome.kind, comparison, claimedBy };
  } finally {
    await blob.abort();
  }
}

async function readCard(
  context: OfficeContext,
  container: ByteSource,
): Promise<{ readonly m: M; readonly card: OfficeCard; readonly signer: Sha256 }> {
  const { vault, now } = context;
  const peeked = await readProfile(container, null, newFindings());
  if (peeked !== null && peeked.message.kind !== 'card') throw new AppError('MESSAGE_TYPE_UNKNOWN', { field: 'kind' });
  const named = peeked?.message.kind === 'card' ? peeked.message.card : null;
  const trust =
    named === null ? { anchors: [], crls: [], revocation: 'off' as const } : trustForCard(context, vault.read, named);
  const verdict = await verifyContainer({ container, trust, at: now(), accept: 'profile' });
  const { m, message, signer, indication, code } = verdict;
  if (indication !== 'TOTAL_PASSED' || m === null || message?.kind !== 'card' || signer === null) {
    throw new AppError(code ?? 'SIGNATURE_INVALID');
  }
  if (message.sender.office !== message.card.office.id) throw new AppError('CARD_NOT_SIGNED_BY_OFFICE');
  const { organizationIdentifier } = signer;
  if (organizationIdentifier !== null && organizationIdentifier !== message.card.office.id) {
    throw new AppError('CARD_NOT_SIGNED_BY_OFFICE', { reason: 'organizationIdentifier' });
  }
  return { m, card: message.card, signer: signer.sha256 };
}
