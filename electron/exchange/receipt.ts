import type { ErrorCode } from '../../shared/errors.ts';
import { LIMITS } from '../../shared/limits.ts';
import type { Instant, M, OfficeId, PersonId, Sha256, VaultId } from '../../shared/model/brand.ts';
import type { Message, ReceiptBody } from '../../shared/model/message.ts';
import type { ReceiptKind } from '../../shared/model/vocabulary.ts';

/** Version of what a verdict in a receipt rests on: verifier's points, trust time, binding (FORMAT.md). */
export const VERDICT_POLICY = 'lexpost-exchange-1';

/** A message as its receipts speak of it. */
export interface ReceiptedMessage {
  readonly m: M;
  readonly message: Message;
  /** SHA-256 of SignerInfo.signature. */
  readonly signatureDigest: Sha256;
}

export interface ReceiptRequest {
  readonly kind: ReceiptKind;
  readonly office: OfficeId;
  readonly vault: VaultId;
  /** When the message was durable here; for `opened`, when it was displayed. */
  readonly at: Instant;
  readonly heads: readonly M[];
  readonly position: { readonly pos: number; readonly posPrev: M | null } | null;
  readonly supersedes: M | null;
  readonly code: ErrorCode | null;
  readonly person: PersonId | null;
}

/** Only what passed every check is receipted, refused on grounds of the protocol or not: hence one verdict. */
export function buildReceipt({ m, message, signatureDigest }: ReceiptedMessage, request: ReceiptRequest): ReceiptBody {
  return {
    kind: request.kind,
    office: request.office,
    vault: request.vault,
    message: m,
    messageId: message.id,
    messageSender: message.sender,
    signatureDigest,
    documents: message.documents.map(({ name, size, sha256 }) => ({ name, size, sha256 })),
    verdict: { indication: 'TOTAL_PASSED', subIndication: null, policy: VERDICT_POLICY },
    receivedAt: request.at,
    heads: [...request.heads],
    pos: request.position?.pos ?? null,
    posPrev: request.position?.posPrev ?? null,
    supersedes: request.supersedes,
    code: request.code,
    person: request.person,
  };
}

/** What was noticed but refuses nothing: claimed times prove nothing (protocol.md 3). */
export type ReceiptFlag = 'dated-before-message' | 'clock-skew';

export type ReceiptCheck =
  | { readonly ok: true; readonly flags: readonly ReceiptFlag[] }
  | { readonly ok: false; readonly code: ErrorCode };

/**
 * Whether a verified receipt speaks of the message that is stored here. Its author was bound to the receipt key before.
 *
 * @param author office and vault of the receipt's author
 * @param now when the receipt arrived
 */
export function checkReceipt(
  receipt: ReceiptBody,
  author: { readonly office: OfficeId | null; readonly vault: VaultId | null },
  { m, message, signatureDigest }: ReceiptedMessage,
  now: Date,
): ReceiptCheck {
  const matches =
    receipt.office === author.office &&
    receipt.vault === author.vault &&
    receipt.message === m &&
    receipt.messageId === message.id &&
    receipt.signatureDigest === signatureDigest &&
    receipt.messageSender.office === message.sender.office &&
    receipt.messageSender.person === message.sender.person &&
    receipt.messageSender.certificate === message.sender.certificate &&
    sameDocuments(receipt, message) &&
    // only what was verified is receipted: a delivery of what failed would be no delivery, and show as one
    receipt.verdict.indication === 'TOTAL_PASSED' &&
    (receipt.kind === 'refused') === (receipt.code !== null) &&
    (receipt.kind === 'opened') === (receipt.person !== null) &&
    positionMakesSense(receipt);
  return matches ? { ok: true, flags: findFlags(receipt, message, now) } : { ok: false, code: 'RECEIPT_MISMATCH' };
}

function sameDocuments({ documents }: ReceiptBody, message: Message): boolean {
  return (
    documents.length === message.documents.length &&
    documents.every(({ name, size, sha256 }, index) => {
      const own = message.documents[index];
      return own?.name === name && own.size === size && own.sha256 === sha256;
    })
  );
}

function positionMakesSense({ kind, pos, posPrev }: ReceiptBody): boolean {
  if (pos === null) return posPrev === null;
  return kind === 'delivered' && (pos === 1) === (posPrev === null);
}

function findFlags({ receivedAt }: ReceiptBody, { createdAt }: Message, now: Date): ReceiptFlag[] {
  const flags: ReceiptFlag[] = [];
  if (receivedAt < createdAt) flags.push('dated-before-message');
  if (Date.parse(receivedAt) - now.getTime() > LIMITS.clockSkew) flags.push('clock-skew');
  return flags;
}

export interface ReceiptLink {
  readonly m: M;
  readonly createdAt: Instant;
  readonly supersedes: M | null;
}

/**
 * Which of one vault's receipts of one kind for one message is in force: the one that no other supersedes. Two such are the vault's own
 * contradiction; then the earlier by its own date holds, and everybody picks the same.
 */
export function currentReceipt(receipts: readonly ReceiptLink[]): M | null {
  const superseded = new Set(receipts.map(({ supersedes }) => supersedes));
  const standing = receipts.filter(({ m }) => !superseded.has(m));
  const [first] = standing.sort((a, b) => compare(a.createdAt, b.createdAt) || compare(a.m, b.m));
  return first?.m ?? null;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
