import { hash } from 'node:crypto';
import { AppError } from '../../../shared/errors.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { Bytes, Instant, M, MatterId } from '../../../shared/model/brand.ts';
import type { OfficeCard } from '../../../shared/model/office-card.ts';
import { BUNDLE_VERSION, type BundleManifest, MANIFEST, toBytes } from '../../evidence/bundle-manifest.ts';
import { calendarOf, rulesOf } from '../../evidence/clock-data.ts';
import { digestOf } from '../../exchange/bind-sender.ts';
import { findHeads } from '../../exchange/heads.ts';
import { type ByteSink, type ByteSource, bufferSource } from '../../files/bytes.ts';
import { createContainerWriter } from '../../packages/container-writer.ts';
import { openContentDigest } from '../../packages/open-content-digest.ts';
import type { BlobId } from '../../vault/blobs/blob-id.ts';
import { findBlobRow } from '../../vault/blobs/blob-rows.ts';
import { openBlob } from '../../vault/blobs/blob-store.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import { appendAudit, listAuditOf } from '../../vault/repositories/audit.ts';
import { listMessagesOfMatter } from '../../vault/repositories/messages.ts';
import { listOcspAnswers } from '../../vault/repositories/ocsp-answers.ts';
import { listProofs, listProofValues } from '../../vault/repositories/proofs.ts';
import { listAnchors, listNewestCrls } from '../../vault/repositories/trust.ts';
import type { OfficeContext } from '../context.ts';
import { computeMatter } from '../matters/recount-matter.ts';
import { getOwnVault } from '../office/own-vault.ts';
import { instantOf } from '../uuid-v7.ts';
import { archiveParts } from './archive-parts.ts';
import { type ChosenEvidence, chooseEvidence } from './choose-evidence.ts';
import { renderPrintedReport } from './printed-report.ts';

export interface ExportEvidence {
  readonly matter: MatterId;
  readonly sink: ByteSink;
  readonly by: string;
  readonly program: string;
  readonly signal?: AbortSignal;
  /** Bytes of the parts that are written, of all. */
  readonly progress?: (done: Bytes, total: Bytes) => void;
}

export interface ExportedEvidence {
  readonly size: Bytes;
  readonly messages: number;
  readonly receipts: number;
  /** Messages whose containers were deleted here: the bundle says that they are missing. */
  readonly missing: readonly M[];
}

type Part = { readonly path: string } & ({ readonly blob: BlobId } | { readonly bytes: Buffer });

/**
 * Packs everything that proves a matter into one file (electron/evidence/FORMAT.md): containers as they are stored, in the clear, and what they are judged by. Reads only.
 *
 * @throws AppError MATTER_UNKNOWN, EVIDENCE_INCOMPLETE where no message of it is here, BLOB_TAMPERED
 */
export async function exportEvidence(context: OfficeContext, request: ExportEvidence): Promise<ExportedEvidence> {
  const { vault, now } = context;
  const { matter: id, by, program } = request;
  const exportedAt = instantOf(now());
  const chosen = chooseEvidence(vault.read, id);
  const { messages, receipts, cards, missing } = chosen;
  if (messages.length === 0) throw new AppError('EVIDENCE_INCOMPLETE');
  const containers = [...messages, ...receipts, ...cards].map(({ m }) => m);
  const parts: Part[] = [
    ...messages.flatMap(({ m, blob }) => container('messages', m, blob)),
    ...receipts.flatMap(({ m, blob }) => container('receipts', m, blob)),
    ...cards.flatMap(({ m, blob }) => container('cards', m, blob)),
    ...proofParts(
      context,
      containers,
      cards.map(({ body }) => body),
    ),
    ...(await archiveParts(context, containers)),
    ...(await dataParts(context, chosen, exportedAt, program)),
  ];
  const acts = messages.flatMap(({ m, body }) =>
    body.kind === 'act' ? [{ m, parents: body.parents, prev: body.prev }] : [],
  );
  const heading = {
    format: 'lexpost-evidence',
    version: BUNDLE_VERSION,
    matter: id,
    exportedBy: getOwnVault(vault.read).office.id,
    exportedAt,
    program,
    heads: findHeads(acts),
  } as const;
  const size = await writeBundle(context, parts, heading, request);
  vault.write((db) => {
    const detail = { messages: messages.length, receipts: receipts.length, missing: [...missing] };
    appendAudit(db, { at: exportedAt, actor: by, action: 'evidence-exported', subject: id, detail });
  });
  return { size, messages: messages.length, receipts: receipts.length, missing };
}

