import type { OfficeId } from '../../shared/model/brand.ts';
import { findAct } from '../../shared/procedures/act-of-form.ts';
import { findProcedure, findProcedureByName } from '../../shared/procedures/find-procedure.ts';
import { procedureText } from '../../shared/procedures/procedure-text.ts';
import { visible } from '../../shared/text/visible.ts';
import { nameOffice } from '../usecases/desk/names.ts';
import type { ReadableDb } from '../vault/db/handle.ts';
import { findMatter } from '../vault/repositories/matters.ts';
import type { MessageRow } from '../vault/repositories/messages.ts';
import type { CommandContext } from './context.ts';

/** What lines for people say in place of ids and words of the format; `--json` keeps those. */

/** The office's name with its code, by which commands are told of it; the code alone of one that is not known here. */
export function officeText(db: ReadableDb, id: OfficeId | null): string {
  if (id === null) return '-';
  const { name } = nameOffice(db, id);
  return name === id ? id : `${visible(name)} (${id})`;
}

/** What an act is called in its procedure, and any other message by its kind. */
export function messageText(
  db: ReadableDb,
  { kind, act, type, matter, body }: MessageRow,
  t: CommandContext['t'],
): string {
  if (body.kind !== 'act' || act === null || type === null) return t(`window.audit.value.kind.${kind}`);
  const name = matter === null ? null : (findMatter(db, matter)?.procedure ?? null);
  const procedure = name === null ? findProcedure(type, body.form) : findProcedureByName(name);
  const found = procedure === null ? null : findAct(procedure, act, body.form);
  return procedureText(t, procedure?.name ?? type, 'acts', found?.id ?? act);
}
