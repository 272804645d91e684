import { AppError } from '../../../shared/errors.ts';
import type { M, MatterId } from '../../../shared/model/brand.ts';
import type { BlobId } from '../../vault/blobs/blob-id.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import { type CardRow, listCards } from '../../vault/repositories/cards.ts';
import { findMatter, listParticipants, type MatterRow } from '../../vault/repositories/matters.ts';
import { listMessagesOfMatter, type MessageRow } from '../../vault/repositories/messages.ts';
import { listReceiptsOfMatter, type ReceiptRow } from '../../vault/repositories/receipts.ts';
import { isWithheld } from '../matters/matter-acts.ts';

type Stored<Row> = Row & { readonly blob: BlobId };

/** The containers that a bundle of a matter is made of. */
export interface ChosenEvidence {
  readonly matter: MatterRow;
  readonly messages: readonly Stored<MessageRow>[];
  readonly receipts: readonly Stored<ReceiptRow>[];
  /** Every card of a participant that was ever confirmed here. */
  readonly cards: readonly CardRow[];
  /** Messages whose containers were deleted here: a bundle says that they are missing. */
  readonly missing: readonly M[];
}

/** @throws AppError MATTER_UNKNOWN */
export function chooseEvidence(db: ReadableDb, id: MatterId): ChosenEvidence {
  const matter = findMatter(db, id);
  if (matter === null) throw new AppError('MATTER_UNKNOWN', { matter: id });
  const all = listMessagesOfMatter(db, id).filter((row) => isShown(db, row));
  return {
    matter,
    messages: all.filter(isStored),
    receipts: listReceiptsOfMatter(db, id).filter(isStored),
    cards: listParticipants(db, id).flatMap((office) => listCards(db, office).filter(wasInForce)),
    missing: all.filter((row) => !isStored(row)).map(({ m }) => m),
  };
}

function isShown(db: ReadableDb, row: MessageRow): boolean {
  const isPart = row.kind === 'act' || row.kind === 'enclosure';
  return isPart && row.status !== 'held' && !isWithheld(db, row);
}

function isStored<Row extends { readonly blob: BlobId | null }>(row: Row): row is Stored<Row> {
  return row.blob !== null;
}

function wasInForce({ confirmedAt, status }: CardRow): boolean {
  return confirmedAt !== null && (status === 'current' || status === 'superseded');
}
