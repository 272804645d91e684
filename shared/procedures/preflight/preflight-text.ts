import type { Translate } from '../../i18n/create-i18n.ts';
import { formatSize } from '../../text/format-size.ts';
import { fieldText, procedureText } from '../procedure-text.ts';
import type { Finding } from './finding.ts';

/** A finding in a sentence or two: what, why, and what can be done. @param procedure name of the procedure */
export function preflightText(t: Translate, procedure: string, { id, params, field, slot }: Finding): string {
  const any = t as unknown as (key: string, options: object) => string;
  const sizes = Object.fromEntries(
    ['size', 'largest'].flatMap((name) => {
      const value = params[name];
      return typeof value === 'number' ? [[name, formatSize(value as Parameters<typeof formatSize>[0])]] : [];
    }),
  );
  const named = slot === null ? {} : { slot: procedureText(t, procedure, 'documents', slot) };
  const text = any(`preflight.${id}`, { ...params, ...sizes, ...named });
  return field === null || field === 'to' || field === ''
    ? text
    : any('preflight.at', { field: pathText(t, procedure, field), text });
}

/** `lawyers.0.licence` as `律师 1 · 执业证号`. */
function pathText(t: Translate, procedure: string, field: string): string {
  const parts = field.split('.');
  return parts
    .flatMap((part, index) => {
      if (/^\d+$/.test(part)) return [];
      const path = parts.slice(0, index + 1).filter((one) => !/^\d+$/.test(one));
      const next = parts[index + 1] ?? '';
      const number = /^\d+$/.test(next) ? ` ${Number(next) + 1}` : '';
      return [`${fieldText(t, procedure, 'fields', path.join('.'))}${number}`];
    })
    .join(' · ');
}
