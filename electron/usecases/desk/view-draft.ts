import type { DraftView, PreflightItem, ReviewItem, StagedDocument } from '../../../shared/ipc/channels/draft.ts';
import type { ResponseOf } from '../../../shared/ipc/contract.ts';
import type { PersonId } from '../../../shared/model/brand.ts';
import type { Finding } from '../../../shared/procedures/preflight/finding.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import { findCurrentCard } from '../../vault/repositories/cards.ts';
import { listOfficeChannels } from '../../vault/repositories/channels.ts';
import type { StagedRow } from '../../vault/repositories/staged-documents.ts';
import { getVaultState } from '../../vault/vault-state.ts';
import type { OfficeContext } from '../context.ts';
import { actOf, procedureOf, recipientsOf } from '../drafts/draft-of.ts';
import { listDrafts, type ShownDraft, showDraft } from '../drafts/edit-draft.ts';
import { listSignatureFolder, type Review, reviewDraft, titleOf } from '../drafts/review-draft.ts';
import { preflightDraft } from '../preflight/preflight-draft.ts';
import { findCurrentPerson } from '../settings.ts';
import { nameActor, nameOffice } from './names.ts';
import { listIdentities } from './view-office.ts';

function viewStaged({ id, kind, name, mediaType, size, sha256, audience, code }: StagedRow): StagedDocument {
  const state = sha256 !== null ? 'ready' : code === null ? 'hashing' : 'failed';
  return {
    id,
    kind,
    name,
    mediaType,
    size,
    sha256,
    state,
    failure: code === null ? null : { code, params: {} },
    to: audience === null ? null : [...audience],
  };
}

export function viewDraft(db: ReadableDb, { row, documents }: ShownDraft): DraftView {
  const { id, revision, type, subtype, matter, act, form, state, createdBy, createdAt, updatedAt } = row;
  return {
    id,
    revision,
    target: matter === null ? { kind: 'open', type, subtype } : { kind: 'matter', matter, act },
    title: titleOf(db, row),
    form: { ...form },
    recipients: recipientsOf(db, row).map((office) => nameOffice(db, office)),
    documents: documents.map(viewStaged),
    state,
    createdBy,
    createdAt,
    updatedAt,
  };
}

/** @throws AppError DRAFT_UNKNOWN */
export function showDraftView(context: OfficeContext, id: string): DraftView {
  return viewDraft(context.vault.read, showDraft(context, id));
}

export function listDraftViews(context: OfficeContext): ResponseOf<'draft:list'> {
  return {
    items: listDrafts(context).map((shown) => {
      const { form: _, documents, ...draft } = viewDraft(context.vault.read, shown);
      const bytes = documents.reduce((sum, { size }) => sum + size, 0);
      return {
        ...draft,
        documents: documents.length,
        bytes,
        hashing: documents.some(({ state }) => state === 'hashing'),
      };
    }),
  };
}

function viewReview(db: ReadableDb, { draft, digest, title, act, form, documents, recipients }: Review): ReviewItem {
  return {
    draft: draft.id,
    revision: draft.revision,
    digest,
    title,
    type: draft.type,
    subtype: draft.subtype,
    act,
    actId: draft.act,
    form: { ...form },
    documents: documents.map(({ id, kind, name, mediaType, size, sha256, audience }) => ({
      id,
      kind,
      name,
      mediaType,
      size,
      sha256,
      to: audience === null ? null : audience.map((office) => nameOffice(db, office)),
    })),
    recipients: recipients.map(({ office, name, vaults, fingerprint }) => ({ id: office, name, vaults, fingerprint })),
  };
}

function viewSigners(context: OfficeContext) {
  return listIdentities(context).flatMap(({ person, name, keeper, certificate }) =>
    person === null ? [] : [{ person, name, keeper, certificate }],
  );
}

/** The exact words, files, signers and recipients. @throws AppError as reviewDraft */
export function showReview(context: OfficeContext, draft: string): ResponseOf<'signature:review'> {
  return { item: viewReview(context.vault.read, reviewDraft(context, draft)), signers: viewSigners(context) };
}

