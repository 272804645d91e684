import { createI18n } from '../../../shared/i18n/create-i18n.ts';
import type { Instant, M, OfficeId } from '../../../shared/model/brand.ts';
import { evidenceSummary, type SummaryAct } from '../../../shared/papers/common/evidence-summary.ts';
import { procedureText, procedureTitle } from '../../../shared/procedures/procedure-text.ts';
import type { MatterCount } from '../../exchange/count-matter.ts';
import { renderPaper } from '../../papers/render-paper.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import { listParticipants } from '../../vault/repositories/matters.ts';
import type { MessageRow } from '../../vault/repositories/messages.ts';
import { findOffice } from '../../vault/repositories/offices.ts';
import { findPerson } from '../../vault/repositories/persons.ts';
import { listProofs } from '../../vault/repositories/proofs.ts';
import { getOwnVault } from '../office/own-vault.ts';
import type { ChosenEvidence } from './choose-evidence.ts';

/** Papers are Chinese texts (shared/papers/paper.ts), and so are the labels that they take from the procedures. */
const { t } = createI18n('zh-CN');

export interface PrintedReport {
  readonly chosen: ChosenEvidence;
  readonly count: MatterCount;
  readonly exportedAt: Instant;
  readonly program: string;
}

/** The page for people in a bundle: what was sent, received and decided, by whose word, and what of it nobody proves. The same bytes from the same vault and time. */
export function renderPrintedReport(db: ReadableDb, report: PrintedReport): Promise<Buffer> {
  const { chosen, count, exportedAt, program } = report;
  const { matter, messages, missing } = chosen;
  const procedure = count.fold.procedure?.name ?? matter.type;
  const acts = messages.filter(({ kind }) => kind === 'act').map((row) => describeAct(db, row, procedure, report));
  const role = (id: OfficeId) => (id === matter.lead ? 'lead' : id === matter.opener ? 'opener' : 'other');
  const body = evidenceSummary({
    issuer: getOwnVault(db).office.name,
    title: matter.title,
    matter: matter.id,
    procedure: procedureTitle(t, procedure),
    state: procedureText(t, procedure, 'states', count.state),
    parties: listParticipants(db, matter.id).map((id) => ({ role: role(id), name: nameOf(db, id), code: id })),
    exportedAt,
    program,
    acts: acts.sort((a, b) => (a.pos ?? Infinity) - (b.pos ?? Infinity)),
    clocks: count.clocks.map(({ id, state, due, article }) => ({
      title: procedureText(t, procedure, 'clocks', id),
      state: t(`cli.clock.matter.state.${state}`),
      due,
      article,
    })),
    missing,
  });
  return renderPaper({ id: 'evidence-summary', ...body, reference: null }, new Date(exportedAt));
}

function describeAct(
  db: ReadableDb,
  { m, act, senderOffice, createdAt, body, voidCode }: MessageRow,
  procedure: string,
  { count, chosen }: PrintedReport,
): SummaryAct {
  const counted = count.acts.find((one) => one.m === m);
  const { person } = body.sender;
  return {
    pos: counted?.pos ?? null,
    title: procedureText(t, procedure, 'acts', counted?.id ?? act ?? ''),
    office: nameOf(db, senderOffice),
    person: senderOffice === null || person === null ? '' : (findPerson(db, senderOffice, person)?.name ?? ''),
    claimedAt: createdAt,
    provenAt: stampedAt(db, m),
    m,
    voidReason: voidCode === null ? null : t(`errors.${voidCode}`),
    documents: 'documents' in body ? body.documents.map(({ name, size, sha256 }) => ({ name, size, sha256 })) : [],
    receipts: chosen.receipts
      .filter((receipt) => receipt.message === m && receipt.current && receipt.office !== senderOffice)
      .map((receipt) => ({
        office: nameOf(db, receipt.office),
        kind: receipt.kind,
        claimedAt: receipt.receivedAt,
        provenAt: stampedAt(db, receipt.m),
      })),
  };
}

/** By the earliest timestamp that is kept: verified when it came. */
function stampedAt(db: ReadableDb, m: M): string | null {
  const stamps = listProofs(db, m).flatMap(({ kind, genTime }) => (kind === 'signature' ? [genTime] : []));
  return stamps.sort()[0] ?? null;
}

/** An office that the directory does not have stands under its code. */
function nameOf(db: ReadableDb, id: OfficeId | null): string {
  return (id === null ? null : findOffice(db, id)?.name) ?? id ?? '';
}
