/**
 * The name that people call a certificate's subject by: its common name, else its organization, else the whole.
 * @param text RFC 4514, as signer reports have it
 */
export function shortName(text: string): string {
  return attributeOf(text, 'CN') ?? attributeOf(text, 'O') ?? text;
}

/** The first value of one attribute; null where there is none or it is not text. */
export function attributeOf(text: string, type: string): string | null {
  for (const part of splitName(text)) {
    const equals = part.indexOf('=');
    if (part.slice(0, equals).trim().toUpperCase() !== type) continue;
    const value = readValue(part.slice(equals + 1));
    return value === '' || value.startsWith('#') ? null : value;
  }
  return null;
}

/** Relative names and their attributes, at commas and plus signs that are not escaped. */
function splitName(text: string): string[] {
  return text.match(/(?:\\.|[^,+\\])+/gs) ?? [];
}

/** RFC 4514, 2.4: a backslash before a character, or before two hexadecimal digits of UTF-8. */
function readValue(value: string): string {
  return value.replace(/(?:\\[0-9a-fA-F]{2})+|\\(.)/gs, (match, char: string | undefined) =>
    char === undefined ? decodeHex(match.replaceAll('\\', '')) : char,
  );
}

function decodeHex(hex: string): string {
  const escaped = hex.replace(/../g, '%$&');
  try {
    return decodeURIComponent(escaped);
  } catch {
    return escaped;
  }
}
