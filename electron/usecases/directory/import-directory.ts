import { AppError, type ErrorCode, isAppError } from '../../../shared/errors.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { M, OfficeId } from '../../../shared/model/brand.ts';
import type { DirectoryBody } from '../../../shared/model/message.ts';
import type { CardRoute, OfficeCard } from '../../../shared/model/office-card.ts';
import { proposedRoutes } from '../../../shared/model/proposed-routes.ts';
import { cardFingerprint } from '../../exchange/card-trust.ts';
import { isInScope, judgeDirectory, speaksForItself } from '../../exchange/directory-trust.ts';
import { type ByteSource, bufferSource, readRange } from '../../files/bytes.ts';
import { newFindings } from '../../packages/verify/checks.ts';
import { readProfile } from '../../packages/verify/read-profile.ts';
import { type ContainerVerdict, verifyContainer } from '../../packages/verify-container.ts';
import { appendAudit } from '../../vault/repositories/audit.ts';
import { findCurrentCard } from '../../vault/repositories/cards.ts';
import { findDirectory, insertDirectory } from '../../vault/repositories/directories.ts';
import type { OfficeContext } from '../context.ts';
import { importCard } from '../import-card.ts';
import { getCard } from '../office/directory.ts';
import { getOwnVault } from '../office/own-vault.ts';
import { senderBinding } from '../office/sender-binding.ts';
import { trustFor } from '../office/trust.ts';
import { instantOf } from '../uuid-v7.ts';

export interface ImportDirectory {
  readonly source: ByteSource;
  /** The person relies on this issuer's directories from now on; needed once per issuer. */
  readonly accept: boolean;
  readonly by: string;
}

/** What became of one office. `code` says why nothing was taken. */
export interface DirectoryResult {
  readonly office: OfficeId;
  readonly outcome: 'applied' | 'unchanged' | 'pending' | 'refused';
  readonly code: ErrorCode | null;
  /** Routes of its card that a person may set up; nothing is dialled because a card says so. */
  readonly routes: readonly CardRoute[];
}

export interface ImportedDirectory {
  readonly m: M;
  readonly issuer: OfficeId;
  readonly directory: DirectoryBody;
  readonly results: readonly DirectoryResult[];
}

/**
 * Takes a signed directory in. Offices that are new here are confirmed on its word; for one that is known it is nothing but a messenger: a key that
 * differs waits for a comparison. Its version is noted last, so that a crash in between goes through all of it again.
 *
 * @throws AppError SENDER_NOT_BOUND where the issuer's own card is not confirmed, DIRECTORY_NOT_ACCEPTED, DIRECTORY_NOT_NEWER, DIRECTORY_EXPIRED, or the
 *   verdict's code
 */
export async function importDirectory(
  context: OfficeContext,
  { source, accept, by }: ImportDirectory,
): Promise<ImportedDirectory> {
  const { vault, now, exclusively } = context;
  const { m, issuer, body, verdict } = await readDirectory(context, source);
  const known = findDirectory(vault.read, issuer);
  const facts = { m, body, issuer: getCard(vault.read, issuer).office, known, accept, at: now() };
  const code = judgeDirectory(facts);
  if (code !== null) throw new AppError(code, { office: issuer, version: body.version });
  const results: DirectoryResult[] = [];
  for (const [index, entry] of body.entries.entries()) {
    const document = await verdict.readDocument(index);
    results.push(await takeEntry(context, issuer, body, entry, document));
  }
  await exclusively(async () =>
    vault.write((db) => {
      if (findDirectory(db, issuer)?.m === m) return;
      const at = instantOf(now());
      insertDirectory(db, { issuer, version: body.version, m, body, importedAt: at, importedBy: by });
      const counts = Object.fromEntries(
        Object.entries(Object.groupBy(results, ({ outcome }) => outcome)).map(([k, v]) => [k, v.length]),
      );
      appendAudit(db, {
        at,
        actor: by,
        action: 'directory-imported',
        subject: m,
        detail: { issuer, version: body.version, ...counts },
      });
    }),
  );
  return { m, issuer, directory: body, results };
}

/** A directory whose signature and signer hold; whether it is taken is another question. */
export interface SignedDirectory {
  readonly m: M;
  readonly issuer: OfficeId;
  readonly body: DirectoryBody;
  /** Whether one of this issuer was taken before. */
  readonly known: boolean;
  readonly verdict: ContainerVerdict;
}

/** @throws AppError as {@link importDirectory} for what is wrong with the file itself */
export async function readDirectory(context: OfficeContext, container: ByteSource): Promise<SignedDirectory> {
  if (container.size > LIMITS.directory) throw new AppError('CONTAINER_LIMIT_EXCEEDED', { limit: 'directory' });
  const { vault, now } = context;
  const peeked = await readProfile(container, null, newFindings());
  const trust = trustFor(context, vault.read, peeked?.message.sender.office ?? null);
  const binding = senderBinding(vault.read, null);
  const verdict = await verifyContainer({ container, trust, at: now(), binding, accept: 'profile' });
  const { m, message, indication, code, report } = verdict;
  if (report.checks.some(({ id, ok }) => id === 'sender-bound' && ok === false)) throw new AppError('SENDER_NOT_BOUND');
  if (indication !== 'TOTAL_PASSED' || m === null || message === null) throw new AppError(code ?? 'SIGNATURE_INVALID');
  if (message.kind !== 'directory') throw new AppError('MESSAGE_TYPE_UNKNOWN', { field: 'kind' });
  const issuer = message.sender.office;
  if (issuer === null) throw new AppError('SENDER_NOT_BOUND');
  if (message.documents.length !== message.directory.entries.length) {
    throw new AppError('MESSAGE_MALFORMED', { reason: 'entries' });
  }
  const known = findDirectory(vault.read, issuer) !== null;
  return { m, issuer, body: message.directory, known, verdict };
}

async function takeEntry(
  context: OfficeContext,
  issuer: OfficeId,
  body: DirectoryBody,
  { office, fingerprint }: DirectoryBody['entries'][number],
  document: ByteSource,
): Promise<DirectoryResult> {
  const db = context.vault.read;
  const refused = (code: ErrorCode): DirectoryResult => ({ office, outcome: 'refused', code, routes: [] });
  try {
    const card = await peekCard(document);
    if (card === null || card.office.id !== office || cardFingerprint(card) !== fingerprint) {
      return refused('FINGERPRINT_MISMATCH');
    }
    if (speaksForItself(office, issuer, getOwnVault(db).office.id) || !isInScope(body, card.office)) {
      return refused('DIRECTORY_OUT_OF_SCOPE');
    }
    // Its word confirms whom nobody here has met; a pin that stands is no directory's to move.
    const vouched = findCurrentCard(db, office) === null ? { fingerprint } : {};
    const imported = await importCard(context, { source: document, by: `directory:${issuer}`, ...vouched });
    const code = imported.outcome === 'pending' ? 'CARD_NEEDS_CONFIRMATION' : null;
    return { office, outcome: imported.outcome, code, routes: proposedRoutes(card.routes) };
  } catch (error) {
    if (!isAppError(error) || error.code === 'CANCELLED' || error.code === 'DISK_FULL') throw error;
    return refused(error.code);
  }
}

async function peekCard(document: ByteSource): Promise<OfficeCard | null> {
  if (document.size > LIMITS.message + LIMITS.paddedBelow) return null;
  const source = bufferSource(await readRange(document, 0, document.size));
  const profile = await readProfile(source, null, newFindings());
  return profile?.message.kind === 'card' ? profile.message.card : null;
}
