import type { Translate } from '../i18n/create-i18n.ts';

/** The kinds of labels of a procedure; what its own file does not say is looked up in `common.json`. */
export type LabelSection =
  | 'roles'
  | 'states'
  | 'sides'
  | 'acts'
  | 'notices'
  | 'groups'
  | 'fields'
  | 'hints'
  | 'options'
  | 'documents'
  | 'kinds'
  | 'papers'
  | 'grounds'
  | 'clocks'
  | 'ends'
  | 'causes';

/** What a procedure is called. */
export function procedureTitle(t: Translate, name: string): string {
  return look(t, [`procedures:${name}.title`], name);
}

/** A label of a procedure, of all procedures otherwise; the id itself where there is none. */
export function procedureText(t: Translate, name: string, section: LabelSection, id: string): string {
  return look(t, [`procedures:${name}.${section}.${id}`, `procedures:common.${section}.${id}`], id);
}

/** The label of a field: `lawyers.licence` by its whole path (`lawyers_licence`), then by its last word, so that shared parts are named once. */
export function fieldText(t: Translate, name: string, section: 'fields' | 'hints', path: string): string {
  const last = path.split('.').at(-1) ?? path;
  return look(t, keysOf(name, section, path, ''), section === 'hints' ? '' : last);
}

/** The label of one choice of a field. */
export function optionText(t: Translate, name: string, path: string, value: string): string {
  return look(t, keysOf(name, 'options', path, `_${value}`), value);
}

function keysOf(name: string, section: LabelSection, path: string, suffix: string): string[] {
  const whole = path.replaceAll('.', '_');
  const last = path.split('.').at(-1) ?? path;
  return [name, 'common'].flatMap((file) =>
    [whole, last].map((key) => `procedures:${file}.${section}.${key}${suffix}`),
  );
}

/** Keys are made from ids, so the list of keys that the compiler knows cannot hold them; a test looks for every one. */
function look(t: Translate, keys: readonly string[], fallback: string): string {
  const any = t as unknown as (keys: readonly string[], options: { defaultValue: string }) => string;
  return any(keys, { defaultValue: fallback });
}