function container(folder: string, m: M, blob: BlobId | null): Part[] {
  return blob === null ? [] : [{ path: `${folder}/${m}.asice`, blob }];
}

const EXTENSION = { certificate: 'cer', crl: 'crl', ocsp: 'ors' } as const;

/** Timestamps of each container, and once each the certificates, lists and answers that were kept for one or are the newest here. */
function proofParts({ vault }: OfficeContext, ms: readonly M[], cards: readonly OfficeCard[]): Part[] {
  const db = vault.read;
  // Answers about others would say whom else this office deals with
  const shown = new Set(cards.flatMap(({ persons }) => persons.map(({ certificate }) => digestOf(certificate))));
  const tokens = ms.flatMap((m) =>
    listProofs(db, m)
      .filter(({ kind }) => kind === 'signature')
      .map(({ token }, index): Part => {
        return { path: `proofs/${m}-${String(index + 1).padStart(3, '0')}.tst`, bytes: token };
      }),
  );
  const kept = ms.flatMap((m) => listProofValues(db, m));
  const values = new Map<string, Buffer>([
    ...kept.map(({ kind, value }) => [`values/${hash('sha256', value)}.${EXTENSION[kind]}`, value] as const),
    ...listNewestCrls(db).map(({ sha256, crl }) => [`values/${sha256}.crl`, crl] as const),
    ...listOcspAnswers(db)
      .filter(({ certificate }) => shown.has(certificate))
      .map(({ answer }) => [`values/${hash('sha256', answer)}.ors`, answer] as const),
  ]);
  return [...tokens, ...[...values].sort().map(([path, bytes]): Part => ({ path, bytes }))];
}

async function dataParts(
  { vault }: OfficeContext,
  chosen: ChosenEvidence,
  exportedAt: Instant,
  program: string,
): Promise<Part[]> {
  const db = vault.read;
  const { matter } = chosen;
  const count = computeMatter(db, matter);
  const rows = listMessagesOfMatter(db, matter.id);
  const anchors = listAnchors(db).filter(({ confirmedAt }) => confirmedAt !== null);
  return [
    { path: 'rules.json', bytes: toBytes(rulesOf(count.clocks)) },
    { path: 'calendar.json', bytes: toBytes(calendarOf(count.clocks)) },
    { path: 'trust.json', bytes: toBytes(anchors.map(({ subject, sha256 }) => ({ subject, sha256 }))) },
    { path: 'audit.json', bytes: toBytes(listAuditOf(db, [matter.id, ...rows.map(({ m }) => m)])) },
    { path: 'report.pdf', bytes: await renderPrintedReport(db, { chosen, count, exportedAt, program }) },
  ];
}

function sizeOf(db: ReadableDb, part: Part): Bytes {
  return 'bytes' in part ? part.bytes.length : (findBlobRow(db, part.blob)?.size ?? 0);
}

async function writeBundle(
  { vault }: OfficeContext,
  parts: readonly Part[],
  heading: Omit<BundleManifest, 'files'>,
  { sink, signal, progress }: ExportEvidence,
): Promise<Bytes> {
  if (parts.length >= LIMITS.entries) {
    throw new AppError('CONTAINER_LIMIT_EXCEEDED', { limit: 'entries', max: LIMITS.entries });
  }
  const total = parts.reduce((sum, part) => sum + sizeOf(vault.read, part), 0);
  let written = 0;
  const writer = createContainerWriter(LIMITS.paddedBelow, async (chunk) => {
    if (signal?.aborted === true) throw new AppError('CANCELLED');
    await sink.write(chunk);
    written += chunk.length;
    progress?.(Math.min(written, total), total);
  });
  const files: BundleManifest['files'][number][] = [];
  const store = async (path: string, source: ByteSource): Promise<void> => {
    const digest = openContentDigest(source.size);
    try {
      const document = { source, name: path, kind: 'evidence', mediaType: 'application/octet-stream' };
      const { sha256 } = await writer.storeDocument(path, document, digest);
      files.push({ path, size: source.size, sha256: await sha256 });
    } finally {
      digest.close();
    }
  };
  for (const part of parts) {
    if ('bytes' in part) {
      await store(part.path, bufferSource(part.bytes));
      continue;
    }
    const source = await openBlob(vault, part.blob);
    await store(part.path, source).finally(() => source.close());
  }
  await writer.store(MANIFEST, toBytes({ ...heading, files }));
  return writer.finish();
}
