import { AppError } from '../../../shared/errors.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { Sha256 } from '../../../shared/model/brand.ts';
import type { ByteSource } from '../../files/bytes.ts';
import { ASIC_E_MIMETYPE, ASIC_S_MIMETYPE } from '../asic/entry-names.ts';
import { parseManifest } from '../asic/manifest.ts';
import { type ForeignEntry, readForeignZip } from '../zip/read-foreign-zip.ts';
import { attempt, type Findings } from './checks.ts';

/** A container that another program wrote: what each signature in it is over. */
export interface ForeignContainer {
  readonly kind: 'ASiC-E' | 'ASiC-S';
  readonly signatures: readonly ForeignSignature[];
  readonly documents: readonly ForeignDocument[];
}

export interface ForeignSignature {
  readonly name: string;
  readonly der: Buffer;
  /** Names of what its manifest refers to, or of the one document. */
  readonly covers: ReadonlySet<string>;
  /** What the CMS signature is over: a manifest, or in ASiC-S the document itself, by digest. */
  contentDigest(algorithm: string): Promise<Buffer>;
}

export interface ForeignDocument {
  readonly name: string;
  readonly size: number;
  readonly sha256: Sha256;
  readonly entry: ForeignEntry;
}

/** Each costs a search for a path. */
const MAX_SIGNATURES = 64;
const MANIFEST = /^META-INF\/ASiCManifest[^/]*\.xml$/i;
const ASIC_S_SIGNATURE = 'META-INF/signature.p7s';

/** Reads ASiC-E and ASiC-S with CAdES (ETSI EN 319 162-1, 4.3 and 4.4). Null where the structure or a digest does not hold. */
export async function readForeign(container: ByteSource, findings: Findings): Promise<ForeignContainer | null> {
  const entries = await attempt(
    findings,
    'container-structure',
    () => readForeignZip(container),
    (all) => `${all.length} entries`,
  );
  if (entries === null) return null;
  const kind = await attempt(
    findings,
    'container-kind',
    () => kindOf(entries),
    (found) => found,
  );
  if (kind === null) return null;
  const dataEntries = entries.filter(({ name }) => name !== 'mimetype' && !name.startsWith('META-INF/'));
  const documents = await attempt(
    findings,
    'container-content',
    () => digestAll(dataEntries),
    (all) => `${all.length} documents read`,
  );
  if (documents === null) return null;
  const signatures = await attempt(
    findings,
    'manifest-digests',
    () => (kind === 'ASiC-S' ? simpleSignature(entries, documents) : manifestSignatures(entries, documents)),
    (all) => `${all.length} signatures`,
  );
  return signatures === null ? null : { kind, signatures, documents };
}

async function kindOf(entries: readonly ForeignEntry[]): Promise<ForeignContainer['kind']> {
  const mimetype = entries.find(({ name }) => name === 'mimetype');
  const text = mimetype === undefined ? '' : (await mimetype.readAll(256)).toString('latin1').trim();
  if (text === ASIC_S_MIMETYPE) return 'ASiC-S';
  if (text === ASIC_E_MIMETYPE) return 'ASiC-E';
  if (text !== '') throw new AppError('CONTAINER_MALFORMED', { reason: 'mimetype' });
  // The mimetype entry is only recommended (4.4.2): the signature's place tells
  return entries.some(({ name }) => name === ASIC_S_SIGNATURE) ? 'ASiC-S' : 'ASiC-E';
}

async function digestAll(entries: readonly ForeignEntry[]): Promise<ForeignDocument[]> {
  const documents: ForeignDocument[] = [];
  for (const entry of entries) {
    const sha256 = (await entry.digest('sha256')).toString('hex') as Sha256;
    documents.push({ name: entry.name, size: entry.size, sha256, entry });
  }
  return documents;
}

async function simpleSignature(
  entries: readonly ForeignEntry[],
  documents: readonly ForeignDocument[],
): Promise<ForeignSignature[]> {
  const signature = entries.find(({ name }) => name === ASIC_S_SIGNATURE);
  if (signature === undefined) throw new AppError('SIGNATURE_MISSING');
  const [document] = documents;
  if (document === undefined || documents.length !== 1)
    throw new AppError('MANIFEST_MISMATCH', { reason: 'ASiC-S signs exactly one document' });
  const der = await signature.readAll(LIMITS.signature);
  const covers = new Set([document.name]);
  return [{ name: signature.name, der, covers, contentDigest: (algorithm) => document.entry.digest(algorithm) }];
}

async function manifestSignatures(
  entries: readonly ForeignEntry[],
  documents: readonly ForeignDocument[],
): Promise<ForeignSignature[]> {
  const manifests = entries.filter(({ name }) => MANIFEST.test(name));
  if (manifests.length > MAX_SIGNATURES) {
    throw new AppError('CONTAINER_LIMIT_EXCEEDED', { limit: 'signatures', max: MAX_SIGNATURES });
  }
  // Sixty-four manifests may each name ten thousand entries: looked up one by one they cost a minute before any signature was asked
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  const named = new Set<string>();
  const covered = new Set<string>();
  const signatures: ForeignSignature[] = [];
  for (const manifest of manifests) {
    const { signature, references } = parseManifest(await manifest.readAll(LIMITS.manifest));
    for (const { name, digestAlgorithm, digest } of references) {
      const entry = byName.get(name);
      if (entry === undefined) throw new AppError('MANIFEST_MISMATCH', { reason: 'reference without an entry' });
      if (!(await entry.digest(digestAlgorithm)).equals(digest))
        throw new AppError('MANIFEST_MISMATCH', { reason: 'digest differs' });
      covered.add(name);
    }
    const entry = byName.get(signature);
    if (entry === undefined) throw new AppError('SIGNATURE_MISSING', { name: signature });
    named.add(signature);
    const der = await entry.readAll(LIMITS.signature);
    const covers = new Set(references.map(({ name }) => name));
    signatures.push({ name: signature, der, covers, contentDigest: (algorithm) => manifest.digest(algorithm) });
  }
  if (signatures.length === 0) throw new AppError('SIGNATURE_MISSING');
  const unsigned = documents.find(({ name }) => !covered.has(name));
  if (unsigned !== undefined) throw new AppError('MANIFEST_MISMATCH', { reason: 'entry without a reference' });
  const stray = entries.find(({ name }) => /^META-INF\/[^/]*\.p7s$/i.test(name) && !named.has(name));
  if (stray !== undefined) throw new AppError('MANIFEST_MISMATCH', { reason: 'signature without a manifest' });
  return signatures;
}
