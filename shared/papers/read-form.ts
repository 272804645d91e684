import type { Json } from '../model/i-json.ts';

/** Reads forms that a schema has already checked: what is absent is empty, and papers show it as a place to fill in. */
export interface FormReader {
  /** A text or number at a dotted path. */
  readonly text: (path: string) => string;
  readonly at: (path: string) => FormReader;
  readonly is: (path: string, value: Json) => boolean;
  readonly has: (path: string) => boolean;
  readonly list: (path: string) => readonly FormReader[];
  readonly texts: (path: string) => readonly string[];
}

export function readForm(form: Json | undefined): FormReader {
  const find = (path: string): Json | undefined =>
    path.split('.').reduce<Json | undefined>((value, key) => member(value, key), form);
  const items = (path: string): readonly Json[] => {
    const value = find(path);
    return Array.isArray(value) ? value : [];
  };
  return {
    text: (path) => toText(find(path)),
    at: (path) => readForm(find(path)),
    is: (path, value) => find(path) === value,
    has: (path) => find(path) !== undefined,
    list: (path) => items(path).map(readForm),
    texts: (path) => items(path).map(toText),
  };
}

function member(value: Json | undefined, key: string): Json | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, key) ? (value as Readonly<Record<string, Json>>)[key] : undefined;
}

function toText(value: Json | undefined): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}
