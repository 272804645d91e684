import type { M, OfficeId, Sha256 } from '../../../shared/model/brand.ts';
import { embedValues, type ValidationValues } from '../../packages/cms/embed-values.ts';
import { addSignatureTimestamp } from '../../packages/timestamp/add-signature-timestamp.ts';
import { type AssembledProofs, judgeAssembled } from '../../packages/verify/assembled-proofs.ts';
import type { Archive, ArchiveFinding } from '../../packages/verify/judge-archives.ts';
import type { ContainerSignature } from '../../packages/verify/read-signature.ts';
import type { TrustInput } from '../../packages/verify-container.ts';
import { parseCertificate } from '../../pki/certificate.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import { listProofs, listProofValues, type ProofRow, type ProofValueRow } from '../../vault/repositories/proofs.ts';
import type { OfficeContext } from '../context.ts';
import { trustFor } from '../office/trust.ts';
import { toCrl, toOcsp } from './cached-revocations.ts';
import { tokensIn } from './message-chains.ts';

/** What a stored message is judged by: what the vault trusts and knows today, and what was kept for this message. */
export function trustForStored(context: OfficeContext, db: ReadableDb, m: M, office: OfficeId | null): TrustInput {
  const trust = trustFor(context, db, office);
  const values = listProofValues(db, m);
  const of = (kind: ProofValueRow['kind']) => values.filter((value) => value.kind === kind);
  return {
    ...trust,
    untrusted: [...(trust.untrusted ?? []), ...of('certificate').map(({ value }) => parseCertificate(value))],
    crls: [...trust.crls, ...of('crl').map(({ sha256, value }) => toCrl(context, sha256, value))],
    ocsps: [...(trust.ocsps ?? []), ...of('ocsp').map(({ sha256, value }) => toOcsp(context, sha256, value))],
    tokens: listProofs(db, m).flatMap(({ kind, token }) => (kind === 'signature' ? [token] : [])),
  };
}

/** Ids of the signature proofs whose tokens are not in the container itself. */
export function besideSignature(signature: ContainerSignature, proofs: readonly ProofRow[]): number[] {
  const inside = tokensIn(signature);
  return proofs
    .filter(({ kind, token }) => kind === 'signature' && !inside.some((one) => one.equals(token)))
    .map(({ id }) => id);
}

/**
 * Puts the proofs of a message together byte for byte as the archive timestamps cover them; where there are none, with everything that is known.
 *
 * @param level how much of it
 */
export function assembleProofs(
  signature: ContainerSignature,
  proofs: readonly ProofRow[],
  values: readonly ProofValueRow[],
  level: 'T' | 'LT' | 'LTA',
): AssembledProofs {
  const archived = proofs.filter(({ kind }) => kind === 'archive');
  const [first, ...later] = archived;
  const tokens = first?.parts?.signatures ?? besideSignature(signature, proofs);
  const stamped = tokens.reduce((der, id) => {
    const token = proofs.find((proof) => proof.id === id)?.token;
    return token === undefined ? der : addSignatureTimestamp(der, token);
  }, signature.der);
  if (level === 'T') return { signature: stamped, archives: [] };
  const unused = unusedValues(proofs, values);
  const longTerm = embedValues(stamped, pick(values, first?.parts?.values ?? unused));
  if (level === 'LT' || first?.manifest == null) return { signature: longTerm, archives: [] };
  const archives: Archive[] = [{ manifest: first.manifest, token: first.token }];
  const embedInLast = (digests: readonly Sha256[]): void => {
    const last = archives.pop();
    if (last !== undefined) archives.push({ ...last, token: embedValues(last.token, pick(values, digests)) });
  };
  for (const { manifest, token, parts } of later) {
    if (manifest === null || parts === null) break;
    embedInLast(parts.values);
    archives.push({ manifest, token });
  }
  // what came since proves the newest token, and nothing covers that one yet
  embedInLast(unused);
  return { signature: longTerm, archives };
}

/** Values that no archive timestamp covers yet. */
export function unusedValues(proofs: readonly ProofRow[], values: readonly ProofValueRow[]): Sha256[] {
  const used = new Set(proofs.flatMap(({ parts }) => parts?.values ?? []));
  return values.map(({ sha256 }) => sha256).filter((sha256) => !used.has(sha256));
}

/** The values of these digests, in an order that depends on them alone. */
export function pick(values: readonly ProofValueRow[], digests: readonly Sha256[]): ValidationValues {
  const wanted = new Set(digests);
  const of = (kind: ProofValueRow['kind']) =>
    values.filter((one) => one.kind === kind && wanted.has(one.sha256)).map(({ value }) => value);
  return { certificates: of('certificate'), crls: of('crl'), ocsps: of('ocsp') };
}

/** By when the archive timestamps of a stored message prove all of it. */
export function judgeStoredArchives(
  signature: ContainerSignature,
  proofs: readonly ProofRow[],
  values: readonly ProofValueRow[],
  trust: TrustInput,
  at: Date,
): ArchiveFinding {
  return judgeAssembled(signature, assembleProofs(signature, proofs, values, 'LTA'), trust, at);
}
