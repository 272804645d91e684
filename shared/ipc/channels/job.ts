import { z } from 'zod';
import { channel } from '../channel.ts';
import { count, done, failure, instant, jobId, matterId, nothing, sha256 } from '../parts.ts';
import { draftId, stagedId } from './draft.ts';

/** Work that outlasts a screen. A job belongs to the open vault: locking ends it, and what it had not finished is begun again. */

export const JOB_KINDS = ['stage', 'send', 'backup', 'export', 'verify', 'update'] as const;

export const sendResult = z.strictObject({ draft: draftId, m: sha256.nullable(), failure: failure.nullable() });

export const job = z.strictObject({
  id: jobId,
  kind: z.enum(JOB_KINDS),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  /** Bytes; total is 0 while it is not known. */
  done: count,
  total: count,
  startedAt: instant,
  endedAt: instant.nullable(),
  failure: failure.nullable(),
  /** `stage`: the document. `send`: one entry for each draft, as far as it has come. `verify`: the verification. */
  document: stagedId.nullable(),
  /** Of an evidence bundle: whose it is. */
  matter: matterId.nullable(),
  sent: z.array(sendResult),
  verification: z.uuid().nullable(),
  /** A file's name, to be told apart by. */
  label: z.string(),
});
export type Job = z.infer<typeof job>;

export const jobChannels = {
  /** What runs, and what ended since the vault was opened; the newest first. */
  'job:list': channel('open', nothing, z.strictObject({ items: z.array(job) })),
  'job:show': channel('open', z.strictObject({ job: jobId }), job),
  'job:cancel': channel('open', z.strictObject({ job: jobId }), done),
};
