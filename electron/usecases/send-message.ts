import { AppError } from '../../shared/errors.ts';
import { LIMITS } from '../../shared/limits.ts';
import type { Bytes, M, MatterId, MessageId, OfficeId } from '../../shared/model/brand.ts';
import { type Form, parseForm } from '../../shared/model/forms/parse-form.ts';
import type { ActMessage } from '../../shared/model/message.ts';
import { type Act, MESSAGE_VERSION, type ProcedureType, SUITES } from '../../shared/model/vocabulary.ts';
import { deriveMatterId } from '../exchange/matter-id.ts';
import type { MessageDraft } from '../packages/container-plan.ts';
import type { SealDocument } from '../packages/write-container.ts';
import type { ReadableDb, WritableDb } from '../vault/db/handle.ts';
import { appendAudit } from '../vault/repositories/audit.ts';
import { findMatter, listParticipants } from '../vault/repositories/matters.ts';
import { findLastOfAuthor, insertMessage } from '../vault/repositories/messages.ts';
import { removeTransportFile } from '../vault/transport/transport-files.ts';
import type { OfficeContext } from './context.ts';
import { noteGap } from './matters/ask-missing.ts';
import { findMatterSubtype, foreseeAct } from './matters/foresee-act.ts';
import { listHeads } from './matters/matter-acts.ts';
import { openMatter } from './matters/open-matter.ts';
import { settleMatter } from './matters/settle-matter.ts';
import { type Destination, getCard, listDestinations, toRecipients } from './office/directory.ts';
import { getOwnVault } from './office/own-vault.ts';
import { requireActive } from './office/require-active.ts';
import { openSigningAuthority, type SigningAuthority, type SigningCredentials } from './office/signing-authority.ts';
import { oweOffer } from './outgoing/owe-offer.ts';
import { planCopies, queueCopies } from './outgoing/queue-copies.ts';
import { type SealedFile, sealFile } from './outgoing/seal-file.ts';
import { noteSealedStamp, type SealedStamp } from './trust/sealing-stamp.ts';
import { instantOf, uuidV7 } from './uuid-v7.ts';

/** Files for some of the participants only. */
export interface OutgoingEnclosure {
  readonly to: readonly OfficeId[];
  readonly documents: readonly SealDocument[];
}

export interface SendMessage {
  readonly credentials: SigningCredentials;
  /** Opens a matter with these offices, the leading one first; otherwise the act belongs to `matter`. */
  readonly target: { readonly type: ProcedureType; readonly to: readonly OfficeId[] } | { readonly matter: MatterId };
  readonly act: Act;
  readonly form: Form;
  /** Their sources stay the caller's to close. */
  readonly documents?: readonly SealDocument[];
  readonly enclosures?: readonly OutgoingEnclosure[];
  readonly signal?: AbortSignal;
  readonly progress?: (done: Bytes, total: Bytes) => void;
  /** What must happen with the message or not at all, e.g. letting go of its draft: in the transaction that stores it. */
  readonly alongside?: (db: WritableDb) => void;
}

/** A message of a fixed list that a person has put under one authority (protocol.md 1). */
export interface ListedMessage extends Omit<SendMessage, 'credentials'> {
  readonly authority: SigningAuthority;
  /** On the authority's list, see {@link countMessages}. */
  readonly ids: readonly MessageId[];
}

export interface QueuedMessage {
  readonly m: M;
  readonly matter: MatterId;
  readonly enclosures: readonly M[];
  /** What became of the act's timestamp. */
  readonly stamp: SealedStamp;
}

/**
 * Signs and seals one act, with its enclosures, and queues a copy for every vault of every participant. From its commit on it leaves, whatever happens;
 * before it nothing has happened.
 *
 * @throws AppError VAULT_FROZEN, FORM_INVALID, ACT_NOT_ALLOWED, MATTER_UNKNOWN, OFFICE_UNKNOWN, KEY_NOT_FOR_ACT, SENDER_NOT_BOUND, RECIPIENT_REFUSED,
 *   and of sealing and of the signing authority
 */
