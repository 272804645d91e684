import { z } from 'zod';
import { PREVIEWS } from '../../model/preview.ts';
import { verificationReport } from '../../model/verification-report.ts';
import { RECEIPT_KINDS } from '../../model/vocabulary.ts';
import { channel } from '../channel.ts';
import {
  act,
  bytes,
  count,
  done,
  errorCode,
  fileToken,
  instant,
  json,
  language,
  limit,
  line,
  markedText,
  matterId,
  maybeStartedJob,
  messageKind,
  nothing,
  officeName,
  page,
  printed,
  procedureType,
  query,
  reportFormat,
  saved,
  sha256,
  startedJob,
} from '../parts.ts';
import { stagedId } from './draft.ts';
import { timelineMessage } from './matter.ts';

/** Messages that came and went, their documents, and what was turned away. */

const messageRow = timelineMessage.omit({ kind: true, form: true, enclosures: true }).extend({
  serial: count,
  matter: matterId.nullable(),
  type: procedureType.nullable(),
  subtype: z.string(),
  title: z.string(),
});
export type MessageRowView = z.infer<typeof messageRow>;

const receiptView = z.strictObject({
  m: sha256,
  kind: z.enum(RECEIPT_KINDS),
  office: officeName,
  pos: count.nullable(),
  receivedAt: instant,
  storedAt: instant,
  code: errorCode.nullable(),
  person: z.string().nullable(),
  /** `before-message`, `clock-skew` … */
  flags: z.array(z.string()),
  superseded: z.boolean(),
});

const rejected = z.strictObject({
  id: count,
  digest: sha256,
  size: count,
  code: errorCode,
  detail: z.record(z.string(), json),
  receivedAt: instant,
  /** The ciphertext is kept until then; null: it is gone, digest and reason stay. */
  purgeAt: instant.nullable(),
});

const hit = z.strictObject({
  serial: count,
  m: sha256,
  matter: matterId.nullable(),
  type: procedureType.nullable(),
  act: act.nullable(),
  actId: z.string().nullable(),
  kind: messageKind,
  title: markedText,
  /** The place of the first hit outside the title; null where only the title has one. */
  context: markedText.extend({ field: z.enum(['form', 'documents', 'parties']) }).nullable(),
  sender: officeName,
  storedAt: instant,
});

export const messageChannels = {
  'inbox:list': channel(
    'open',
    z.strictObject({ query: query.optional(), unopened: z.boolean().optional(), limit, after: count.nullable() }),
    page(messageRow, count),
  ),
  /** What was turned away, for ever: searched by code, digest, address or detail. */
  'inbox:rejected': channel(
    'open',
    z.strictObject({ query: query.optional(), limit, after: count.nullable() }),
    page(rejected, count),
  ),
  'message:show': channel(
    'open',
    z.strictObject({ m: sha256 }),
    z.strictObject({
      message: timelineMessage,
      matter: matterId.nullable(),
      title: z.string(),
      receipts: z.array(receiptView),
    }),
  ),
  /** The current person has displayed it: its sender gets an `opened` receipt, once. */
  'message:mark-opened': channel('open', z.strictObject({ m: sha256 }), z.strictObject({ receipt: z.boolean() })),
  /** Its container with documents, in the clear, and what proves it: a file that any validator of ETSI signatures reads. Logged. */
  'message:export': channel(
    'open',
    z.strictObject({ m: sha256, level: z.enum(['B', 'T', 'LT', 'LTA']) }),
    maybeStartedJob,
  ),
  'search:find': channel(
    'open',
    z.strictObject({ query, matter: matterId.optional(), limit, after: count.nullable() }),
    page(hit, count),
  ),
};

const documentSource = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('message'), m: sha256, index: count.max(10_000) }),
  z.strictObject({ kind: z.literal('draft'), document: stagedId }),
]);
/** Bytes that one read gives at most. */
export const LARGEST_READ = 4 * 1024 * 1024;

export const documentChannels = {
  /** What a preview needs before its first byte. */
  'document:open': channel(
    'open',
    z.strictObject({ source: documentSource }),
    z.strictObject({
      name: z.string(),
      mediaType: z.string(),
      size: count,
      sha256,
      /** How it can be shown, judged by its first bytes and never by its name. */
      preview: z.enum(PREVIEWS),
    }),
  ),
  'document:read': channel(
    'open',
    z.strictObject({ source: documentSource, offset: count, length: z.int().min(1).max(LARGEST_READ) }),
    z.strictObject({ bytes }),
  ),
  /** In the clear, where the person says: logged. */
  'document:export': channel('open', z.strictObject({ m: sha256, index: count.max(10_000) }), maybeStartedJob),
};

/** `m`: whose paper; null: that of the last act that produces one. */
const paperRequest = z.strictObject({ matter: matterId, paper: z.string().max(64), m: sha256.nullable() });

export const paperChannels = {
  /** Every official paper that a matter can print now. */
  'paper:list': channel(
    'open',
    z.strictObject({ matter: matterId }),
    z.strictObject({ items: z.array(z.strictObject({ id: z.string(), title: z.string(), m: sha256, act })) }),
  ),
  /** As PDF, for the preview. */
  'paper:read': channel('open', paperRequest, z.strictObject({ title: z.string(), bytes })),
  'paper:save': channel('open', paperRequest, saved),
  /** Every kind of paper, with the pattern of the office's own numbers; null: it bears none. */
  'paper:patterns': channel(
    'open',
    nothing,
    z.strictObject({
      items: z.array(z.strictObject({ id: z.string(), title: z.string(), pattern: z.string().nullable() })),
    }),
  ),
  /** Numbers that were given stay. */
  'paper:set-pattern': channel(
    'open',
    z.strictObject({ paper: z.string().max(64), pattern: line(80).nullable() }),
    done,
  ),
};

const verification = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  size: count,
  report: verificationReport,
  at: instant,
});
export type VerificationView = z.infer<typeof verification>;

export const verifyChannels = {
  /** Anything that was dropped: a sealed package or a container. The job's result is the `id` of the verification. */
  'verify:file': channel(
    'open',
    z.strictObject({
      file: fileToken,
      /** Judge it as of then; null: now. */
      at: instant.nullable(),
    }),
    startedJob,
  ),
  'verify:show': channel('open', z.strictObject({ id: z.uuid() }), verification),
  /** From what is stored here. */
  'verify:message': channel(
    'open',
    z.strictObject({
      m: sha256,
      /** Judge it as of then; null, or left out: now. */
      at: instant.nullable().optional(),
    }),
    verification,
  ),
  'verify:save-report': channel(
    'open',
    z.strictObject({ id: z.uuid(), format: reportFormat, detailed: z.boolean(), language }),
    saved,
  ),
  'verify:print-report': channel('open', z.strictObject({ id: z.uuid(), detailed: z.boolean(), language }), printed),
};
