import { AppError, isAppError } from '../../../shared/errors.ts';
import type { Bytes, M, MessageId, OfficeId, Sha256 } from '../../../shared/model/brand.ts';
import type { ByteSource } from '../../files/bytes.ts';
import { type SealDocument, throwIfAborted } from '../../packages/write-container.ts';
import { openBlob } from '../../vault/blobs/blob-store.ts';
import { isRead, moveDraft, releaseDrafts } from '../../vault/repositories/drafts.ts';
import type { OfficeContext } from '../context.ts';
import { openSigningAuthority, type SigningAuthority, type SigningCredentials } from '../office/signing-authority.ts';
import { preflightDraft } from '../preflight/preflight-draft.ts';
import { requireClear } from '../preflight/preflight-message.ts';
import { nameMessages, type OutgoingEnclosure, sendListed } from '../send-message.ts';
import type { SentDraft } from '../session/jobs.ts';
import { toFailure } from '../session/jobs.ts';
import { getIdleDraft } from './draft-of.ts';
import { dropDraft } from './edit-draft.ts';
import { type ReadyDocument, type Review, reviewDraft } from './review-draft.ts';

export interface SignedItem {
  readonly draft: string;
  /** Of the review that the person saw. */
  readonly digest: Sha256;
}

export interface SignDrafts {
  readonly items: readonly SignedItem[];
  readonly credentials: SigningCredentials;
  readonly signal?: AbortSignal;
  readonly progress?: (done: Bytes, total: Bytes) => void;
  /** Told after each item, with all that were done. */
  readonly each?: (results: readonly SentDraft[]) => void;
}

/**
 * What a list would sign. The whole list is refused where one of it is not what the person saw, or was not read to its end in the signature folder.
 *
 * @throws AppError DRAFT_CHANGED, DRAFT_UNKNOWN, DRAFT_BUSY, NOT_READ, and of {@link reviewDraft}
 */
export function reviewList(
  context: OfficeContext,
  { items, credentials }: Pick<SignDrafts, 'items' | 'credentials'>,
): Review[] {
  const db = context.vault.read;
  if (new Set(items.map(({ draft }) => draft)).size !== items.length) throw new AppError('DRAFT_CHANGED');
  return items.map(({ draft, digest }) => {
    const { state } = getIdleDraft(db, draft);
    const review = reviewDraft(context, draft);
    if (review.digest !== digest) throw new AppError('DRAFT_CHANGED');
    if (state === 'folder' && !isRead(db, draft, credentials.person, digest)) throw new AppError('NOT_READ');
    return review;
  });
}

/**
 * Signs, seals and queues a fixed list of drafts under one authority. Each is a message of its own: one that fails leaves its draft as it was and stops none of
 * the others.
 *
 * @throws AppError of {@link reviewList} and of the signing authority, before anything is signed
 */
export async function signDrafts(context: OfficeContext, request: SignDrafts): Promise<readonly SentDraft[]> {
  const { credentials, signal, each } = request;
  const list = reviewList(context, request).map((review) => ({
    review,
    ids: nameMessages(context, listEnclosures(review).length + 1),
  }));
  const authority = await openSigningAuthority(
    context,
    credentials,
    list.flatMap(({ ids }) => ids),
  );
  const total = list.reduce((sum, { review }) => sum + sizeOf(review), 0);
  const results: SentDraft[] = [];
  let before = 0;
  try {
    for (const { review, ids } of list) {
      const progress = (done: Bytes): void => request.progress?.(Math.min(total, before + done), total);
      results.push(
        await signOne(context, review, { authority, ids, progress, ...(signal === undefined ? {} : { signal }) }),
      );
      before += sizeOf(review);
      each?.([...results]);
    }
    return results;
  } finally {
    authority.close();
  }
}

interface SignOne {
  readonly authority: SigningAuthority;
  readonly ids: readonly MessageId[];
  readonly progress: (done: Bytes) => void;
  readonly signal?: AbortSignal;
}

async function signOne(context: OfficeContext, review: Review, options: SignOne): Promise<SentDraft> {
  const draft = review.draft.id;
  const { vault } = context;
  try {
    throwIfAborted(options.signal);
    requireClear(preflightDraft(context, review.draft));
    vault.write((db) => {
      if (!moveDraft(db, draft, ['draft', 'folder'], 'sending')) throw new AppError('DRAFT_BUSY');
    });
    return { draft, m: await send(context, review, options), failure: null };
  } catch (error) {
    vault.write((db) => {
      moveDraft(db, draft, ['sending'], review.draft.state);
    });
    if (!isAppError(error)) throw error;
    return { draft, m: null, failure: toFailure(error) };
  }
}

async function send(context: OfficeContext, review: Review, { authority, ids, progress, signal }: SignOne): Promise<M> {
  const { draft, act, form, documents, recipients } = review;
  const { vault } = context;
  const sources: ByteSource[] = [];
  const open = async (list: readonly ReadyDocument[]): Promise<SealDocument[]> => {
    const opened: SealDocument[] = [];
    for (const { blob, name, kind, mediaType } of list) {
      const source = await openBlob(vault, blob);
      sources.push(source);
      opened.push({ source, name, kind, mediaType });
    }
    return opened;
  };
  try {
    const enclosures: OutgoingEnclosure[] = [];
    for (const { to, list } of listEnclosures(review)) enclosures.push({ to, documents: await open(list) });
    const target =
      draft.matter === null
        ? { type: draft.type, to: recipients.map(({ office }) => office) }
        : { matter: draft.matter };
    const sent = await sendListed(context, {
      authority,
      ids,
      target,
      act,
      form,
      documents: await open(documents.filter(({ audience }) => audience === null)),
      enclosures,
      progress,
      alongside: (db) => dropDraft(vault, db, draft.id),
      ...(signal === undefined ? {} : { signal }),
    });
    return sent.m;
  } finally {
    for (const source of sources) await source.close();
  }
}

/** Documents for the same few participants go into one enclosure. */
function listEnclosures({
  documents,
}: Review): { readonly to: readonly OfficeId[]; readonly list: readonly ReadyDocument[] }[] {
  const some = documents.filter(({ audience }) => audience !== null);
  const groups = Map.groupBy(some, ({ audience }) => [...(audience ?? [])].sort().join(' '));
  return [...groups.values()].map((list) => ({ to: list[0]?.audience ?? [], list }));
}

const sizeOf = ({ documents }: Review): Bytes => documents.reduce((sum, { size }) => sum + size, 0);

/** After opening a vault: what was being sealed when it closed was never committed. */
export function releaseInterrupted({ vault }: OfficeContext): void {
  vault.write((db) => {
    releaseDrafts(db);
  });
}