export function sendMessage(context: OfficeContext, request: SendMessage): Promise<QueuedMessage> {
  return context.exclusively(async () => {
    const { vault, now } = context;
    requireActive(vault.read);
    const ids = nameMessages(context, countMessages(request));
    const plan = planAct(vault.read, request, ids, now());
    const authority = await openSigningAuthority(context, request.credentials, ids);
    try {
      return await send(context, plan, { ...request, authority, ids });
    } finally {
      authority.close();
    }
  });
}

/** As {@link sendMessage}, for one message of a list; the authority stays open for the next. */
export function sendListed(context: OfficeContext, request: ListedMessage): Promise<QueuedMessage> {
  return context.exclusively(async () => {
    const { vault, now } = context;
    requireActive(vault.read);
    return send(context, planAct(vault.read, request, request.ids, now()), request);
  });
}

/** How many messages a request becomes: the act, and one for each enclosure. */
export function countMessages({ enclosures = [] }: Pick<SendMessage, 'enclosures'>): number {
  return enclosures.length + 1;
}

export function nameMessages({ now }: OfficeContext, count: number): MessageId[] {
  return Array.from({ length: count }, () => uuidV7(now()) as MessageId);
}

async function send(context: OfficeContext, plan: ActPlan, request: ListedMessage): Promise<QueuedMessage> {
  const { vault, now } = context;
  const { authority, ids } = request;
  const enclosures = request.enclosures ?? [];
  const sealed: SealedFile[] = [];
  try {
    for (const [index, enclosure] of enclosures.entries()) {
      const id = ids[index] as MessageId;
      const draft = draftEnclosure(vault.read, plan, enclosure, id, authority, now());
      sealed.push(await seal(context, request, draft, enclosure.documents, authority.take(id)));
    }
    const id = ids.at(-1) as MessageId;
    const cited = enclosures.map(({ to }, index) => ({ message: sealed[index]?.m ?? ('' as M), offices: [...to] }));
    const draft = draftAct(vault.read, plan, request, cited, id, authority, now());
    sealed.push(await seal(context, request, draft, request.documents ?? [], authority.take(id)));
    vault.write((db) => {
      storeSealed(db, plan, sealed, authority.person, now());
      request.alongside?.(db);
    });
    const act = sealed.at(-1) as SealedFile;
    return { m: act.m, matter: plan.matter, enclosures: sealed.slice(0, -1).map(({ m }) => m), stamp: act.stamp };
  } catch (error) {
    for (const { file } of sealed) await removeTransportFile(vault, 'outgoing', file.name);
    throw error;
  } finally {
    for (const { blob } of sealed) await blob.abort();
  }
}

interface ActPlan {
  readonly matter: MatterId;
  readonly type: ProcedureType;
  /** The leading office first, our own last. */
  readonly offices: readonly OfficeId[];
}

function planAct(
  db: ReadableDb,
  { target, act, form }: Pick<SendMessage, 'target' | 'act' | 'form'>,
  ids: readonly MessageId[],
  now: Date,
): ActPlan {
  const own = getOwnVault(db).office.id;
  if ('to' in target) {
    const others = [...new Set(target.to)].filter((office) => office !== own);
    if (act !== 'submit') throw new AppError('ACT_NOT_ALLOWED', { act, reason: 'state' });
    if (others.length === 0) throw new AppError('USAGE', { field: 'to' });
    parseForm(target.type, act, form, null);
    return { matter: deriveMatterId(own, ids.at(-1) as MessageId), type: target.type, offices: [...others, own] };
  }
  const matter = findMatter(db, target.matter);
  if (matter === null) throw new AppError('MATTER_UNKNOWN', { matter: target.matter });
  parseForm(matter.type, act, form, findMatterSubtype(db, matter));
  const foreseen = foreseeAct(db, matter, { office: own, act, form }, now);
  if (foreseen !== null && foreseen.voidCode !== null) {
    throw new AppError(foreseen.voidCode, { act, state: foreseen.state, reason: foreseen.voidReason ?? '' });
  }
  const others = listParticipants(db, matter.id).filter((office) => office !== own && office !== matter.lead);
  const lead = matter.lead === own ? [] : [matter.lead];
  return { matter: matter.id, type: matter.type, offices: [...lead, ...others, own] };
}

