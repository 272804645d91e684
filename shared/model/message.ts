import { z } from 'zod';
import { AppError, ERROR_KINDS, type ErrorCode } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import { parseIJson } from './i-json.ts';
import { officeCard } from './office-card.ts';
import {
  count,
  documentName,
  instant,
  json,
  line,
  matterId,
  messageId,
  officeId,
  ordinal,
  personId,
  sha256,
  vaultId,
} from './schemas.ts';
import {
  ACTS,
  MESSAGE_KINDS,
  MESSAGE_VERSION,
  OFFICE_TYPES,
  PROCEDURE_TYPES,
  RECEIPT_KINDS,
  SUITES,
} from './vocabulary.ts';

/**
 * message.json (protocol.md 2): what a package says, under the signature. One entry name, several kinds.
 * `office` and `vault` are null only in packages sealed outside any vault (`lexpost package seal`); exchange refuses those.
 */

export const author = z.strictObject({ office: officeId.nullable(), vault: vaultId.nullable(), epoch: ordinal });
export type Author = z.infer<typeof author>;

/** `person` is null where the vault's receipt key signs. `certificate` is the SHA-256 of the signer's certificate. */
export const sender = z.strictObject({ office: officeId.nullable(), person: personId.nullable(), certificate: sha256 });
export type Sender = z.infer<typeof sender>;

/** `certificate` is the SHA-256 of the encryption certificate that the package is sealed for. */
export const recipient = z.strictObject({
  office: officeId.nullable(),
  vault: vaultId.nullable(),
  certificate: sha256,
});
export type Recipient = z.infer<typeof recipient>;

