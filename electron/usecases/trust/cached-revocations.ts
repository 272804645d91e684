import type { Sha256 } from '../../../shared/model/brand.ts';
import type { TrustInput } from '../../packages/verify-container.ts';
import { type Crl, parseCrl } from '../../pki/crl.ts';
import { type OcspResponse, parseOcspResponse } from '../../pki/ocsp/parse-ocsp-response.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import { listOcspAnswers } from '../../vault/repositories/ocsp-answers.ts';
import { listNewestCrls } from '../../vault/repositories/trust.ts';
import type { OfficeContext } from '../context.ts';

/** Parsed ones that are kept at hand; the oldest go first. */
const KEPT = 256;

export type Revocations = Required<Pick<TrustInput, 'crls' | 'ocsps'>>;

/** What the vault knows of revocations today. Whether it is genuine is checked each time it is used. */
export function revocationsOf(context: OfficeContext, db: ReadableDb): Revocations {
  return {
    crls: listNewestCrls(db).map(({ sha256, crl }) => toCrl(context, sha256, crl)),
    ocsps: listOcspAnswers(db).map(({ sha256, answer }) => toOcsp(context, sha256, answer)),
  };
}

/** @param der of which `sha256` is the digest, so that a list is parsed once */
export function toCrl({ revocations }: OfficeContext, sha256: Sha256, der: Buffer): Crl {
  const known = revocations.get(sha256);
  if (known !== undefined && 'find' in known) return known;
  return keep(revocations, sha256, parseCrl(der));
}

export function toOcsp({ revocations }: OfficeContext, sha256: Sha256, der: Buffer): OcspResponse {
  const known = revocations.get(sha256);
  if (known !== undefined && 'basic' in known) return known;
  return keep(revocations, sha256, parseOcspResponse(der));
}

function keep<T extends Crl | OcspResponse>(kept: OfficeContext['revocations'], sha256: Sha256, parsed: T): T {
  const [oldest] = kept.keys();
  if (kept.size >= KEPT && oldest !== undefined) kept.delete(oldest);
  kept.set(sha256, parsed);
  return parsed;
}
