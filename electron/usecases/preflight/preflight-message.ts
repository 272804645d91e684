import { createHash } from 'node:crypto';
import { AppError } from '../../../shared/errors.ts';
import type { Bytes, Sha256 } from '../../../shared/model/brand.ts';
import { findAct } from '../../../shared/procedures/act-of-form.ts';
import { findProcedure } from '../../../shared/procedures/find-procedure.ts';
import { type Finding, isBlocked, type PreflightDocument } from '../../../shared/procedures/preflight/finding.ts';
import type { Procedure } from '../../../shared/procedures/procedure.ts';
import type { ByteSource } from '../../files/bytes.ts';
import type { SealDocument } from '../../packages/write-container.ts';
import { findMatter, listParticipants, type MatterRow } from '../../vault/repositories/matters.ts';
import type { OfficeContext } from '../context.ts';
import { findOpening } from '../matters/find-opening.ts';
import { getOwnVault } from '../office/own-vault.ts';
import type { SendMessage } from '../send-message.ts';
import { hasAlike } from './find-sent-before.ts';
import { preflightAct } from './preflight-act.ts';

export type PreflightMessage = Pick<SendMessage, 'target' | 'act' | 'form' | 'documents' | 'enclosures'>;

export interface PreflightReport {
  /** Null: no procedure or act that is known here, and nothing was checked: sealing says what is wrong. */
  readonly procedure: Procedure | null;
  readonly findings: readonly Finding[];
}

/**
 * What stops a message, and what to expect of it, before anything of it is signed. Reads the files that could be duplicates of one another or of what was sent, nothing else.
 *
 * @throws AppError MATTER_UNKNOWN, and of reading
 */
export async function preflightMessage(context: OfficeContext, request: PreflightMessage): Promise<PreflightReport> {
  const db = context.vault.read;
  const { target, act, form } = request;
  const matter = 'matter' in target ? getMatter(context, target.matter) : null;
  const opening = matter === null ? form : findOpening(db, matter.id)?.form;
  const type = 'to' in target ? target.type : matter?.type;
  const procedure = type === undefined || opening === undefined ? null : findProcedure(type, opening);
  const performed = procedure === null ? null : findAct(procedure, act, form);
  if (procedure === null || performed === null) return { procedure: null, findings: [] };
  const own = getOwnVault(db).office.id;
  const offices = 'to' in target ? target.to : listParticipants(db, target.matter);
  const recipients = offices.filter((office) => office !== own);
  const files = [
    ...(request.documents ?? []),
    ...(request.enclosures ?? []).flatMap((enclosure) => enclosure.documents),
  ];
  const sizes = files.map(({ source }) => source.size);
  const isAlike = matter === null && hasAlike(context, { type: procedure.type, form, recipients }, sizes);
  const documents = await describeAll(files, isAlike);
  return {
    procedure,
    findings: preflightAct(context, { procedure, act: performed, form, documents, matter, recipients }),
  };
}

/** What the checks stop is not signed. @throws AppError PREFLIGHT_BLOCKED with the number of findings, the first one's id and its field or slot */
export function requireClear(findings: readonly Finding[]): void {
  if (!isBlocked(findings)) return;
  const failures = findings.filter(({ level }) => level === 'failure');
  const [first] = failures;
  throw new AppError('PREFLIGHT_BLOCKED', {
    findings: failures.length,
    first: first?.id ?? '',
    field: first?.field ?? first?.slot ?? '',
  });
}

function getMatter({ vault }: OfficeContext, id: MatterRow['id']): MatterRow {
  const matter = findMatter(vault.read, id);
  if (matter === null) throw new AppError('MATTER_UNKNOWN', { matter: id });
  return matter;
}

/** Files of different size differ: only those that share theirs are read, once more than sealing will; all where the same sizes went out before. */
async function describeAll(documents: readonly SealDocument[], isAlike: boolean): Promise<PreflightDocument[]> {
  const sizes = Map.groupBy(documents, ({ source }) => source.size);
  const described: PreflightDocument[] = [];
  for (const { source, name, kind, mediaType } of documents) {
    const shared = isAlike || (sizes.get(source.size)?.length ?? 0) > 1;
    const sha256 = shared ? await hash(source) : null;
    described.push({ name, kind, mediaType, size: source.size, sha256, state: 'ready' });
  }
  return described;
}

const CHUNK: Bytes = 1024 * 1024;

async function hash(source: ByteSource): Promise<Sha256> {
  const digest = createHash('sha256');
  const chunk = Buffer.alloc(Math.min(CHUNK, Math.max(1, source.size)));
  for (let at = 0; at < source.size; ) {
    const got = await source.read(chunk, at);
    if (got === 0) break;
    digest.update(chunk.subarray(0, got));
    at += got;
  }
  return digest.digest('hex') as Sha256;
}
