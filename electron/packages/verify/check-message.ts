import type { ErrorCode } from '../../../shared/errors.ts';
import type { Sha256 } from '../../../shared/model/brand.ts';
import type { Message } from '../../../shared/model/message.ts';
import type { Suite } from '../../../shared/model/vocabulary.ts';
import type { Certificate } from '../../pki/certificate.ts';
import { matchesCertificate, type RecipientId } from '../cms/recipient-id.ts';
import { type Findings, fail, leaveOpen, notChecked, pass } from './checks.ts';

/** Point 7: what the signed message says about its signer, its envelope and its recipients. */

/**
 * Whether the signer may speak for the message's sender: by the confirmed cards, at the trust time (protocol.md 1). `ok` null: it did once, its time has ended since, and
 * nothing proves the signature to be older.
 */
export type SenderBinding = (
  message: Message,
  signer: Certificate,
  at: Date,
) => { readonly ok: boolean | null; readonly code?: ErrorCode };

/** What the envelope around the container was. */
export interface EnvelopeFacts {
  readonly cipher: string;
  readonly recipientIds: readonly RecipientId[];
  /** RecipientInfos that name no certificate: passwords, key-encryption keys and what else there is. */
  readonly otherRecipients: number;
  readonly openedAs: Sha256;
}

const CIPHER: Readonly<Record<Suite, string>> = { 'LP1-A256GCM-SHA256': 'aes-256-gcm' };

export function checkSigner(message: Message, signer: Certificate | null, findings: Findings): void {
  if (signer !== null && message.sender.certificate === signer.sha256) {
    pass(findings, 'message-signer', signer.sha256);
    return;
  }
  fail(findings, 'message-signer', 'the message names another certificate', 'MESSAGE_SIGNER_MISMATCH');
}

/** The suite is named under the signature, so that nobody between can lower it (threat-model.md, rule 10). */
export function checkSuite({ suite }: Message, { cipher }: EnvelopeFacts, findings: Findings): void {
  if (CIPHER[suite] === cipher) pass(findings, 'suite', suite);
  else fail(findings, 'suite', `${suite} does not encrypt with ${cipher}`, 'PACKAGE_ALGORITHM_REFUSED');
}

/**
 * The outer RecipientInfos are the signed list: a package that was sealed again for somebody else is refused.
 * @param known encryption certificates at hand: those of the list are compared one by one, of the others only the number is known
 */
export function checkRecipients(
  message: Message,
  { openedAs, recipientIds, otherRecipients }: EnvelopeFacts,
  known: readonly Certificate[],
  findings: Findings,
): void {
  const listed = new Set<string>(message.recipients.map(({ certificate }) => certificate));
  if (!listed.has(openedAs)) {
    fail(findings, 'recipients', 'not meant for the key that opened it', 'PACKAGE_NOT_FOR_RECIPIENT');
    return;
  }
  const missing = known.some(
    (certificate) => listed.has(certificate.sha256) && !recipientIds.some((id) => matchesCertificate(id, certificate)),
  );
  const distinct = new Set(recipientIds.map(keyOf)).size;
  if (missing || otherRecipients > 0 || distinct !== recipientIds.length || distinct !== listed.size) {
    fail(findings, 'recipients', 'outer recipients differ from the signed list', 'PACKAGE_RECIPIENTS_MISMATCH');
    return;
  }
  pass(findings, 'recipients', `${listed.size} recipients as signed`);
}

function keyOf(id: RecipientId): string {
  return id.kind === 'subject-key-identifier'
    ? id.subjectKeyId.toString('hex')
    : `${id.issuer.toString('hex')} ${id.serial.toString('hex')}`;
}

export function checkBinding(
  message: Message,
  signer: Certificate | null,
  at: Date,
  binding: SenderBinding | undefined,
  findings: Findings,
): void {
  if (binding === undefined || signer === null) {
    notChecked(findings, 'sender-bound', 'no card was given');
    return;
  }
  const { ok, code = 'SENDER_NOT_BOUND' } = binding(message, signer, at);
  if (ok === null) leaveOpen(findings, 'sender-bound', 'by a card whose time has ended', 'SIGNER_NOT_TRUSTED');
  else if (ok) pass(findings, 'sender-bound', 'by the confirmed card');
  else fail(findings, 'sender-bound', code, code, 'INDETERMINATE', 'SIG_CONSTRAINTS_FAILURE');
}
