import { AppError } from '../../../shared/errors.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { M, Sha256 } from '../../../shared/model/brand.ts';
import { type Message, parseMessage } from '../../../shared/model/message.ts';
import { documentPath } from '../../../shared/model/names.ts';
import { type ByteSource, readRange } from '../../files/bytes.ts';
import { ASIC_E_MIMETYPE, archiveNames, ENTRY, refuseUnsafeNames } from '../asic/entry-names.ts';
import { type Manifest, parseManifest } from '../asic/manifest.ts';
import { checkCentral } from '../zip/check-central.ts';
import type { ScannedEntry, ScanResult } from '../zip/entry-scanner.ts';
import { scanContainer } from '../zip/scan-container.ts';
import { attempt, type Findings } from './checks.ts';
import type { Archive } from './judge-archives.ts';

/** A container of our profile whose structure holds; whose signature it is is not known yet. */
export interface ProfileContainer {
  readonly m: M;
  readonly manifest: Buffer;
  readonly signature: Buffer;
  readonly message: Message;
  /** Entries of the documents, in their order. */
  readonly documents: readonly ScannedEntry[];
  /** Archive timestamps of an exported copy, the oldest first. */
  readonly archives: readonly Archive[];
  /** SHA-256 of every entry by its name. */
  readonly digests: ReadonlyMap<string, Sha256>;
}

/**
 * Points 3, 4 and the first half of 7 of what a verifier checks: one directory and no byte beside it, the entries of the profile and no others, each named by the
 * manifest with its digest, and a message that lists the same documents. Null where any of it fails.
 * @param isCopy whether archive timestamps may follow, as in exported copies; exchange takes none
 */
export async function readProfile(
  container: ByteSource,
  scanned: ScanResult | null,
  findings: Findings,
  isCopy = false,
): Promise<ProfileContainer | null> {
  const entries = await attempt(
    findings,
    'container-structure',
    () => structureOf(container, scanned, isCopy),
    (all) => `${all.length} entries, no byte outside them`,
  );
  if (entries === null) return null;
  const texts = await attempt(
    findings,
    'container-entries',
    () => readTexts(container, entries, isCopy),
    () => 'message, manifest and signature read',
  );
  if (texts === null) return null;
  const manifest = await attempt(
    findings,
    'manifest',
    () => parseManifest(texts.manifest),
    ({ references }) => `${references.length} references`,
  );
  if (manifest === null) return null;
  const matched = await attempt(
    findings,
    'manifest-digests',
    () => matchManifest(manifest, entries),
    (count) => `${count} digests agree`,
  );
  if (matched === null) return null;
  const message = await attempt(
    findings,
    'message',
    () => parseMessage(decodeUtf8(texts.message)),
    ({ kind, id }) => `${kind} ${id}`,
  );
  if (message === null) return null;
  const documents = entries.filter(({ layout }) => layout === 'blocks');
  const listed = await attempt(
    findings,
    'message-documents',
    () => matchDocuments(message, documents),
    (count) => `${count} documents agree`,
  );
  if (listed === null) return null;
  const manifestEntry = entryOf(entries, ENTRY.manifest);
  return {
    m: manifestEntry.sha256 as M,
    manifest: texts.manifest,
    signature: texts.signature,
    message,
    documents,
    archives: texts.archives,
    digests: new Map(entries.map(({ name, sha256 }) => [name, sha256])),
  };
}

async function structureOf(
  container: ByteSource,
  scanned: ScanResult | null,
  isCopy: boolean,
): Promise<readonly ScannedEntry[]> {
  const scan = scanned ?? (await scanContainer(container));
  await checkCentral(container, scan);
  const { entries } = scan;
  refuseUnsafeNames(entries.map(({ name }) => name));
  requireOrder(isCopy ? withoutArchives(entries) : entries);
  const mimetype = await readEntry(container, entryOf(entries, ENTRY.mimetype), ASIC_E_MIMETYPE.length);
  if (mimetype.toString('latin1') !== ASIC_E_MIMETYPE)
    throw new AppError('CONTAINER_MALFORMED', { reason: 'mimetype' });
  const padding = entryOf(entries, ENTRY.padding);
  if (padding.size > LIMITS.signatureSlot + LIMITS.paddingStep)
    throw new AppError('CONTAINER_MALFORMED', { reason: 'padding too large' });
  const zeros = await readEntry(container, padding, padding.size);
  if (!zeros.equals(Buffer.alloc(zeros.length)))
    throw new AppError('CONTAINER_MALFORMED', { reason: 'padding is not zeros' });
  return entries;
}

const TAIL = [ENTRY.message, ENTRY.manifest, ENTRY.signature, ENTRY.padding] as const;

