import { SaxesParser } from 'saxes';
import { AppError } from '../../../shared/errors.ts';
import { LIMITS } from '../../../shared/limits.ts';
import { boundXml } from '../../../shared/model/bound-xml.ts';
import { ENTRY } from './entry-names.ts';

/** ASiCManifest (ETSI EN 319 162-1, annex A.4; schema en_31916201v010101.xsd). */
export interface ManifestReference {
  /** Name of the entry, percent-decoded once. */
  readonly name: string;
  readonly digestAlgorithm: 'sha256' | 'sha384' | 'sha512';
  readonly digest: Buffer;
}

export interface Manifest {
  readonly signature: string;
  readonly references: readonly ManifestReference[];
}

const ASIC = 'http://uri.etsi.org/02918/v1.2.1#';
const DS = 'http://www.w3.org/2000/09/xmldsig#';
const DIGESTS: ReadonlyMap<string, ManifestReference['digestAlgorithm']> = new Map([
  ['http://www.w3.org/2001/04/xmlenc#sha256', 'sha256'],
  ['http://www.w3.org/2001/04/xmldsig-more#sha384', 'sha384'],
  ['http://www.w3.org/2001/04/xmlenc#sha512', 'sha512'],
]);
const DIGEST_LENGTH = { sha256: 32, sha384: 48, sha512: 64 } as const;
const SHA256_URI = 'http://www.w3.org/2001/04/xmlenc#sha256';

/** A path as URI reference: every octet but the unreserved ones and the slash is percent-encoded (RFC 3986, 2.1). */
function uriOf(name: string): string {
  return name
    .split('/')
    .map((part) =>
      encodeURIComponent(part).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`),
    )
    .join('/');
}

/** The manifest's bytes; their length depends on the names alone, so that it is known before any digest is. */
export function buildManifest(references: readonly { readonly name: string; readonly sha256: Buffer }[]): Buffer {
  const objects = references.map(
    ({ name, sha256 }) =>
      `<asic:DataObjectReference URI="${uriOf(name)}"><ds:DigestMethod Algorithm="${SHA256_URI}"/><ds:DigestValue>${sha256.toString('base64')}</ds:DigestValue></asic:DataObjectReference>\n`,
  );
  return Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>\n<asic:ASiCManifest xmlns:asic="${ASIC}" xmlns:ds="${DS}">\n<asic:SigReference URI="${ENTRY.signature}" MimeType="application/pkcs7-signature"/>\n${objects.join('')}</asic:ASiCManifest>\n`,
    'utf8',
  );
}

