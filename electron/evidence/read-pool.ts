import { isAppError } from '../../shared/errors.ts';
import { LIMITS } from '../../shared/limits.ts';
import type { ReportCheck } from '../../shared/model/verification-report.ts';
import { readAll } from '../files/bytes.ts';
import { type Certificate, parseCertificate } from '../pki/certificate.ts';
import { type Crl, parseCrl } from '../pki/crl.ts';
import { type OcspResponse, parseOcspResponse } from '../pki/ocsp/parse-ocsp-response.ts';
import type { BundleFile } from './read-bundle.ts';

/** What a bundle brings along to judge its containers by. Certificates are no anchors, and lists and answers count only where their own signature leads to one. */
export interface Pool {
  readonly certificates: readonly Certificate[];
  readonly crls: readonly Crl[];
  readonly ocsps: readonly OcspResponse[];
  /** Timestamp tokens by the M of their message, DER. */
  readonly tokens: ReadonlyMap<string, readonly Buffer[]>;
  readonly checks: readonly ReportCheck[];
}

export async function readPool(files: readonly BundleFile[]): Promise<Pool> {
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
  return { certificates, crls, ocsps, tokens, checks };
}

function reasonOf(error: unknown): string {
  if (isAppError(error)) return error.code;
  if (error instanceof RangeError) return error.message;
  throw error;
}
