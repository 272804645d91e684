import type { Bytes, M, MatterId } from '../../../shared/model/brand.ts';
import { findUnacknowledged } from '../../evidence/find-unacknowledged.ts';
import { findBlobRow } from '../../vault/blobs/blob-rows.ts';
import { listProofs } from '../../vault/repositories/proofs.ts';
import type { OfficeContext } from '../context.ts';
import { findGap } from '../matters/find-gap.ts';
import { computeMatter } from '../matters/recount-matter.ts';
import { chooseEvidence } from './choose-evidence.ts';

/** What a bundle of a matter would hold if it were made now. */
export interface EvidencePreview {
  readonly messages: number;
  readonly documents: number;
  readonly receipts: number;
  readonly cards: number;
  /** Timestamps over the containers. */
  readonly stamps: number;
  /** Of the containers: a bundle is a little larger. */
  readonly size: Bytes;
  /** The lead's order is whole up to this place: what lies beyond nobody can tell from here. */
  readonly completeUpTo: number;
  /** Messages whose containers were deleted here. */
  readonly missing: readonly M[];
  /** Messages that others name and that are not here. */
  readonly wanted: readonly M[];
  /** Acts that no other office has signed for. */
  readonly unacknowledged: number;
}

/** @throws AppError MATTER_UNKNOWN */
export function previewEvidence({ vault: { read } }: OfficeContext, id: MatterId): EvidencePreview {
  const { matter, messages, receipts, cards, missing } = chooseEvidence(read, id);
  const containers = [...messages, ...receipts, ...cards];
  const acts = messages
    .filter(({ kind }) => kind === 'act')
    .map(({ m, authorOffice }) => ({ m, office: authorOffice }));
  return {
    messages: messages.length,
    documents: messages.reduce((sum, { body }) => sum + ('documents' in body ? body.documents.length : 0), 0),
    receipts: receipts.length,
    cards: cards.length,
    stamps: containers.reduce(
      (sum, { m }) => sum + listProofs(read, m).filter(({ kind }) => kind === 'signature').length,
      0,
    ),
    size: containers.reduce((sum, { blob }) => sum + (blob === null ? 0 : (findBlobRow(read, blob)?.size ?? 0)), 0),
    completeUpTo: computeMatter(read, matter).countedPos,
    missing,
    wanted: findGap(read, id)?.wanted ?? [],
    unacknowledged: findUnacknowledged(acts, receipts).length,
  };
}
