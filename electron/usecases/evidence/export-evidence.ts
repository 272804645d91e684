import { hash } from 'node:crypto';
import { AppError } from '../../../shared/errors.ts';
import { LIMITS } from '../../../shared/limits.ts';
import type { Bytes, Instant, M, MatterId } from '../../../shared/model/brand.ts';
import { BUNDLE_VERSION, type BundleManifest, MANIFEST, toBytes } from '../../evidence/bundle-manifest.ts';
import { calendarOf, rulesOf } from '../../evidence/clock-data.ts';
import { findHeads } from '../../exchange/heads.ts';
import type { ByteSink } from '../../files/bytes.ts';
import { createContainerWriter } from '../../packages/container-writer.ts';
import { openContentDigest } from '../../packages/open-content-digest.ts';
import type { Certificate } from '../../pki/certificate.ts';
import { nameKey } from '../../pki/name-key.ts';
import { listPublishers } from '../../pki/path/close-paths.ts';
import type { BlobId } from '../../vault/blobs/blob-id.ts';
import { findBlobRow } from '../../vault/blobs/blob-rows.ts';
import { openBlob } from '../../vault/blobs/blob-store.ts';
import { appendAudit } from '../../vault/repositories/audit.ts';
import { listOcspAnswers } from '../../vault/repositories/ocsp-answers.ts';
import { listProofs, listProofValues } from '../../vault/repositories/proofs.ts';
import { listAnchors, listNewestCrls } from '../../vault/repositories/trust.ts';
import type { OfficeContext } from '../context.ts';
import { computeMatter } from '../matters/recount-matter.ts';
import { getOwnVault } from '../office/own-vault.ts';
import { instantOf } from '../uuid-v7.ts';
import { archiveParts } from './archive-parts.ts';
import { type BundleHeading, type BundlePart, bytesPart, partNumber, requireReadable } from './bundle-part.ts';
import { type ChosenEvidence, chooseEvidence } from './choose-evidence.ts';
import { chosenCertificates } from './chosen-certificates.ts';
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

/**
 * Packs everything that proves a matter into one file (electron/evidence/FORMAT.md): containers as they are stored, in the clear, and what they are judged by. Reads only.
 *
 * @throws AppError MATTER_UNKNOWN, EVIDENCE_INCOMPLETE where no message of it is here, EVIDENCE_TOO_LARGE before anything is written, BLOB_TAMPERED
 */