export const messageDocument = z.strictObject({
  name: documentName,
  /** What the document is in its procedure, e.g. `power-of-attorney`. */
  kind: line(64),
  mediaType: z.string().regex(/^[a-z0-9][a-z0-9!#$&^_.+-]{0,63}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$/),
  size: count.max(LIMITS.document),
  sha256,
});
export type MessageDocument = z.infer<typeof messageDocument>;

const envelope = {
  version: z.literal(MESSAGE_VERSION),
  suite: z.enum(SUITES),
  id: messageId,
  author,
  sender,
  recipients: z.array(recipient).max(LIMITS.recipients),
  createdAt: instant,
  documents: z.array(messageDocument).max(LIMITS.entries - 5),
};

export const actMessage = z.strictObject({
  ...envelope,
  kind: z.literal('act'),
  matter: matterId,
  type: z.enum(PROCEDURE_TYPES),
  act: z.enum(ACTS),
  seq: ordinal,
  prev: sha256.nullable(),
  parents: z.array(sha256).max(LIMITS.parents),
  /** Enclosure packages that belong to this act, by M, and who was given them: others must not wait for what they will never get. */
  enclosures: z
    .array(z.strictObject({ message: sha256, offices: z.array(officeId).min(1).max(LIMITS.recipients) }))
    .max(LIMITS.recipients),
  form: z.record(z.string(), json),
});
export type ActMessage = z.infer<typeof actMessage>;

/** Files for only some of the participants; cited by the act that they belong to, outside `seq`. */
export const enclosureMessage = z.strictObject({ ...envelope, kind: z.literal('enclosure'), matter: matterId });
export type EnclosureMessage = z.infer<typeof enclosureMessage>;

/** protocol.md 3. `pos` and `posPrev` stand only in delivered receipts of the lead's registrar. */
export const receiptBody = z.strictObject({
  kind: z.enum(RECEIPT_KINDS),
  office: officeId,
  vault: vaultId,
  message: sha256,
  messageId,
  messageSender: sender,
  /** SHA-256 of SignerInfo.signature of the receipted message. */
  signatureDigest: sha256,
  documents: z.array(z.strictObject({ name: documentName, size: count, sha256 })).max(LIMITS.entries),
  verdict: z.strictObject({ indication: line(40), subIndication: line(60).nullable(), policy: line(60) }),
  receivedAt: instant,
  heads: z.array(sha256).max(LIMITS.parents),
  pos: ordinal.nullable(),
  /** M of the message at `pos − 1`; null at position 1. */
  posPrev: sha256.nullable(),
  /** M of the receipt that this one replaces. */
  supersedes: sha256.nullable(),
  /** Why, where the message was refused. */
  code: z.enum(Object.keys(ERROR_KINDS) as [ErrorCode, ...ErrorCode[]]).nullable(),
  /** Who displayed it, where `kind` is `opened`. */
  person: personId.nullable(),
});
export type ReceiptBody = z.infer<typeof receiptBody>;

export const receiptMessage = z.strictObject({
  ...envelope,
  kind: z.literal('receipt'),
  matter: matterId.nullable(),
  receipt: receiptBody,
});
export type ReceiptMessage = z.infer<typeof receiptMessage>;

/** What the asker holds of one matter: its heads, its own last `seq` (0: none) and the positions counted without a gap. */
export const syncMatter = z.strictObject({
  matter: matterId,
  heads: z.array(sha256).max(LIMITS.parents),
  seq: count,
  pos: count,
});
export type SyncMatter = z.infer<typeof syncMatter>;

/**
 * protocol.md 6. `wanted` asks for single messages by M, e.g. a missing parent or enclosure. With `complete` the asker
 * has lost its past: it also wants matters that it does not name, and every receipt. Such a request is answered by the
 * packages and then by a statement: a sync-request of the answerer's own, with `answers` = M of the request, which nobody answers.
 */
export const syncRequestMessage = z.strictObject({
  ...envelope,
  kind: z.literal('sync-request'),
  matters: z.array(syncMatter).max(20_000),
  wanted: z.array(sha256).max(10_000),
  complete: z.boolean(),
  answers: sha256.nullable(),
});
export type SyncRequestMessage = z.infer<typeof syncRequestMessage>;

export const cardMessage = z.strictObject({ ...envelope, kind: z.literal('card'), card: officeCard });
export type CardMessage = z.infer<typeof cardMessage>;

/** One try to put a message into a mailbox of the office: `code` null where the mailbox took it. */
export const deliveryAttempt = z.strictObject({
  vault: vaultId,
  /** Null: there was no route at all. `id` is a word of the sender's own. */
  route: z.strictObject({ id: line(64), kind: line(16) }).nullable(),
  at: instant,
  code: z.enum(Object.keys(ERROR_KINDS) as [ErrorCode, ...ErrorCode[]]).nullable(),
});
export type DeliveryAttempt = z.infer<typeof deliveryAttempt>;

/**
 * That an office has not acknowledged a message in time, with what was tried (EN 319 522-1: RelayFailure). It is the sender's own word about its own
 * tries, sealed for its own vaults alone: nothing against the recipient, who may never have had the chance to answer.
 */
export const nonDeliveryBody = z.strictObject({
  message: sha256,
  messageId,
  /** SHA-256 of SignerInfo.signature of the message. */
  signatureDigest: sha256,
  /** The office that has not answered. */
  office: officeId,
  /** When the message was ready to leave. */
  since: instant,
  /** The oldest first; where they are more than fit, the first and the last of them. */
  attempts: z.array(deliveryAttempt).max(LIMITS.recordedAttempts),
  attemptsInAll: count,
  proves: z.literal('attempts-of-the-sender'),
  provesNot: z.literal('anything-against-the-recipient'),
});
export type NonDeliveryBody = z.infer<typeof nonDeliveryBody>;

export const nonDeliveryMessage = z.strictObject({
  ...envelope,
  kind: z.literal('non-delivery'),
  matter: matterId.nullable(),
  record: nonDeliveryBody,
});
export type NonDeliveryMessage = z.infer<typeof nonDeliveryMessage>;

/** protocol.md 5: a package above {@link LIMITS.unoffered} is fetched only where its recipient was told of it before. */
export const offerMessage = z.strictObject({
  ...envelope,
  kind: z.literal('offer'),
  /** M of what the package carries; size and SHA-256 of the package itself, as it will lie in the mailbox. */
  offer: z.strictObject({ message: sha256, size: ordinal, digest: sha256 }),
});
export type OfferMessage = z.infer<typeof offerMessage>;

/**
 * Offices that a bureau or a bar association vouches for. Its documents are their cards, as they signed them, in the order of `entries`; it travels as a
 * bare container. `version` grows by the issuer's own count.
 */
export const directoryBody = z
  .strictObject({
    version: ordinal,
    issuedAt: instant,
    expiresAt: instant,
    /** Leading digits of region codes, and types: of nobody else may it speak. */
    scope: z.strictObject({
      regions: z
        .array(z.string().regex(/^\d{2}(?:\d{2}(?:\d{2})?)?$/))
        .min(1)
        .max(64),
      types: z.array(z.enum(OFFICE_TYPES)).min(1).max(16),
    }),
    /** `fingerprint` is the card's, as persons compare it. */
    entries: z
      .array(z.strictObject({ office: officeId, fingerprint: sha256 }))
      .min(1)
      .max(LIMITS.directoryEntries),
  })
  .refine(({ entries }) => new Set(entries.map(({ office }) => office)).size === entries.length, 'unique-offices')
  .refine(({ issuedAt, expiresAt }) => issuedAt < expiresAt, 'expiry');
export type DirectoryBody = z.infer<typeof directoryBody>;

export const directoryMessage = z.strictObject({ ...envelope, kind: z.literal('directory'), directory: directoryBody });
export type DirectoryMessage = z.infer<typeof directoryMessage>;

export const message = z.discriminatedUnion('kind', [
  actMessage,
  enclosureMessage,
  receiptMessage,
  syncRequestMessage,
  cardMessage,
  nonDeliveryMessage,
  offerMessage,
  directoryMessage,
]);
export type Message = z.infer<typeof message>;

/**
 * Parses the bytes of message.json, already decoded as UTF-8.
 *
 * @throws AppError MESSAGE_VERSION_NEWER, MESSAGE_TYPE_UNKNOWN (kind, type or act not known here) or MESSAGE_MALFORMED
 */
export function parseMessage(text: string): Message {
  if (text.length > LIMITS.message) throw new AppError('MESSAGE_MALFORMED', { reason: 'too large' });
  const value = parseIJson(text);
  const peek = z.looseObject({ version: z.number(), kind: z.string() }).safeParse(value);
  if (!peek.success) throw new AppError('MESSAGE_MALFORMED', { reason: 'version and kind' });
  if (peek.data.version > MESSAGE_VERSION) throw new AppError('MESSAGE_VERSION_NEWER', { version: peek.data.version });
  refuseUnknown('kind', peek.data.kind, MESSAGE_KINDS);
  if (peek.data.kind === 'act') {
    refuseUnknown('type', peek.data['type'], PROCEDURE_TYPES);
    refuseUnknown('act', peek.data['act'], ACTS);
  }
  const parsed = message.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new AppError('MESSAGE_MALFORMED', { reason: `${issue?.path.join('.') ?? ''}: ${issue?.code ?? ''}` });
}

function refuseUnknown(field: string, value: unknown, known: readonly string[]): void {
  if (typeof value === 'string' && !known.includes(value)) {
    throw new AppError('MESSAGE_TYPE_UNKNOWN', { field, value: value.slice(0, 64) });
  }
}

/** The matter that a message belongs to, if any. */
export function matterOf(value: Message): ActMessage['matter'] | null {
  return 'matter' in value ? value.matter : null;
}
