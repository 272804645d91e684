import { z } from 'zod';
import type { Base64Der } from '../../../shared/model/brand.ts';
import { base64Der } from '../../../shared/model/schemas.ts';
import type { Certificate } from '../../pki/certificate.ts';
import type { ReadableDb, WritableDb } from '../../vault/db/handle.ts';
import { findMeta, putMeta } from '../../vault/repositories/meta.ts';
import type { OfficeContext } from '../context.ts';
import { toCertificate } from '../office/directory.ts';

/** CA certificates that were fetched because nobody had sent them. Each led to an anchor when it came; none is trusted for lying here. */
const KEY = 'trust.issuers';
/** More CAs than the offices of a directory have; the oldest goes first. */
const KEPT = 64;

const stored = z.array(base64Der);

export function listFetchedIssuers(context: OfficeContext, db: ReadableDb): Certificate[] {
  return read(db).map((der) => toCertificate(context, der));
}

/** @returns how many were new */
export function keepFetchedIssuers(db: WritableDb, certificates: readonly Certificate[]): number {
  const known = read(db);
  const fresh = certificates
    .map(({ der }) => der.toString('base64') as Base64Der)
    .filter((one) => !known.includes(one));
  if (fresh.length > 0) putMeta(db, KEY, JSON.stringify([...known, ...fresh].slice(-KEPT)));
  return fresh.length;
}

function read(db: ReadableDb): Base64Der[] {
  const text = findMeta(db, KEY);
  return text === null ? [] : stored.parse(JSON.parse(text));
}