export async function exportEvidence(context: OfficeContext, request: ExportEvidence): Promise<ExportedEvidence> {
  const { vault, now } = context;
  const { matter: id, by, program } = request;
  const exportedAt = instantOf(now());
  const chosen = chooseEvidence(vault.read, id);
  const { messages, receipts, cards, missing } = chosen;
  if (messages.length === 0) throw new AppError('EVIDENCE_INCOMPLETE');
  const containers = [...messages, ...receipts, ...cards].map(({ m }) => m);
  const certificates = await chosenCertificates(context, chosen);
  const parts: BundlePart[] = [
    ...messages.flatMap((row) => containerPart(context, 'messages', row)),
    ...receipts.flatMap((row) => containerPart(context, 'receipts', row)),
    ...cards.flatMap((row) => containerPart(context, 'cards', row)),
    ...proofParts(context, containers, certificates),
    ...(await archiveParts(context, containers)),
    ...(await dataParts(context, chosen, certificates, { exportedAt, program })),
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
  requireReadable(parts, heading);
  const size = await writeBundle(parts, heading, request);
  vault.write((db) => {
    const detail = { messages: messages.length, receipts: receipts.length, missing: [...missing] };
    appendAudit(db, { at: exportedAt, actor: by, action: 'evidence-exported', subject: id, detail });
  });
  return { size, messages: messages.length, receipts: receipts.length, missing };
}

function containerPart(
  { vault }: OfficeContext,
  folder: 'messages' | 'receipts' | 'cards',
  { m, blob }: { readonly m: M; readonly blob: BlobId | null },
): BundlePart[] {
  if (blob === null) return [];
  const size = findBlobRow(vault.read, blob)?.size ?? 0;
  return [{ path: `${folder}/${m}.asice`, size, open: () => openBlob(vault, blob) }];
}

const EXTENSION = { certificate: 'cer', crl: 'crl', ocsp: 'ors' } as const;

/** Timestamps of each container, and once each the certificates, lists and answers by which these containers are judged: no others (chosen-certificates.ts). */
function proofParts({ vault }: OfficeContext, ms: readonly M[], judged: readonly Certificate[]): BundlePart[] {
  const db = vault.read;
  const publishers = new Set(judged.flatMap(listPublishers));
  const subjects = new Set(judged.map(({ sha256 }) => sha256));
  const tokens = ms.flatMap((m) =>
    listProofs(db, m)
      .filter(({ kind }) => kind === 'signature')
      .map(({ token }, index) => bytesPart(`proofs/${m}-${partNumber(index + 1)}.tst`, token)),
  );
  const kept = ms.flatMap((m) => listProofValues(db, m));
  const values = new Map<string, Buffer>([
    ...kept.map(({ kind, value }) => [`values/${hash('sha256', value)}.${EXTENSION[kind]}`, value] as const),
    ...listNewestCrls(db)
      .filter(({ issuer }) => publishers.has(nameKey(issuer)))
      .map(({ sha256, crl }) => [`values/${sha256}.crl`, crl] as const),
    ...listOcspAnswers(db)
      .filter(({ certificate }) => subjects.has(certificate))
      .map(({ answer }) => [`values/${hash('sha256', answer)}.ors`, answer] as const),
  ]);
  return [...tokens, ...[...values].sort().map(([path, bytes]) => bytesPart(path, bytes))];
}

/** Of the anchors only those above the certificates of this bundle: the others say whom else this office trusts, its own servers among them. */
async function dataParts(
  { vault }: OfficeContext,
  chosen: ChosenEvidence,
  judged: readonly Certificate[],
  { exportedAt, program }: { readonly exportedAt: Instant; readonly program: string },
): Promise<BundlePart[]> {
  const db = vault.read;
  const count = computeMatter(db, chosen.matter);
  const above = new Set(judged.map(({ sha256 }) => sha256));
  const anchors = listAnchors(db).filter(({ sha256, confirmedAt }) => confirmedAt !== null && above.has(sha256));
  return [
    bytesPart('rules.json', toBytes(rulesOf(count.clocks))),
    bytesPart('calendar.json', toBytes(calendarOf(count.clocks))),
    bytesPart(
      'trust.json',
      toBytes(anchors.map(({ subject, sha256 }) => ({ subject: subject.slice(0, 1000).toWellFormed(), sha256 }))),
    ),
    bytesPart('report.pdf', await renderPrintedReport(db, { chosen, count, exportedAt, program })),
  ];
}

async function writeBundle(
  parts: readonly BundlePart[],
  heading: BundleHeading,
  { sink, signal, progress }: ExportEvidence,
): Promise<Bytes> {
  const total = parts.reduce((sum, part) => sum + part.size, 0);
  let written = 0;
  const writer = createContainerWriter(LIMITS.paddedBelow, async (chunk) => {
    if (signal?.aborted === true) throw new AppError('CANCELLED');
    await sink.write(chunk);
    written += chunk.length;
    progress?.(Math.min(written, total), total);
  });
  const files: BundleManifest['files'][number][] = [];
  for (const { path, open } of parts) {
    const source = await open();
    const digest = openContentDigest(source.size);
    try {
      const document = { source, name: path, kind: 'evidence', mediaType: 'application/octet-stream' };
      const { sha256 } = await writer.storeDocument(path, document, digest);
      files.push({ path, size: source.size, sha256: await sha256 });
    } finally {
      digest.close();
      await source.close();
    }
  }
  await writer.store(MANIFEST, toBytes({ ...heading, files }));
  return writer.finish();
}