/** What an archive timestamp is over: entries of the container by their digests, the one that is proven before all with `Rootfile` (EN 319 162-1, A.4). */
export function buildArchiveManifest(
  token: string,
  references: readonly { readonly name: string; readonly sha256: Buffer }[],
  rootFile: string,
): Buffer {
  const objects = references.map(
    ({ name, sha256 }) =>
      `<asic:DataObjectReference URI="${uriOf(name)}"${name === rootFile ? ' Rootfile="true"' : ''}><ds:DigestMethod Algorithm="${SHA256_URI}"/><ds:DigestValue>${sha256.toString('base64')}</ds:DigestValue></asic:DataObjectReference>\n`,
  );
  return Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>\n<asic:ASiCManifest xmlns:asic="${ASIC}" xmlns:ds="${DS}">\n<asic:SigReference URI="${token}" MimeType="application/vnd.etsi.timestamp-token"/>\n${objects.join('')}</asic:ASiCManifest>\n`,
    'utf8',
  );
}

/** A reference has three elements and up to four attributes. */
const MOST_PARTS = 8 * LIMITS.entries;

/** What is being read: the one open reference, and where its text goes. */
interface Reading {
  signature: string | null;
  readonly references: ManifestReference[];
  uri: string | null;
  algorithm: ManifestReference['digestAlgorithm'] | null;
  value: string | null;
  collecting: boolean;
}

/**
 * Reads a manifest: no DTD, no entities of its own, one SigReference, one digest for each URI.
 * @throws AppError MANIFEST_MALFORMED
 */
export function parseManifest(bytes: Buffer): Manifest {
  const refuse = (reason: string): never => {
    throw new AppError('MANIFEST_MALFORMED', { reason });
  };
  if (bytes.length > LIMITS.manifest) refuse('too large');
  const reading: Reading = {
    signature: null,
    references: [],
    uri: null,
    algorithm: null,
    value: null,
    collecting: false,
  };
  const path: string[] = [];
  const parser = new SaxesParser({ xmlns: true });
  boundXml(parser, MOST_PARTS, refuse);
  parser.on('doctype', () => refuse('document type declaration'));
  parser.on('error', (error) => refuse(error.message.slice(0, 120)));
  parser.on('opentag', (tag) => {
    path.push(tag.uri === ASIC ? tag.local : tag.uri === DS ? `ds:${tag.local}` : `?:${tag.local}`);
    if (path.length > LIMITS.nesting) refuse('nested too deeply');
    const attribute = (name: string): string | null => tag.attributes[name]?.value ?? null;
    openElement(reading, path.join('/'), attribute, refuse);
  });
  parser.on('text', (text) => {
    if (reading.collecting) reading.value = (reading.value ?? '') + text;
  });
  parser.on('closetag', () => {
    closeElement(reading, path.join('/'), refuse);
    path.pop();
  });
  parser.write(decodeUtf8(bytes, refuse)).close();
  if (reading.signature === null) return refuse('no SigReference');
  const names = reading.references.map(({ name }) => name);
  if (new Set(names).size !== names.length) refuse('two digests for one entry');
  return { signature: reading.signature, references: reading.references };
}

type Refuse = (reason: string) => never;
const REFERENCE = 'ASiCManifest/DataObjectReference';

function openElement(reading: Reading, at: string, attribute: (name: string) => string | null, refuse: Refuse): void {
  switch (at) {
    case 'ASiCManifest':
      return;
    case 'ASiCManifest/SigReference':
      if (reading.signature !== null) refuse('two SigReferences');
      reading.signature = entryName(attribute('URI'), refuse);
      return;
    case REFERENCE:
      if (reading.references.length >= LIMITS.entries) refuse('too many references');
      reading.uri = entryName(attribute('URI'), refuse);
      return;
    case `${REFERENCE}/ds:DigestMethod`:
      if (reading.algorithm !== null) refuse('two digest methods');
      reading.algorithm = DIGESTS.get(attribute('Algorithm') ?? '') ?? refuse('digest method');
      return;
    case `${REFERENCE}/ds:DigestValue`:
      if (reading.value !== null) refuse('two digest values');
      reading.collecting = true;
      reading.value = '';
      return;
    default:
      // Extensions of others (DataObjectReferenceExtensions, ASiCManifestExtensions) carry nothing that is relied on
      if (!/Extensions(\/|$)/.test(at)) refuse('unknown element');
  }
}

function closeElement(reading: Reading, at: string, refuse: Refuse): void {
  if (at === `${REFERENCE}/ds:DigestValue`) reading.collecting = false;
  if (at !== REFERENCE) return;
  const { uri, algorithm, value } = reading;
  if (uri === null || algorithm === null || value === null) throw refuse('incomplete reference');
  const text = value.replace(/\s+/g, '');
  const digest = Buffer.from(text, 'base64');
  if (digest.toString('base64') !== text || digest.length !== DIGEST_LENGTH[algorithm]) refuse('digest value');
  reading.references.push({ name: uri, digestAlgorithm: algorithm, digest });
  reading.uri = null;
  reading.algorithm = null;
  reading.value = null;
}

/** A relative reference into the container, decoded exactly once: what still looks encoded after that is part of the name. */
function entryName(uri: string | null, refuse: Refuse): string {
  if (uri === null || uri === '' || /^[a-z][a-z0-9+.-]*:/i.test(uri) || /[?#]/.test(uri)) return refuse('URI');
  try {
    return decodeURIComponent(uri);
  } catch {
    return refuse('URI');
  }
}

function decodeUtf8(bytes: Buffer, refuse: Refuse): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refuse('not UTF-8');
  }
}
