import { AppError } from '../../../shared/errors.ts';
import type { M, MatterId, OfficeId } from '../../../shared/model/brand.ts';
import type { PaperAct, PaperOffice, PaperReceipt, PaperSource } from '../../../shared/papers/paper-source.ts';
import { findAct } from '../../../shared/procedures/act-of-form.ts';
import { findProcedure } from '../../../shared/procedures/find-procedure.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import { findMatter, type MatterRow } from '../../vault/repositories/matters.ts';
import { findOffice } from '../../vault/repositories/offices.ts';
import { listOutboxOf } from '../../vault/repositories/outbox.ts';
import { findPerson } from '../../vault/repositories/persons.ts';
import { listReceipts, type ReceiptRow } from '../../vault/repositories/receipts.ts';
import { listActs, type StoredAct } from '../matters/matter-acts.ts';
import { computeMatter } from '../matters/recount-matter.ts';

/** An act with the papers that its procedure lets it produce. */
export interface ActWithPapers {
  readonly stored: StoredAct;
  /** Ids of papers, each of which may be printed. */
  readonly papers: readonly string[];
}

export interface MatterPapers {
  readonly matter: MatterRow;
  /** In the lead's order; refused, held and void acts are not among them: no paper shall say what does not hold. */
  readonly acts: readonly ActWithPapers[];
}

/** What can be printed of any act. */
const ALWAYS = 'delivery-proof';

/** @throws AppError MATTER_UNKNOWN */
export function readMatterPapers(db: ReadableDb, id: MatterId): MatterPapers {
  const matter = findMatter(db, id);
  if (matter === null) throw new AppError('MATTER_UNKNOWN', { matter: id });
  const stored = listActs(db, id);
  const places = new Map(computeMatter(db, matter, stored).acts.map(({ m, pos }) => [m, pos]));
  const place = (m: M): number => places.get(m) ?? Number.MAX_SAFE_INTEGER;
  const valid = stored
    .filter(({ row }) => row.status === 'accepted' && row.voidCode === null)
    .sort((a, b) => place(a.m) - place(b.m) || a.row.serial - b.row.serial);
  const opening = valid.find(({ message }) => message.act === 'submit')?.message.form;
  const procedure = opening === undefined ? null : findProcedure(matter.type, opening);
  const acts = valid.map((act): ActWithPapers => {
    const named = procedure === null ? [] : (findAct(procedure, act.message.act, act.message.form)?.papers ?? []);
    return { stored: act, papers: [...new Set([...named, ALWAYS])] };
  });
  return { matter, acts };
}

/** One act of a matter as papers are made from it. */
export function toPaperSource(
  db: ReadableDb,
  { matter, acts }: MatterPapers,
  act: StoredAct,
  number: string | null,
): PaperSource {
  const shown = acts.map(({ stored }) => toPaperAct(db, stored));
  const own = shown.find(({ m }) => m === act.m);
  if (own === undefined) throw new AppError('MESSAGE_UNKNOWN', { m: act.m });
  const [opening] = acts;
  const subtype = opening?.stored.message.form['subtype'];
  return {
    matter: {
      id: matter.id,
      type: matter.type,
      subtype: typeof subtype === 'string' ? subtype : '',
      title: matter.title,
      lead: officeOf(db, matter.lead),
    },
    act: own,
    acts: shown,
    number,
  };
}

function toPaperAct(db: ReadableDb, { m, message, row }: StoredAct): PaperAct {
  const { sender, recipients, documents } = message;
  const offices = [...new Set(recipients.map(({ office }) => office))].filter((office) => office !== sender.office);
  const person = sender.office === null || sender.person === null ? null : findPerson(db, sender.office, sender.person);
  return {
    m,
    act: message.act,
    form: message.form,
    createdAt: row.createdAt,
    sender: officeOf(db, sender.office),
    person: person?.name ?? '',
    recipients: offices.map((office) => officeOf(db, office)),
    documents: documents.map(({ name, kind, size, sha256 }) => ({ name, kind, size, sha256 })),
    postings: listOutboxOf(db, m).flatMap(({ office, postedAt }) =>
      postedAt === null || office === sender.office ? [] : [{ office: officeOf(db, office), postedAt }],
    ),
    receipts: listReceipts(db, m)
      .filter(({ current, office }) => current && office !== sender.office)
      .map((receipt) => toPaperReceipt(db, receipt)),
  };
}

function toPaperReceipt(db: ReadableDb, { m, kind, office, receivedAt, code, body }: ReceiptRow): PaperReceipt {
  const { indication, subIndication } = body.receipt.verdict;
  return { m, kind, office: officeOf(db, office), receivedAt, code, indication, subIndication };
}

/** An office that the directory does not have stands under its code: an empty place would hide who it was. */
function officeOf(db: ReadableDb, id: OfficeId | null): PaperOffice {
  const row = id === null ? null : findOffice(db, id);
  return row === null ? { name: id ?? '', type: 'other' } : { name: row.name, type: row.type };
}
