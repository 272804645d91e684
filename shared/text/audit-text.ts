import { ERROR_KINDS, type ErrorCode } from '../errors.ts';
import type { Translate } from '../i18n/create-i18n.ts';
import type { Bytes } from '../model/brand.ts';
import type { Json } from '../model/i-json.ts';
import { formatSize } from './format-size.ts';

/** What was done, in words; an action of a later version by its own name. */
export function auditActionText(t: Translate, action: string): string {
  return t(`window.audit.action.${action}` as 'window.audit.action.vault-created', { defaultValue: action });
}

export function actorText(t: Translate, actor: string): string {
  return actor === 'vault' ? t('window.audit.vault') : actor;
}

/** What a detail of an entry is called; one of a later version by its own name. */
export function auditDetailName(t: Translate, name: string): string {
  return t(`window.audit.name.${name}` as 'window.audit.name.act', { defaultValue: name });
}

/**
 * A detail of an entry in words, as far as it is a word of the program's own: what people wrote, numbers and identifiers stay as they are.
 *
 * @param exact writes an instant
 */
export function auditDetailValue(t: Translate, name: string, value: Json, exact: (at: string) => string): string {
  if (value === null || value === '') return t('window.audit.nothing');
  if (typeof value === 'boolean') return t(value ? 'window.form.yes' : 'window.form.no');
  if (typeof value === 'number') return name === 'bytes' ? formatSize(value as Bytes) : String(value);
  if (Array.isArray(value)) {
    const all = value.map((one) => auditDetailValue(t, name, one, exact));
    return all.length === 0 ? t('window.audit.nothing') : all.join(t('window.list.comma'));
  }
  return typeof value === 'string' ? wordOf(t, name, value, exact) : JSON.stringify(value);
}

function wordOf(t: Translate, name: string, value: string, exact: (at: string) => string): string {
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return exact(value);
  if (Object.hasOwn(ERROR_KINDS, value)) return `${t(`errors.${value as ErrorCode}`)} [${value}]`;
  if (name === 'act') return t(`window.act.${value}` as 'window.act.submit', { defaultValue: value });
  return t(`window.audit.value.${name}.${value}` as 'window.audit.value.kind.act', { defaultValue: value });
}
