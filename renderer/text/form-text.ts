import type { Translate } from '../../shared/i18n/create-i18n.ts';
import type { Json } from '../../shared/model/i-json.ts';
import type { Act, ProcedureType } from '../../shared/model/vocabulary.ts';
import { findAct } from '../../shared/procedures/act-of-form.ts';
import { describeForm, type FieldSpec } from '../../shared/procedures/describe-form.ts';
import { PROCEDURES } from '../../shared/procedures/find-procedure.ts';
import type { Procedure, ProcedureAct } from '../../shared/procedures/procedure.ts';
import { fieldText, optionText, procedureText } from '../../shared/procedures/procedure-text.ts';
import { sentence } from './sentence.ts';

/** Forms as sentences: what is signed, and what was. Every member stands there, none is told apart by how it looks. */

export interface FormRow {
  readonly path: string;
  readonly label: string;
  readonly text: string;
}

type Form = Readonly<Record<string, Json>>;

interface Kind {
  readonly type: ProcedureType;
  readonly subtype: string;
}

/** The procedure and its act that an id means; null where this version knows neither. */
export function findProcedureAct(
  { type, subtype }: Kind,
  actId: string | null,
): { readonly procedure: Procedure; readonly act: ProcedureAct } | null {
  const procedures = PROCEDURES.filter((one) => one.type === type);
  const procedure = procedures.find((one) => one.subtype === subtype) ?? procedures[0];
  const act = procedure?.acts.find(({ id }) => id === actId);
  return procedure === undefined || act === undefined ? null : { procedure, act };
}

/** What act a message performs, also before the lead has counted it: then by its word and its form. */
export function actOfMessage(
  kind: Kind,
  { act, actId, form }: { readonly act: Act | null; readonly actId: string | null; readonly form: Form },
): ReturnType<typeof findProcedureAct> {
  if (actId !== null || act === null) return findProcedureAct(kind, actId);
  const opening = PROCEDURES.find((one) => one.type === kind.type && one.subtype === kind.subtype);
  const procedure = opening ?? PROCEDURES.find((one) => one.type === kind.type);
  const found = procedure === undefined ? null : findAct(procedure, act, form);
  return procedure === undefined || found === null ? null : { procedure, act: found };
}

/** The sentence that an act says by being signed. */
export function noticeText(t: Translate, procedure: Procedure, act: ProcedureAct): string {
  const text = procedureText(t, procedure.name, 'notices', act.id);
  return text === act.id ? '' : text;
}

/** Each member of a form by its label, in the order of the act's groups. Members that say which act it is are left out: its name says so. */
export function formRows(t: Translate, procedure: Procedure, act: ProcedureAct, form: Form): FormRow[] {
  const join = t('window.form.join');
  const write = (field: FieldSpec, value: Json): string => writeValue({ t, procedure, join }, field, value);
  return describeForm(act)
    .groups.flatMap(({ fields }) => fields)
    .flatMap((field) => {
      const value = form[field.name];
      if (value === undefined || (field.kind === 'fixed' && typeof value === 'string')) return [];
      const text = write(field, value);
      return text === '' ? [] : [{ path: field.path, label: labelOf(t, procedure, field.path), text }];
    });
}

interface Words {
  readonly t: Translate;
  readonly procedure: Procedure;
  readonly join: string;
}

function writeValue(words: Words, field: FieldSpec, value: Json): string {
  const { t, procedure } = words;
  switch (field.kind) {
    case 'choice':
      return optionText(t, procedure.name, field.path, String(value));
    case 'flag':
    case 'fixed':
      return typeof value === 'boolean' ? t(value ? 'window.form.yes' : 'window.form.no') : String(value);
    case 'list':
      return writeList(words, field.item, Array.isArray(value) ? (value as readonly Json[]) : []);
    case 'group':
      return writeMembers(words, field.fields, value);
    case 'variant': {
      const chosen = memberOf(value, field.by);
      const variant = field.variants.find(({ values }) => values.includes(String(chosen)));
      const name = optionText(t, procedure.name, `${field.path}.${field.by}`, String(chosen ?? ''));
      const rest = writeMembers(words, variant?.fields ?? [], value);
      return rest === '' ? name : t('window.form.variant', { name, rest });
    }
    default:
      return String(value);
  }
}

/** Entries of several members stand on lines of their own, counted. */
function writeList(words: Words, item: FieldSpec, entries: readonly Json[]): string {
  const texts = entries.map((entry) => writeValue(words, item, entry));
  const compound = item.kind === 'group' || item.kind === 'variant';
  if (!compound || texts.length < 2) return texts.join(words.join);
  return texts.map((text, index) => words.t('window.form.entry', { n: index + 1, text })).join('\n');
}

function writeMembers(words: Words, fields: readonly FieldSpec[], value: Json): string {
  const { t, procedure } = words;
  return fields
    .flatMap((field) => {
      const member = memberOf(value, field.name);
      if (member === undefined || field.kind === 'fixed') return [];
      const text = writeValue(words, field, member);
      return text === '' ? [] : [t('window.form.member', { label: labelOf(t, procedure, field.path), text })];
    })
    .join(t('window.form.memberJoin'));
}

function memberOf(value: Json, name: string): Json | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
  return (value as Readonly<Record<string, Json>>)[name];
}

/** What a field is called. */
export function labelOf(t: Translate, { name }: Procedure, path: string): string {
  return sentence(fieldText(t, name, 'fields', path));
}
