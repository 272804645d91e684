import { AppError, isAppError } from '../../shared/errors.ts';
import { LIMITS } from '../../shared/limits.ts';
import type { ReportCheck } from '../../shared/model/verification-report.ts';
import { readAll } from '../files/bytes.ts';
import type { AssembledProofs } from '../packages/verify/assembled-proofs.ts';
import { type Certificate, parseCertificate } from '../pki/certificate.ts';
import { type Crl, parseCrl } from '../pki/crl.ts';
import { type OcspResponse, parseOcspResponse } from '../pki/ocsp/parse-ocsp-response.ts';
import type { Role } from './bundle-manifest.ts';
import type { BundleFile } from './read-bundle.ts';

/** What a bundle brings along to judge its containers by. Certificates are no anchors, and lists and answers count only where their own signature leads to one. */
export interface Pool {
  readonly certificates: readonly Certificate[];
  readonly crls: readonly Crl[];
  readonly ocsps: readonly OcspResponse[];
  /** Timestamp tokens by the M of their message, DER. */
  readonly tokens: ReadonlyMap<string, readonly Buffer[]>;
  /** What archive timestamps cover and these themselves, by the M of their message. */
  readonly renewals: ReadonlyMap<string, AssembledProofs>;
  readonly checks: readonly ReportCheck[];
}

/** @throws AppError CONTAINER_LIMIT_EXCEEDED where all of it would not fit into memory */
export async function readPool(files: readonly BundleFile[]): Promise<Pool> {
  const held = files.filter(({ role }) => HELD.has(role)).reduce((sum, { source }) => sum + source.size, 0);
  if (held > LIMITS.evidenceValues) {
    throw new AppError('CONTAINER_LIMIT_EXCEEDED', { limit: 'values', max: LIMITS.evidenceValues });
  }
  const checks: ReportCheck[] = [];
  const certificates: Certificate[] = [];
  const crls: Crl[] = [];
  const ocsps: OcspResponse[] = [];
  const tokens = new Map<string, Buffer[]>();
  for (const { path, role, name, sha256, source } of files) {
    const isValue = role === 'certificate' || role === 'crl' || role === 'ocsp';
    if (!isValue && role !== 'timestamp') continue;
    try {
      if (isValue && name !== sha256) throw new RangeError('its name is another digest');
      const bytes = await readAll(source, LIMITS.crl);
      if (role === 'certificate') certificates.push(parseCertificate(bytes));
      else if (role === 'crl') crls.push(parseCrl(bytes));
      else if (role === 'ocsp') ocsps.push(parseOcspResponse(bytes));
      else tokens.set(name ?? '', [...(tokens.get(name ?? '') ?? []), bytes]);
    } catch (error) {
      checks.push({ id: 'bundle-value', ok: false, detail: `${path}: ${reasonOf(error)}` });
    }
  }
  const renewals = await readRenewals(files, checks);
  return { certificates, crls, ocsps, tokens, renewals, checks };
}

const ARCHIVE_ROLES: ReadonlySet<Role> = new Set(['augmented', 'archive-manifest', 'archive-timestamp']);
const HELD: ReadonlySet<Role> = new Set([...ARCHIVE_ROLES, 'timestamp', 'certificate', 'crl', 'ocsp']);

/** One signature and pairs of manifest and token for each message that has any: else none of them count. */
async function readRenewals(
  files: readonly BundleFile[],
  checks: ReportCheck[],
): Promise<Map<string, AssembledProofs>> {
  const renewals = new Map<string, AssembledProofs>();
  const archived = files.filter(({ role }) => ARCHIVE_ROLES.has(role));
  for (const [name, own] of Map.groupBy(archived, (file) => file.name ?? '')) {
    const read = (role: Role): Promise<Buffer[]> =>
      Promise.all(
        own
          .filter((file) => file.role === role)
          .sort((a, b) => (a.path < b.path ? -1 : 1))
          .map(({ source }) => readAll(source, LIMITS.augmentedSignature)),
      );
    const [signature] = await read('augmented');
    const manifests = await read('archive-manifest');
    const stamps = await read('archive-timestamp');
    const archives = manifests.flatMap((manifest, index) => {
      const token = stamps[index];
      return token === undefined ? [] : [{ manifest, token }];
    });
    if (signature !== undefined && archives.length === stamps.length && stamps.length === manifests.length) {
      renewals.set(name, { signature, archives });
    } else checks.push({ id: 'bundle-value', ok: false, detail: `archives/${name} is not whole` });
  }
  return renewals;
}

function reasonOf(error: unknown): string {
  if (isAppError(error)) return error.code;
  if (error instanceof RangeError) return error.message;
  throw error;
}
