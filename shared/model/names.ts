/** Names of files that others chose. The shown name is text; the entry's path in a container is derived from it by one rule. */

const BIDI = '\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069';
const FORBIDDEN = new RegExp(`[\\u0000-\\u001f\\u007f-\\u009f${BIDI}\\ufeff\\u2028\\u2029/\\\\:*?"<>|]`, 'gu');
const MAX_SHOWN_BYTES = 200;
const MAX_PATH_BYTES = 120;

const utf8Length = (text: string): number => {
  let bytes = 0;
  for (const char of text) {
    const point = char.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
};

/** Whether a document may carry this name: NFC, 1 to 200 bytes of UTF-8, no control or bidi character, no path separator, nothing that Windows forbids. */
export function isDocumentName(name: string): boolean {
  return (
    name.length > 0 &&
    name.isWellFormed() &&
    name.normalize('NFC') === name &&
    utf8Length(name) <= MAX_SHOWN_BYTES &&
    name.replace(FORBIDDEN, '') === name &&
    !/^[. ]|[. ]$/u.test(name)
  );
}

/** The nearest name that {@link isDocumentName} accepts; `document` where nothing is left. */
export function toDocumentName(name: string): string {
  const clean = name
    .toWellFormed()
    .normalize('NFC')
    .replace(FORBIDDEN, '_')
    .replace(/^[. ]+|[. ]+$/gu, '');
  return shorten(clean, MAX_SHOWN_BYTES) || 'document';
}

/** Path of the document at `index` (from 0) in a container: `documents/<index+1>-<name>`, the name cut to 120 bytes with its suffix kept. */
export function documentPath(index: number, name: string): string {
  return `documents/${index + 1}-${shorten(name, MAX_PATH_BYTES)}`;
}

function shorten(name: string, limit: number): string {
  if (utf8Length(name) <= limit) return name;
  const dot = name.lastIndexOf('.');
  const suffix = dot > 0 && utf8Length(name.slice(dot)) <= 16 ? name.slice(dot) : '';
  let stem = '';
  let bytes = utf8Length(suffix);
  for (const char of name.slice(0, name.length - suffix.length)) {
    bytes += utf8Length(char);
    if (bytes > limit) break;
    stem += char;
  }
  return `${stem.replace(/[. ]+$/u, '')}${suffix}`;
}
