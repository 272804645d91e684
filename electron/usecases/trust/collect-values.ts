import { hash } from 'node:crypto';
import type { Instant, M, Sha256 } from '../../../shared/model/brand.ts';
import type { Certificate } from '../../pki/certificate.ts';
import { nameKey } from '../../pki/name-key.ts';
import { findSingleResponse } from '../../pki/ocsp/verify-ocsp-response.ts';
import { validatePath } from '../../pki/path/validate-path.ts';
import type { WritableDb } from '../../vault/db/handle.ts';
import { insertProofValue, type ProofValueRow } from '../../vault/repositories/proofs.ts';
import type { Revocations } from './cached-revocations.ts';
import type { ChainRequest } from './fetch-revocation.ts';

export type CollectedValue = Omit<ProofValueRow, 'addedAt'>;

export interface Collected {
  readonly values: readonly CollectedValue[];
  /** Whether the values alone, with the anchor, tell of every certificate whether it is revoked. */
  readonly complete: boolean;
}

/**
 * Certificates and revocation data that prove a certificate good, or revoked, without asking anybody again: the smallest set that does, OCSP answers before lists, which can be
 * large. A certificate that is trusted as it is needs nothing but itself.
 */
export function collectValues(chain: ChainRequest, known: Revocations): Collected {
  const full = validatePath({ ...chain, ...known, revocation: 'require' });
  const { path } = full;
  const certificates = path.map(({ sha256, der }): CollectedValue => ({ sha256, kind: 'certificate', value: der }));
  if (path.length === 1 && full.indication === 'TOTAL_PASSED') return { values: certificates, complete: true };
  const pairs = path.slice(0, -1).map((certificate, index) => [certificate, path[index + 1] as Certificate] as const);
  const ocsps = known.ocsps.filter(
    ({ basic }) => basic !== null && pairs.some(([one, issuer]) => findSingleResponse(basic, one, issuer) !== null),
  );
  const issuers = new Set(path.slice(1).map(({ subject }) => nameKey(subject)));
  const crls = known.crls.filter(({ issuer }) => issuers.has(nameKey(issuer)));
  for (const set of [
    { ocsps, crls: [] },
    { ocsps: [], crls },
    { ocsps, crls },
  ]) {
    const untrusted = [...chain.untrusted, ...path];
    const { status } = validatePath({ ...chain, untrusted, ...set, revocation: 'require' }).revocation;
    if (status === 'good' || status === 'revoked') {
      return { values: [...certificates, ...toValues(set)], complete: true };
    }
  }
  return { values: [...certificates, ...toValues({ ocsps, crls })], complete: false };
}

function toValues({ crls, ocsps }: Revocations): CollectedValue[] {
  return [
    ...crls.map(({ sha256, der }): CollectedValue => ({ sha256, kind: 'crl', value: der })),
    ...ocsps.map(({ der, basic }): CollectedValue => {
      const sha256 = basic?.sha256 ?? (hash('sha256', der) as Sha256);
      return { sha256, kind: 'ocsp', value: der };
    }),
  ];
}

export function keepValues(db: WritableDb, m: M, values: readonly CollectedValue[], addedAt: Instant): void {
  for (const value of values) insertProofValue(db, m, { ...value, addedAt });
}
