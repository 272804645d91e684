import { z } from 'zod';
import { ERROR_KINDS, type ErrorCode } from '../errors.ts';
import { office } from '../model/office-card.ts';
import {
  count,
  instant,
  json,
  line,
  matterId,
  messageId,
  officeId,
  personId,
  sha256,
  vaultId,
} from '../model/schemas.ts';
import { ACTS, MESSAGE_KINDS, PROCEDURE_TYPES } from '../model/vocabulary.ts';

/** What many channels say alike. */

export { count, instant, json, line, matterId, messageId, office, officeId, personId, sha256, vaultId };

export const nothing = z.strictObject({});
export const done = z.strictObject({});

export const errorCode = z.enum(Object.keys(ERROR_KINDS) as [ErrorCode, ...ErrorCode[]]);
/** A failure inside an answer that is not one: `params` as in every error text. */
export const failure = z.strictObject({
  code: errorCode,
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
export type Failure = z.infer<typeof failure>;

/** Members of a form as they are typed: checked by the procedure, not here. */
export const formDraft = z.record(z.string().max(64), json);

/** Bytes as structured clone carries them. */
export const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/**
 * A passphrase, PIN or recovery key as UTF-8, so that both sides can overwrite it: main does so as soon as it has it, the window right after it asked.
 */
export const secret = bytes.refine(({ length }) => length > 0 && length <= 1024, 'secret');

/** Names a file or folder that a person chose in a dialog of main or dropped on the window. The window never says a path, and never learns one. */
export const fileToken = z.string().regex(/^[0-9a-f]{32}$/);
export type FileToken = z.infer<typeof fileToken>;
export const chosenFile = z.strictObject({
  token: fileToken,
  /** The last part of its path. */
  name: z.string(),
  size: count,
});
export type ChosenFile = z.infer<typeof chosenFile>;

/** Work that takes longer than an answer should; see `job:list` and the event `job:changed`. */
export const jobId = z.uuid();
export const startedJob = z.strictObject({ job: jobId });
/** Null where the person closed the dialog. */
export const maybeStartedJob = z.strictObject({ job: jobId.nullable() });
/** Whether a file was written; false where the person closed the dialog. */
export const saved = z.strictObject({ saved: z.boolean() });
/** Whether it went to a printer; false where the person closed the dialog. */
export const printed = z.strictObject({ printed: z.boolean() });
/** How a report is kept: as paper, as a page for browsers, for programs. */
export const reportFormat = z.enum(['pdf', 'html', 'json']);
/** Of a page that is made for reading elsewhere. */
export const language = z.enum(['zh-CN', 'en']);

export const limit = z.int().min(1).max(500);
export const query = z.string().max(400);

export function page<Item extends z.ZodType, Key extends z.ZodType>(item: Item, key: Key) {
  return z.strictObject({
    items: z.array(item),
    /** Goes into `after` for the following page; null at the end. */
    next: key.nullable(),
  });
}

/** Where the terms of a search stand, in UTF-16 units of `text`: in order, without overlap. */
export const markedText = z.strictObject({
  text: z.string(),
  ranges: z.array(z.strictObject({ start: count, end: count })),
});
export type MarkedText = z.infer<typeof markedText>;

/** An office as lists name it; `name` is its id where nothing more is known. */
export const officeName = z.strictObject({ id: officeId, name: z.string() });
export const procedureType = z.enum(PROCEDURE_TYPES);
export const act = z.enum(ACTS);
export const messageKind = z.enum(MESSAGE_KINDS);

/** One colour per message (protocol.md 3): green only when the counterpart has signed for it. */
export const deliveryColour = z.enum(['grey', 'orange', 'green', 'red']);
export const officeDelivery = z.strictObject({
  office: officeName,
  status: z.enum(['queued', 'posted', 'delivered', 'refused', 'expired', 'undeliverable']),
  colour: deliveryColour,
  postedAt: instant.nullable(),
  /** When the status began, where anybody says so: claimed by the counterpart for receipts. */
  at: instant.nullable(),
  code: errorCode.nullable(),
  openedAt: instant.nullable(),
  attempts: count,
  lastError: errorCode.nullable(),
  /** Nobody has answered in time: it was posted once more. */
  overdue: z.boolean(),
});
export type OfficeDelivery = z.infer<typeof officeDelivery>;

export const documentView = z.strictObject({
  /** In its message, from 0. */
  index: count,
  name: z.string(),
  kind: z.string(),
  mediaType: z.string(),
  size: count,
  sha256,
});
export type DocumentView = z.infer<typeof documentView>;

export const certificateView = z.strictObject({
  sha256,
  subject: z.string(),
  issuer: z.string(),
  serial: z.string(),
  selfSigned: z.boolean(),
  notBefore: instant,
  notAfter: instant,
});
export type CertificateView = z.infer<typeof certificateView>;

/** Who signs, and the word or PIN that opens that person's key: asked for each time, never kept. */
export const credentials = z.strictObject({ person: personId, secret });