/** mimetype, documents, then the four named entries: any other name, order or layout is not of the profile. */
function requireOrder(entries: readonly ScannedEntry[]): void {
  const refuse = (reason: string): never => {
    throw new AppError('CONTAINER_ENTRY_REFUSED', { reason });
  };
  const names = entries.map(({ name }) => name);
  if (names[0] !== ENTRY.mimetype) refuse('mimetype is not the first entry');
  if (TAIL.some((name, index) => names.at(index - TAIL.length) !== name)) refuse('entries are not in order');
  for (const [index, { name, layout }] of entries.entries()) {
    const isDocument = index > 0 && index < entries.length - TAIL.length;
    if ((layout === 'blocks') !== isDocument) refuse('layout of an entry');
    if (isDocument && !name.startsWith(`documents/${index}-`)) refuse('entry that is no document');
  }
}

/** How many archive timestamps an exported copy may have: one in some years. */
const MAX_ARCHIVES = 64;

/** The entries of the profile, without the pairs of manifest and token that follow them. */
function withoutArchives(entries: readonly ScannedEntry[]): readonly ScannedEntry[] {
  const count = archivesIn(entries);
  const own = entries.slice(0, entries.length - 2 * count);
  const isInOrder = entries.slice(own.length).every(({ name, layout }, index) => {
    const names = archiveNames(Math.floor(index / 2), count);
    return layout === 'stored' && name === (index % 2 === 0 ? names.manifest : names.token);
  });
  if (!isInOrder) throw new AppError('CONTAINER_ENTRY_REFUSED', { reason: 'archive timestamps are not in order' });
  return own;
}

function archivesIn(entries: readonly ScannedEntry[]): number {
  const behind = entries.length - 1 - entries.findIndex(({ name }) => name === ENTRY.padding);
  if (behind > 2 * MAX_ARCHIVES || behind === entries.length) return 0;
  return Math.floor(behind / 2);
}

interface Texts {
  readonly message: Buffer;
  readonly manifest: Buffer;
  readonly signature: Buffer;
  readonly archives: readonly Archive[];
}

async function readTexts(container: ByteSource, entries: readonly ScannedEntry[], isCopy: boolean): Promise<Texts> {
  const limit = isCopy ? LIMITS.augmentedSignature : LIMITS.signature;
  const count = isCopy ? archivesIn(entries) : 0;
  const archives: Archive[] = [];
  for (let index = 0; index < count; index++) {
    const names = archiveNames(index, count);
    archives.push({
      manifest: await readEntry(container, entryOf(entries, names.manifest), LIMITS.manifest),
      token: await readEntry(container, entryOf(entries, names.token), limit),
    });
  }
  return {
    archives,
    message: await readEntry(container, entryOf(entries, ENTRY.message), LIMITS.message),
    manifest: await readEntry(container, entryOf(entries, ENTRY.manifest), LIMITS.manifest),
    signature: await readEntry(container, entryOf(entries, ENTRY.signature), limit),
  };
}

function entryOf(entries: readonly ScannedEntry[], name: string): ScannedEntry {
  const entry = entries.find((one) => one.name === name);
  if (entry === undefined) throw new AppError('CONTAINER_ENTRY_REFUSED', { reason: `no ${name}` });
  return entry;
}

function readEntry(container: ByteSource, entry: ScannedEntry, limit: number): Promise<Buffer> {
  if (entry.size > limit) throw new AppError('CONTAINER_LIMIT_EXCEEDED', { limit: entry.name, max: limit });
  return readRange(container, entry.dataOffset, entry.size);
}

/** Every entry outside META-INF but the mimetype is referenced, every reference is an entry, and the digests agree. */
function matchManifest({ signature, references }: Manifest, entries: readonly ScannedEntry[]): number {
  const refuse = (reason: string): never => {
    throw new AppError('MANIFEST_MISMATCH', { reason });
  };
  if (signature !== ENTRY.signature) refuse('manifest names another signature');
  const signed = entries.filter(({ name }) => name !== ENTRY.mimetype && !name.startsWith('META-INF/'));
  const byName = new Map(references.map((reference) => [reference.name, reference]));
  if (byName.size !== signed.length) refuse('entries and references differ in number');
  for (const { name, sha256 } of signed) {
    const reference = byName.get(name);
    if (reference === undefined) return refuse('entry without a reference');
    if (reference.digestAlgorithm !== 'sha256') refuse('digest algorithm');
    if (reference.digest.toString('hex') !== sha256) refuse('digest differs');
  }
  return signed.length;
}

function matchDocuments(message: Message, entries: readonly ScannedEntry[]): number {
  const refuse = (reason: string): never => {
    throw new AppError('MESSAGE_DOCUMENTS_MISMATCH', { reason });
  };
  if (message.documents.length !== entries.length) refuse('number of documents');
  for (const [index, { name, size, sha256 }] of message.documents.entries()) {
    const entry = entries[index];
    if (entry?.name !== documentPath(index, name)) return refuse('name of a document');
    if (entry.size !== size || entry.sha256 !== sha256) refuse('digest of a document');
  }
  return entries.length;
}

function decodeUtf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new AppError('MESSAGE_MALFORMED', { reason: 'not UTF-8' }, error);
  }
}
