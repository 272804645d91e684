import { createHash } from 'node:crypto';
import { AppError } from '../../../shared/errors.ts';
import type { OfficeId, PersonId, Sha256 } from '../../../shared/model/brand.ts';
import type { Form } from '../../../shared/model/forms/form.ts';
import type { ActMessage } from '../../../shared/model/message.ts';
import type { Act } from '../../../shared/model/vocabulary.ts';
import { parseAct } from '../../../shared/procedures/act-of-form.ts';
import { cardFingerprint } from '../../exchange/card-trust.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import { type DraftRow, isRead, listDrafts, putReadMark } from '../../vault/repositories/drafts.ts';
import { findMatter } from '../../vault/repositories/matters.ts';
import { listStaged, type StagedRow } from '../../vault/repositories/staged-documents.ts';
import type { OfficeContext } from '../context.ts';
import { matterTitle } from '../matters/matter-title.ts';
import { getCard, listDestinations } from '../office/directory.ts';
import { instantOf } from '../uuid-v7.ts';
import { actOf, getDraft, procedureOf, recipientsOf } from './draft-of.ts';

/** A document that was read to its end. */
export type ReadyDocument = StagedRow & { readonly sha256: Sha256; readonly blob: NonNullable<StagedRow['blob']> };

export interface ReviewedRecipient {
  readonly office: OfficeId;
  readonly name: string;
  readonly vaults: number;
  /** Of the card under which it would be sealed. */
  readonly fingerprint: Sha256;
}

/** What would be signed, computed from what is stored and from nothing that the window says. */
export interface Review {
  readonly draft: DraftRow;
  readonly title: string;
  readonly act: Act;
  /** As it will stand under the signature: checked, and without what the form does not know. */
  readonly form: Form;
  readonly documents: readonly ReadyDocument[];
  readonly recipients: readonly ReviewedRecipient[];
  /** SHA-256 over all of it: whoever signs names it, so that nothing else can be signed. */
  readonly digest: Sha256;
}

/**
 * @throws AppError DRAFT_UNKNOWN, DRAFT_UNFINISHED where a document has not been read, FORM_INVALID with the `field`, OFFICE_UNKNOWN where a recipient has no
 *   confirmed card, USAGE (`to`) where there is none
 */
export function reviewDraft({ vault }: OfficeContext, id: string): Review {
  const db = vault.read;
  const draft = getDraft(db, id);
  const documents = readyDocuments(db, id);
  const procedure = procedureOf(draft);
  const { act } = actOf(procedure, draft.act);
  const performed = parseAct(procedure, act, draft.form);
  if (performed.id !== draft.act) throw new AppError('FORM_INVALID', { field: '', reason: 'act' });
  const form = performed.form.parse(draft.form) as Form;
  const recipients = recipientsOf(db, draft).map((office) => reviewRecipient(db, office));
  if (recipients.length === 0) throw new AppError('USAGE', { field: 'to' });
  const facts = { draft, title: titleOf(db, draft), act, form, documents, recipients };
  return { ...facts, digest: digestOf(facts) };
}

function readyDocuments(db: ReadableDb, draft: string): ReadyDocument[] {
  return listStaged(db, draft).map((document) => {
    const { sha256, blob, name } = document;
    if (sha256 === null || blob === null) throw new AppError('DRAFT_UNFINISHED', { name });
    return { ...document, sha256, blob };
  });
}

/** Of the matter, or of the one that it would open. */
export function titleOf(db: ReadableDb, { matter, type, form }: DraftRow): string {
  return (
    (matter === null ? null : findMatter(db, matter)?.title) ?? matterTitle({ type, form: form as ActMessage['form'] })
  );
}

function reviewRecipient(db: ReadableDb, office: OfficeId): ReviewedRecipient {
  const card = getCard(db, office);
  return { office, name: card.office.name, vaults: listDestinations(card).length, fingerprint: cardFingerprint(card) };
}

function digestOf({ draft, act, form, documents, recipients }: Omit<Review, 'digest'>): Sha256 {
  const { id, type, subtype, matter } = draft;
  const files = documents.map(({ kind, name, mediaType, size, sha256, audience }) => [
    kind,
    name,
    mediaType,
    size,
    sha256,
    audience,
  ]);
  const offices = recipients.map(({ office, fingerprint }) => [office, fingerprint]);
  const facts = [id, type, subtype, matter, draft.act, act, form, files, offices];
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex') as Sha256;
}

export interface FolderEntry {
  /** Null where it cannot be signed as it is: `failure` says why. */
  readonly review: Review | null;
  readonly draft: DraftRow;
  readonly read: boolean;
  readonly failure: AppError | null;
}

/** The signature folder, the longest waiting first. @param person whose read marks are shown */
export function listSignatureFolder(context: OfficeContext, person: PersonId | null): FolderEntry[] {
  const db = context.vault.read;
  const waiting = listDrafts(db).filter(({ state }) => state !== 'draft' && state !== 'sending');
  return waiting
    .sort((a, b) => ((a.handedOverAt ?? '') < (b.handedOverAt ?? '') ? -1 : 1))
    .map((draft) => {
      try {
        const review = reviewDraft(context, draft.id);
        const read = person !== null && isRead(db, draft.id, person, review.digest);
        return { review, draft, read, failure: null };
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        return { review: null, draft, read: false, failure: error };
      }
    });
}

/** The end of these very words was in the person's view. @throws AppError DRAFT_CHANGED where they are others by now */
export function markRead(context: OfficeContext, draft: string, digest: Sha256, person: PersonId): void {
  if (reviewDraft(context, draft).digest !== digest) throw new AppError('DRAFT_CHANGED');
  context.vault.write((db) => putReadMark(db, draft, person, digest, instantOf(context.now())));
}
