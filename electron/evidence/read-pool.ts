import { AppError, isAppError } from '../../shared/errors.ts';
import type { ReportCheck } from '../../shared/model/verification-report.ts';
import { readAll } from '../files/bytes.ts';
import type { AssembledProofs } from '../packages/verify/assembled-proofs.ts';
import { type Certificate, parseCertificate } from '../pki/certificate.ts';
import { type Crl, parseCrl } from '../pki/crl.ts';
import { type OcspResponse, parseOcspResponse } from '../pki/ocsp/parse-ocsp-response.ts';
import { findExcess, SIZE_LIMITS } from './bundle-limits.ts';
import type { Role } from './bundle-manifest.ts';
import type { BundleFile } from './read-bundle.ts';

/** What a bundle brings along to judge its containers by. Certificates are no anchors, and lists and answers count only where their own signature leads to one. */
export interface Pool {
  readonly certificates: readonly Certificate[];
  readonly crls: readonly Crl[];
  readonly ocsps: readonly OcspResponse[];
  /** Timestamp tokens by the M of their message, DER. */
  readonly tokens: ReadonlyMap<string, readonly Buffer[]>;
  /** What archive timestamps of a message cover and these themselves, by its M; null where it has none. Read anew each time: each brings its own lists. */
  readonly renewalOf: (m: string) => Promise<AssembledProofs | null>;
  readonly checks: readonly ReportCheck[];
}

/** @throws AppError CONTAINER_LIMIT_EXCEEDED where all of it would not fit into memory */
export async function readPool(files: readonly BundleFile[]): Promise<Pool> {
  const excess = findExcess(files.map(({ path, source: { size } }) => ({ path, size })));
  if (excess !== null) throw new AppError('CONTAINER_LIMIT_EXCEEDED', excess);
  const checks: ReportCheck[] = [];
  const certificates: Certificate[] = [];
  const crls: Crl[] = [];
  const ocsps: OcspResponse[] = [];
  const tokens = new Map<string, Buffer[]>();
  for (const file of files) {
    const { path, role, name, sha256 } = file;
    const isValue = role === 'certificate' || role === 'crl' || role === 'ocsp';
    if (!isValue && role !== 'timestamp') continue;
    try {
      if (isValue && name !== sha256) throw new RangeError('its name is another digest');
      const bytes = await readWhole(file);
      if (role === 'certificate') certificates.push(parseCertificate(bytes));
      else if (role === 'crl') crls.push(parseCrl(bytes));
      else if (role === 'ocsp') ocsps.push(parseOcspResponse(bytes));
      else tokens.set(name ?? '', [...(tokens.get(name ?? '') ?? []), bytes]);
    } catch (error) {
      checks.push({ id: 'bundle-value', ok: false, detail: `${path}: ${reasonOf(error)}` });
    }
  }
  const renewals = findRenewals(files, checks);
  const renewalOf = async (m: string): Promise<AssembledProofs | null> => {
    const files = renewals.get(m);
    return files === undefined ? null : readRenewal(files);
  };
  return { certificates, crls, ocsps, tokens, renewalOf, checks };
}

const readWhole = ({ role, source }: BundleFile): Promise<Buffer> => readAll(source, SIZE_LIMITS[role] ?? 0);

interface Renewal {
  readonly signature: BundleFile;
  /** The oldest first. */
  readonly stamps: readonly { readonly manifest: BundleFile; readonly token: BundleFile }[];
}

const ARCHIVE_ROLES: ReadonlySet<Role> = new Set(['augmented', 'archive-manifest', 'archive-timestamp']);

/** One signature and pairs of manifest and token for each message that has any: else none of them count. */
function findRenewals(files: readonly BundleFile[], checks: ReportCheck[]): Map<string, Renewal> {
  const renewals = new Map<string, Renewal>();
  const archived = files.filter(({ role }) => ARCHIVE_ROLES.has(role));
  for (const [name, own] of Map.groupBy(archived, (file) => file.name ?? '')) {
    const of = (role: Role): BundleFile[] =>
      own.filter((file) => file.role === role).sort((a, b) => (a.path < b.path ? -1 : 1));
    const [signature] = of('augmented');
    const manifests = of('archive-manifest');
    const tokens = of('archive-timestamp');
    const stamps = manifests.flatMap((manifest, index) => {
      const token = tokens[index];
      return token === undefined ? [] : [{ manifest, token }];
    });
    if (signature !== undefined && stamps.length === tokens.length && tokens.length === manifests.length) {
      renewals.set(name, { signature, stamps });
    } else checks.push({ id: 'bundle-value', ok: false, detail: `archives/${name} is not whole` });
  }
  return renewals;
}

async function readRenewal({ signature, stamps }: Renewal): Promise<AssembledProofs> {
  const archives: { readonly manifest: Buffer; readonly token: Buffer }[] = [];
  for (const { manifest, token } of stamps) {
    archives.push({ manifest: await readWhole(manifest), token: await readWhole(token) });
  }
  return { signature: await readWhole(signature), archives };
}

function reasonOf(error: unknown): string {
  if (isAppError(error)) return error.code;
  if (error instanceof RangeError) return error.message;
  throw error;
}
