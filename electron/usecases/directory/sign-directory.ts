import { AppError } from '../../../shared/errors.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { Instant, M, MessageId, OfficeId } from '../../../shared/model/brand.ts';
import type { DirectoryBody, DirectoryMessage } from '../../../shared/model/message.ts';
import { MESSAGE_VERSION, SUITES } from '../../../shared/model/vocabulary.ts';
import { maySignCards } from '../../exchange/bind-sender.ts';
import { cardFingerprint } from '../../exchange/card-trust.ts';
import { isInScope } from '../../exchange/directory-trust.ts';
import { type ByteSink, type ByteSource, bufferSource, readRange } from '../../files/bytes.ts';
import { buildContainer } from '../../packages/seal-package.ts';
import type { SealDocument } from '../../packages/write-container.ts';
import { openBlob } from '../../vault/blobs/blob-store.ts';
import { appendAudit } from '../../vault/repositories/audit.ts';
import { type CardRow, listCurrentCards } from '../../vault/repositories/cards.ts';
import { findMeta, putMeta } from '../../vault/repositories/meta.ts';
import type { OfficeContext } from '../context.ts';
import { getCard } from '../office/directory.ts';
import { getOwnVault } from '../office/own-vault.ts';
import { openSigningAuthority, type SigningCredentials } from '../office/signing-authority.ts';
import { instantOf, uuidV7 } from '../uuid-v7.ts';

const VERSION = 'directory.version';
const DAY = 24 * 3600_000;

export interface SignDirectory {
  readonly credentials: SigningCredentials;
  readonly scope: DirectoryBody['scope'];
  /** Days that members may rely on it. */
  readonly days: number;
  readonly sink: ByteSink;
}

export interface SignedDirectory {
  readonly m: M;
  readonly version: number;
  readonly expiresAt: Instant;
  readonly offices: readonly OfficeId[];
}

/**
 * Signs a directory of every office whose confirmed card lies in the scope, and writes it as a plain container with the cards in it as their offices signed
 * them. The version is taken before the file is written: none is ever given twice.
 *
 * @throws AppError KEY_NOT_FOR_ACT where the person may not sign cards, OFFICE_UNKNOWN where nobody is in scope, and of the signing authority
 */
export function signDirectory(context: OfficeContext, request: SignDirectory): Promise<SignedDirectory> {
  return context.exclusively(() => sign(context, request));
}

async function sign(context: OfficeContext, request: SignDirectory): Promise<SignedDirectory> {
  const { vault, now } = context;
  const { credentials, scope, sink } = request;
  const own = getOwnVault(vault.read);
  const signer = getCard(vault.read, own.office.id).persons.find(({ id }) => id === credentials.person);
  if (signer === undefined || !maySignCards(signer)) throw new AppError('KEY_NOT_FOR_ACT', { act: 'directory' });
  const cards = listCurrentCards(vault.read).filter(
    ({ office, body }) => office !== own.office.id && isInScope({ scope } as DirectoryBody, body.office),
  );
  if (cards.length === 0 || cards.length > LIMITS.directoryEntries) {
    throw new AppError('OFFICE_UNKNOWN', { reason: 'scope', offices: cards.length });
  }
  const id = uuidV7(now()) as MessageId;
  const authority = await openSigningAuthority(context, credentials, [id]);
  try {
    const version = takeVersion(context);
    const expiresAt = instantOf(new Date(now().getTime() + request.days * DAY));
    const { documents: _, ...draft }: DirectoryMessage = {
      version: MESSAGE_VERSION,
      suite: SUITES[0],
      kind: 'directory',
      id,
      author: { office: own.office.id, vault: own.vault, epoch: own.epoch },
      sender: { office: own.office.id, person: credentials.person, certificate: authority.certificate.sha256 },
      recipients: [],
      createdAt: instantOf(now()),
      documents: [],
      directory: {
        version,
        issuedAt: instantOf(now()),
        expiresAt,
        scope,
        entries: cards.map(({ office, body }) => ({ office, fingerprint: cardFingerprint(body) })),
      },
    };
    const documents = await Promise.all(cards.map((card) => toDocument(context, card)));
    const { m } = await buildContainer({ draft, documents, signer: authority.take(id), now: now() }, sink);
    const detail = { version, offices: cards.length, expiresAt };
    vault.write((db) =>
      appendAudit(db, {
        at: instantOf(now()),
        actor: credentials.person,
        action: 'directory-signed',
        subject: m,
        detail,
      }),
    );
    return { m, version, expiresAt, offices: cards.map(({ office }) => office) };
  } finally {
    authority.close();
  }
}

function takeVersion({ vault }: OfficeContext): number {
  return vault.write((db) => {
    const version = Number(findMeta(db, VERSION) ?? 0) + 1;
    putMeta(db, VERSION, String(version));
    return version;
  });
}

async function toDocument({ vault }: OfficeContext, { office, blob }: CardRow): Promise<SealDocument> {
  if (blob === null) throw new AppError('BLOB_MISSING');
  const container: ByteSource = await openBlob(vault, blob);
  try {
    const source = bufferSource(await readRange(container, 0, container.size));
    return { source, name: `${office}.asice`, kind: 'office-card', mediaType: 'application/vnd.etsi.asic-e+zip' };
  } finally {
    await container.close();
  }
}