export function listFolderView(context: OfficeContext): ResponseOf<'signature:list'> {
  const db = context.vault.read;
  const items = listSignatureFolder(context, findCurrentPerson(db) as PersonId | null).map(
    ({ draft, review, read, failure }) => {
      const { documents, form: _, ...item } = review === null ? viewUnready(context, draft.id) : viewReview(db, review);
      return {
        ...item,
        documents: documents.length,
        bytes: documents.reduce((sum, { size }) => sum + size, 0),
        preparedBy: draft.createdBy === null ? null : nameActor(db, draft.createdBy),
        handedOverAt: draft.handedOverAt ?? draft.updatedAt,
        read,
        failure: failure === null ? null : { code: failure.code, params: { ...failure.params } },
      };
    },
  );
  return { items, signers: viewSigners(context) };
}

/** What waits and cannot be signed as it is. */
function viewUnready(context: OfficeContext, id: string): Omit<ReviewItem, 'digest'> & { digest: null } {
  const db = context.vault.read;
  const { row, documents } = showDraft(context, id);
  return {
    draft: row.id,
    revision: row.revision,
    digest: null,
    title: titleOf(db, row),
    type: row.type,
    subtype: row.subtype,
    act: actOf(procedureOf(row), row.act).act,
    actId: row.act,
    form: { ...row.form },
    documents: documents.flatMap(({ id: document, kind, name, mediaType, size, sha256 }) =>
      sha256 === null ? [] : [{ id: document, kind, name, mediaType, size, sha256, to: null }],
    ),
    recipients: [],
  };
}

/** What stands in the way of signing, and what to expect after it: what the office is able to do, and what the procedure asks (shared/procedures/preflight). */
export function checkDraft(context: OfficeContext, id: string): PreflightItem[] {
  const db = context.vault.read;
  const { row } = showDraft(context, id);
  const item = (level: PreflightItem['level'], name: string, more: Partial<PreflightItem> = {}): PreflightItem => ({
    level,
    id: name,
    params: {},
    field: null,
    slot: null,
    ...more,
  });
  const offices = recipientsOf(db, row);
  const found = preflightDraft(context, row);
  return [
    ...(getVaultState(db).state === 'active' ? [] : [item('failure', 'vault-restored')]),
    ...(offices.length === 0 ? [item('failure', 'recipients-missing', { field: 'to' })] : []),
    ...found.filter(({ level }) => level === 'failure').map(toItem),
    ...offices.flatMap((office) => recipientItems(context, office, item)),
    ...(viewSigners(context).length === 0 ? [item('wait', 'no-signer')] : []),
    ...found.filter(({ level }) => level !== 'failure').map(toItem),
  ];
}

const toItem = ({ params, ...finding }: Finding): PreflightItem => ({ ...finding, params: { ...params } });

type MakeItem = (level: PreflightItem['level'], name: string, more?: Partial<PreflightItem>) => PreflightItem;

function recipientItems(
  { vault, now }: OfficeContext,
  office: Parameters<typeof nameOffice>[1],
  item: MakeItem,
): PreflightItem[] {
  const db = vault.read;
  const { name } = nameOffice(db, office);
  const card = findCurrentCard(db, office);
  if (card === null) return [item('failure', 'recipient-unknown', { params: { name } })];
  const ended = card.body.persons.every(({ notAfter }) => Date.parse(notAfter) < now().getTime());
  return [
    item('passed', 'recipient-confirmed', { params: { name } }),
    ...(ended ? [item('advice', 'recipient-expired', { params: { name } })] : []),
    ...(listOfficeChannels(db, office).length === 0
      ? [item('wait', 'recipient-without-route', { params: { name } })]
      : []),
  ];
}

export interface ReviewSummary {
  readonly signer: string;
  readonly items: readonly {
    readonly title: string;
    /** The act by its id, and the procedure whose words name it. */
    readonly act: string;
    readonly procedure: string;
    readonly recipients: readonly string[];
    readonly documents: number;
  }[];
}

/** The few words of main's own question before a signature. */
export function summarizeReview({ vault }: OfficeContext, reviews: readonly Review[], person: PersonId): ReviewSummary {
  return {
    signer: nameActor(vault.read, person),
    items: reviews.map(({ draft, title, recipients, documents }) => ({
      title,
      act: draft.act,
      procedure: procedureOf(draft).name,
      recipients: recipients.map(({ name }) => name),
      documents: documents.length,
    })),
  };
}
