import { hash } from 'node:crypto';
import type { M, Milliseconds } from '../../../shared/model/brand.ts';
import { archiveNames } from '../../packages/asic/entry-names.ts';
import { buildArchiveManifest } from '../../packages/asic/manifest.ts';
import { type AssembledProofs, entryDigests } from '../../packages/verify/assembled-proofs.ts';
import type { ContainerSignature } from '../../packages/verify/read-signature.ts';
import { throwIfAborted } from '../../packages/write-container.ts';
import { appendAudit } from '../../vault/repositories/audit.ts';
import { insertDuty } from '../../vault/repositories/duties.ts';
import {
  type ArchiveParts,
  insertProof,
  listExpiringProofs,
  listProofs,
  listProofValues,
} from '../../vault/repositories/proofs.ts';
import type { OfficeContext } from '../context.ts';
import { trustFor } from '../office/trust.ts';
import { instantOf } from '../uuid-v7.ts';
import type { NetworkRun } from './ask-network.ts';
import { gatherValues } from './gather-values.ts';
import { getTrustNetwork } from './network-settings.ts';
import { PRESERVE } from './note-proof.ts';
import { readStored, type StoredSignature } from './read-stored.ts';
import { requestTimestamp, UNATTENDED_PATIENCE } from './request-timestamp.ts';
import { assembleProofs, besideSignature, unusedValues } from './stored-proofs.ts';

/** So long before the last TSA's certificate ends a newer timestamp covers everything (protocol.md 4). */
const AHEAD: Milliseconds = 90 * 24 * 3600_000;
const BATCH = 200;

/**
 * Renews proofs whose TSA certificate ends within ninety days, the soonest first. Stops where no TSA answers.
 * @returns how many messages were stamped anew
 */
export async function renewProofs(context: OfficeContext, run: NetworkRun): Promise<number> {
  const { vault, now } = context;
  if (getTrustNetwork(vault.read).tsas.length === 0) return 0;
  let renewed = 0;
  const limit = instantOf(new Date(now().getTime() + AHEAD));
  for (const subject of listExpiringProofs(vault.read, limit, BATCH)) {
    throwIfAborted(run.signal);
    const outcome = await archiveMessage(context, subject as M, run);
    if (outcome === 'no-answer') return renewed;
    if (outcome === 'archived') renewed++;
  }
  return renewed;
}

export type ArchiveOutcome = 'archived' | 'no-answer' | 'incomplete';

/**
 * Stamps a message with all its proofs by an archive timestamp (ASiCArchiveManifest, EN 319 162-1 A.7): what proved it so far is itself proven to have existed before it lost its
 * force.
 *
 * @returns `incomplete` where nothing is known of its certificates yet
 */
export async function archiveMessage(context: OfficeContext, m: M, run: NetworkRun): Promise<ArchiveOutcome> {
  const { vault, now } = context;
  const stored = await readStored(context, m);
  if (stored === null) return 'incomplete';
  const { signature } = stored;
  const before = await prepare(context, m, stored, run);
  if (before === null) return 'incomplete';
  const { parts, assembled } = before;
  const manifest = manifestOver(signature, assembled);
  const { stamp } = await requestTimestamp(context, {
    digest: hash('sha256', manifest, 'buffer'),
    tsas: getTrustNetwork(vault.read).tsas,
    trust: trustFor(context, vault.read, null),
    patience: UNATTENDED_PATIENCE,
    ...(run.signal === undefined ? {} : { signal: run.signal }),
  });
  if (stamp === null) return 'no-answer';
  const at = instantOf(now());
  vault.write((db) => {
    insertProof(db, {
      subject: m,
      kind: 'archive',
      token: stamp.token.bytes,
      manifest,
      parts,
      genTime: instantOf(stamp.token.info.genTime),
      expiresAt: instantOf(stamp.certificate.notAfter),
      source: stamp.source,
      addedAt: at,
    });
    insertDuty(db, PRESERVE, { m, after: at, tries: 0 }, at);
    appendAudit(db, { at, actor: 'vault', action: 'proofs-renewed', subject: m, detail: { source: stamp.source } });
  });
  return 'archived';
}

interface Prepared {
  readonly parts: ArchiveParts;
  /** As they stand in the container once the values are in, before the new timestamp. */
  readonly assembled: AssembledProofs;
}

/**
 * The first archive timestamp covers signature, tokens and their values; a later one the values of the token before it too, in that token. Fresh values are gathered first: each
 * older timestamp will be judged as of the new one.
 */
async function prepare(
  context: OfficeContext,
  m: M,
  stored: StoredSignature,
  run: NetworkRun,
): Promise<Prepared | null> {
  await gatherValues(context, m, stored, run, true);
  const { read } = context.vault;
  const values = listProofValues(read, m);
  if (values.length === 0) return null;
  const { signature } = stored;
  const proofs = listProofs(read, m);
  const archives = proofs.filter(({ kind }) => kind === 'archive').map(({ id }) => id);
  const parts = {
    signatures: archives.length === 0 ? besideSignature(signature, proofs) : [],
    values: unusedValues(proofs, values),
    archives,
  };
  return { parts, assembled: assembleProofs(signature, proofs, values, 'LTA') };
}

/** Over every entry, under the names that they have once the new timestamp is the newest. */
function manifestOver(signature: ContainerSignature, assembled: AssembledProofs): Buffer {
  const count = assembled.archives.length + 1;
  // the one to come gives the older manifests their numbers; its own entries are not covered
  const placeholder = { manifest: Buffer.alloc(0), token: Buffer.alloc(0) };
  const digests = entryDigests(signature, { ...assembled, archives: [...assembled.archives, placeholder] });
  const own = archiveNames(count - 1, count);
  digests.delete(own.manifest);
  digests.delete(own.token);
  const references = [...digests].map(([name, sha256]) => ({ name, sha256: Buffer.from(sha256, 'hex') }));
  const root = count === 1 ? '' : archiveNames(count - 2, count).manifest;
  return buildArchiveManifest(own.token, references, root);
}
