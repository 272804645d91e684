import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { isAppError } from '../../shared/errors.ts';
import { count, sha256 } from '../../shared/model/schemas.ts';
import { writeFileAtomic } from '../files/atomic-write.ts';
import type { ReadableDb } from './db/handle.ts';
import { readJson } from './read-json.ts';
import { type AuditHead, EMPTY_HEAD, findAuditHash, findAuditHead } from './repositories/audit.ts';
import type { RestoreReason } from './vault-state.ts';

/** The end of the audit chain, kept beside the database: a database that has not come so far is an older one put back. */
const headFile = z.strictObject({ seq: count, hash: sha256, mac: z.string().regex(/^[0-9a-f]{64}$/) });

/** Rows that may be added before the head is written again. */
const EVERY = 16;
const MAX_FILE = 4096;

export async function writeAuditHead(path: string, { seq, hash }: AuditHead, key: Buffer): Promise<void> {
  const mac = macOf({ seq, hash }, key).toString('hex');
  await writeFileAtomic(path, Buffer.from(`${JSON.stringify({ seq, hash, mac })}\n`, 'utf8'));
}

/** Why the database counts as restored; null where it has come at least as far as the head says. */
export async function compareAuditHead(path: string, db: ReadableDb, key: Buffer): Promise<RestoreReason | null> {
  const head = await readAuditHead(path, key);
  if (head === null) return 'head-missing';
  const hash = head.seq === 0 ? EMPTY_HEAD.hash : findAuditHash(db, head.seq);
  return hash === head.hash ? null : 'older-than-head';
}

export interface AuditHeadKeeper {
  /** Call after each commit. Writes once enough rows came; the head on disk may lag behind the database, never lead. */
  follow(): void;
  /** Writes what is missing. */
  settle(): Promise<void>;
}

export function createAuditHeadKeeper(path: string, db: ReadableDb, key: Buffer): AuditHeadKeeper {
  let written = -EVERY;
  let writing: Promise<void> = Promise.resolve();
  const write = (): Promise<void> => {
    const head = findAuditHead(db);
    written = head.seq;
    return writeAuditHead(path, head, key);
  };
  return {
    follow: () => {
      if (findAuditHead(db).seq < written + EVERY) return;
      // A head that could not be written lags behind, which is harmless; settle reports it.
      writing = writing.then(write).catch(() => {});
    },
    settle: async () => {
      await writing;
      if (findAuditHead(db).seq !== written) await write();
    },
  };
}

/** Null where there is none or it is not this vault's: both mean that nobody knows how far the vault had come. */
async function readAuditHead(path: string, key: Buffer): Promise<AuditHead | null> {
  try {
    const file = await readJson(path, headFile, 'audit-head', MAX_FILE);
    if (file === null || !timingSafeEqual(macOf(file, key), Buffer.from(file.mac, 'hex'))) return null;
    return { seq: file.seq, hash: file.hash };
  } catch (error) {
    if (isAppError(error) && error.code === 'VAULT_CORRUPT') return null;
    throw error;
  }
}

function macOf({ seq, hash }: AuditHead, key: Buffer): Buffer {
  return createHmac('sha256', key)
    .update(JSON.stringify([seq, hash]))
    .digest();
}