/** The active vaults of the offices, in their order. @throws AppError OFFICE_UNKNOWN, PACKAGE_LIMIT_EXCEEDED */
function destinationsOf(db: ReadableDb, offices: readonly OfficeId[]): Destination[] {
  const destinations = offices.flatMap((office) => listDestinations(getCard(db, office)));
  if (destinations.length <= LIMITS.recipients) return destinations;
  throw new AppError('PACKAGE_LIMIT_EXCEEDED', { limit: 'recipients', max: LIMITS.recipients });
}

function envelope(db: ReadableDb, offices: readonly OfficeId[], id: MessageId, authority: SigningAuthority, now: Date) {
  const own = getOwnVault(db);
  return {
    version: MESSAGE_VERSION,
    suite: SUITES[0],
    id,
    author: { office: own.office.id, vault: own.vault, epoch: own.epoch },
    sender: { office: own.office.id, person: authority.person, certificate: authority.certificate.sha256 },
    recipients: toRecipients(destinationsOf(db, offices)),
    createdAt: instantOf(now),
  } as const;
}

function draftEnclosure(
  db: ReadableDb,
  { matter, offices }: ActPlan,
  { to }: OutgoingEnclosure,
  id: MessageId,
  authority: SigningAuthority,
  now: Date,
): MessageDraft {
  const own = getOwnVault(db).office.id;
  const stranger = to.find((office) => !offices.includes(office));
  if (stranger !== undefined || to.length === 0) throw new AppError('NOT_A_PARTICIPANT', { office: stranger ?? '' });
  const receivers = [...new Set([...to, own])];
  return { ...envelope(db, receivers, id, authority, now), kind: 'enclosure', matter };
}

function draftAct(
  db: ReadableDb,
  { matter, type, offices }: ActPlan,
  { act, form }: ListedMessage,
  enclosures: ActMessage['enclosures'],
  id: MessageId,
  authority: SigningAuthority,
  now: Date,
): MessageDraft {
  const base = envelope(db, offices, id, authority, now);
  const last = findLastOfAuthor(db, base.author, matter);
  return {
    ...base,
    kind: 'act',
    matter,
    type,
    act,
    seq: (last?.seq ?? 0) + 1,
    prev: last?.m ?? null,
    parents: listHeads(db, matter),
    enclosures,
    form: { ...form },
  };
}

function seal(
  context: OfficeContext,
  { signal, progress }: ListedMessage,
  draft: MessageDraft,
  documents: readonly SealDocument[],
  signer: ReturnType<SigningAuthority['take']>,
): Promise<SealedFile> {
  const optional = { ...(signal === undefined ? {} : { signal }), ...(progress === undefined ? {} : { progress }) };
  return sealFile(context, { draft, documents, signer, ...optional });
}

/** One transaction: messages, copies, the matter, its place in the order where we give places. */
function storeSealed(
  db: WritableDb,
  { matter }: ActPlan,
  sealed: readonly SealedFile[],
  person: SigningAuthority['person'],
  now: Date,
): void {
  const at = instantOf(now);
  const own = getOwnVault(db);
  for (const { m, message, signatureDigest, blob, file, stamp } of sealed) {
    insertMessage(db, {
      m,
      message,
      signatureDigest,
      blob: blob.commit(db),
      direction: 'out',
      firstReceivedAt: at,
      status: 'accepted',
      code: null,
    });
    noteSealedStamp(db, m, stamp, now);
    if (message.kind === 'act' && findMatter(db, matter) === null) openMatter(db, message, now);
    const offices = [...new Set(message.recipients.map(({ office }) => office).filter((office) => office !== null))];
    queueCopies(db, m, file, planCopies(destinationsOf(db, offices), own.vault), now);
    oweOffer(db, m, file, offices, now);
    const detail = { kind: message.kind, matter, act: message.kind === 'act' ? message.act : null };
    appendAudit(db, { at, actor: person, action: 'message-sealed', subject: m, detail });
  }
  settleMatter(db, matter, now);
  noteGap(db, matter, now);
}
