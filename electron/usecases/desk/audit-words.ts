import { createI18n, LANGUAGES } from '../../../shared/i18n/create-i18n.ts';
import { AUDIT_ACTIONS } from '../../../shared/model/audit-vocabulary.ts';
import { actorText, auditActionText } from '../../../shared/text/audit-text.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import { type AuditFilter, listAuditActors } from '../../vault/repositories/audit.ts';
import { nameActor } from './names.ts';

/** What a person types above the log: part of a name, of the words for an act in either language, of a code or of an identifier. */
export interface AuditWords {
  readonly subject?: string;
  readonly actor?: string;
  readonly action?: string;
}

/** The log holds ids and codes, its reader sees names and words: finds what is meant. */
export function readAuditWords(db: ReadableDb, { subject, actor, action }: AuditWords): AuditFilter {
  const translates = actor === undefined && action === undefined ? [] : LANGUAGES.map((one) => createI18n(one).t);
  return {
    ...(subject === undefined ? {} : { subject }),
    ...(actor === undefined
      ? {}
      : {
          actors: listAuditActors(db).filter((id) => {
            const name = nameActor(db, id);
            return isMeant(actor, [id, ...translates.map((t) => actorText(t, name))]);
          }),
        }),
    ...(action === undefined
      ? {}
      : {
          actions: AUDIT_ACTIONS.filter((code) =>
            isMeant(action, [code, ...translates.map((t) => auditActionText(t, code))]),
          ),
        }),
  };
}

function isMeant(typed: string, names: readonly string[]): boolean {
  const wanted = typed.trim().toLowerCase();
  return names.some((name) => name.toLowerCase().includes(wanted));
}
