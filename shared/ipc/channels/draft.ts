import { z } from 'zod';
import { PROCEDURE_TYPES } from '../../model/vocabulary.ts';
import { channel } from '../channel.ts';
import {
  act,
  bytes,
  certificateView,
  count,
  done,
  failure,
  fileToken,
  formDraft,
  instant,
  line,
  matterId,
  nothing,
  officeId,
  officeName,
  personId,
  secret,
  sha256,
  startedJob,
} from '../parts.ts';

/** From the first word of a request to the signature under it. */

export const draftId = z.uuid();
export const stagedId = z.uuid();
const revision = count;
const kind = line(64);

/** A document of a draft, encrypted in the vault from its first byte on. */
export const stagedDocument = z.strictObject({
  id: stagedId,
  /** The slot that it lies in: `kind` in the message. */
  kind: z.string(),
  name: z.string(),
  mediaType: z.string(),
  size: count,
  /** Null while it is taken in. */
  sha256: sha256.nullable(),
  state: z.enum(['hashing', 'ready', 'failed']),
  failure: failure.nullable(),
  /** Only for these participants, as an enclosure; null: for all. */
  to: z.array(officeId).nullable(),
});
export type StagedDocument = z.infer<typeof stagedDocument>;

const target = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('open'), type: z.enum(PROCEDURE_TYPES), subtype: z.string().max(64) }),
  /** `act`: id of the procedure's act, e.g. `first-check`. */
  z.strictObject({ kind: z.literal('matter'), matter: matterId, act: z.string().min(1).max(64) }),
]);

export const draftView = z.strictObject({
  id: draftId,
  revision,
  target,
  /** Of the matter, or of its coming opening. */
  title: z.string(),
  form: formDraft,
  /** Of a new matter, the leading office first; of a standing one its other participants. */
  recipients: z.array(officeName),
  documents: z.array(stagedDocument),
  /** `folder`: it waits in the signature folder; `sending`: it is being sealed. */
  state: z.enum(['draft', 'folder', 'sending']),
  createdBy: personId.nullable(),
  createdAt: instant,
  updatedAt: instant,
});
export type DraftView = z.infer<typeof draftView>;

const draftRow = draftView
  .omit({ form: true, documents: true })
  .extend({ documents: count, bytes: count, hashing: z.boolean() });

/** One line of the pre-flight: failures block, the others say what to expect. */
const preflightItem = z.strictObject({
  level: z.enum(['failure', 'wait', 'advice', 'passed']),
  /** Stable: its text stands under `preflight.<id>`. */
  id: z.string(),
  params: failure.shape.params,
  /** Dotted path of the field that it speaks of. */
  field: z.string().nullable(),
  /** Slot that it speaks of. */
  slot: z.string().nullable(),
});
export type PreflightItem = z.infer<typeof preflightItem>;

/** What will be signed, computed in main from what is stored. */
export const reviewItem = z.strictObject({
  draft: draftId,
  revision,
  /** SHA-256 over everything below: signing names it, so that nothing else can be signed. */
  digest: sha256,
  title: z.string(),
  type: z.enum(PROCEDURE_TYPES),
  subtype: z.string(),
  act,
  actId: z.string(),
  /** The form as it will stand under the signature. */
  form: formDraft,
  documents: z.array(
    z.strictObject({
      id: stagedId,
      kind: z.string(),
      name: z.string(),
      mediaType: z.string(),
      size: count,
      sha256,
      to: z.array(officeName).nullable(),
    }),
  ),
  /** The only offices that can open it, our own left out. */
  recipients: z.array(officeName.extend({ vaults: count, fingerprint: sha256 })),
});
export type ReviewItem = z.infer<typeof reviewItem>;

/** Whom the reviewed things would be signed by. */
const reviewSigner = z.strictObject({
  person: personId,
  name: z.string(),
  keeper: z.enum(['vault', 'token']),
  certificate: certificateView,
});

/** Bytes that the clipboard brings at most: larger things are files. */
const LARGEST_PASTE = 32 * 1024 * 1024;

export const draftChannels = {
  'draft:list': channel('open', nothing, z.strictObject({ items: z.array(draftRow) })),
  'draft:show': channel('open', z.strictObject({ draft: draftId }), draftView),
  'draft:create': channel('open', z.strictObject({ target }), draftView),
  /** `revision` is the one that was edited: another window's or device's later words are never lost in silence. */
  'draft:update': channel(
    'open',
    z.strictObject({
      draft: draftId,
      revision,
      form: formDraft.optional(),
      recipients: z.array(officeId).max(64).optional(),
    }),
    draftView,
  ),
  'draft:remove': channel('open', z.strictObject({ draft: draftId }), done),
  'draft:add-files': channel(
    'open',
    z.strictObject({
      draft: draftId,
      kind,
      files: z.array(fileToken).min(1).max(200),
      to: z.array(officeId).min(1).max(64).nullable(),
    }),
    draftView,
  ),
  /** From the clipboard. */
  'draft:add-bytes': channel(
    'open',
    z.strictObject({
      draft: draftId,
      kind,
      name: z.string().min(1).max(200),
      bytes: bytes.refine(({ length }) => length > 0 && length <= LARGEST_PASTE, 'size'),
    }),
    draftView,
  ),
  'draft:change-document': channel(
    'open',
    z.strictObject({
      draft: draftId,
      document: stagedId,
      kind: kind.optional(),
      name: z.string().min(1).max(200).optional(),
      to: z.array(officeId).min(1).max(64).nullable().optional(),
    }),
    draftView,
  ),
  /** Stops the hashing too, where it runs. */
  'draft:remove-document': channel('open', z.strictObject({ draft: draftId, document: stagedId }), draftView),
  'draft:preflight': channel(
    'open',
    z.strictObject({ draft: draftId }),
    z.strictObject({ items: z.array(preflightItem) }),
  ),
  /** Into the signature folder, for somebody who may sign. */
  'draft:hand-over': channel('open', z.strictObject({ draft: draftId, revision }), draftView),
  'draft:take-back': channel('open', z.strictObject({ draft: draftId }), draftView),
};

export const signatureChannels = {
  'signature:list': channel(
    'open',
    nothing,
    z.strictObject({
      items: z.array(
        reviewItem.omit({ form: true, documents: true }).extend({
          /** Null where it cannot be signed as it is. */
          digest: sha256.nullable(),
          failure: failure.nullable(),
          documents: count,
          bytes: count,
          preparedBy: z.string().nullable(),
          handedOverAt: instant,
          /** Whether the current person has had the very words in view to their end. */
          read: z.boolean(),
        }),
      ),
      /** Who may sign here at all. */
      signers: z.array(reviewSigner),
    }),
  ),
  /** The end of the text was in view; `digest` names which text. */
  'signature:mark-read': channel('open', z.strictObject({ draft: draftId, digest: sha256 }), done),
  'signature:review': channel(
    'open',
    z.strictObject({ draft: draftId }),
    z.strictObject({ item: reviewItem, signers: z.array(reviewSigner) }),
  ),
  /**
   * Signs one fixed list and nothing else, after main has shown its own confirmation; what has changed since it was reviewed is refused. The job's result
   * has an entry for each.
   */
  'signature:sign-and-send': channel(
    'open',
    z.strictObject({
      items: z
        .array(z.strictObject({ draft: draftId, digest: sha256 }))
        .min(1)
        .max(100),
      person: personId,
      secret,
    }),
    startedJob,
  ),
};
