import type { M } from '../../../shared/model/brand.ts';
import type { GrantedTimestamp } from '../../packages/timestamp/judge-reply.ts';
import type { WritableDb } from '../../vault/db/handle.ts';
import { insertDuty } from '../../vault/repositories/duties.ts';
import { insertProof, listProofs } from '../../vault/repositories/proofs.ts';
import { instantOf } from '../uuid-v7.ts';
import { keepsProofs } from './network-settings.ts';

/** A message that has no timestamp yet. */
export const STAMP = 'stamp';
/** A message whose certificates and revocation data are still to be kept. */
export const PRESERVE = 'preserve';

export type SourcedTimestamp = GrantedTimestamp & { readonly source: string };

/** Owes a message its proofs, where the office keeps any: call it in the transaction that stores the message. */
export function oweProof(db: WritableDb, m: M, now: Date): void {
  if (!keepsProofs(db) || listProofs(db, m).length > 0) return;
  insertDuty(db, STAMP, { m }, instantOf(now));
}

/** Keeps a timestamp over a message's signature, and owes what proves it in later years. */
export function noteSignatureProof(db: WritableDb, m: M, stamp: SourcedTimestamp, now: Date): void {
  const { token, certificate, source } = stamp;
  const addedAt = instantOf(now);
  insertProof(db, {
    subject: m,
    kind: 'signature',
    token: token.bytes,
    manifest: null,
    parts: null,
    genTime: instantOf(token.info.genTime),
    expiresAt: instantOf(certificate.notAfter),
    source,
    addedAt,
  });
  insertDuty(db, PRESERVE, { m, after: addedAt, tries: 0 }, addedAt);
}
