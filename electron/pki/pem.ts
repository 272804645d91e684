/** Textual encodings (RFC 7468), read leniently about white space and the text around, strictly about the base64 itself. */
export interface PemBlock {
  /** `CERTIFICATE`, `PRIVATE KEY` … */
  readonly label: string;
  readonly der: Buffer;
  /** Whether RFC 1421 headers stand before the base64: the old encrypted private keys have them, and `der` is then ciphertext. */
  readonly hasHeaders: boolean;
  /** The block as it stood. */
  readonly text: string;
}

const BEGIN = '-----BEGIN ';
const LABEL = /^([A-Z0-9 #]{1,64})-----/;
const HEADERS = /^\s*(?:[A-Za-z0-9-]+:[^\n]*\n(?:[ \t]+\S[^\n]*\n)*)+/;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

export function looksLikePem(bytes: Buffer): boolean {
  return bytes.includes(BEGIN);
}

/** Every block of the text in order; null where one has no end or is not base64. */
export function readPem(bytes: Buffer): PemBlock[] | null {
  const text = bytes.toString('latin1');
  const blocks: PemBlock[] = [];
  for (let start = text.indexOf(BEGIN); start >= 0; ) {
    const label = LABEL.exec(text.slice(start + BEGIN.length, start + BEGIN.length + 80))?.[1];
    if (label === undefined) return null;
    const end = text.indexOf(`-----END ${label}-----`, start);
    if (end < 0) return null;
    const after = end + label.length + 14;
    const block = readBlock(label, text.slice(start, after));
    if (block === null) return null;
    blocks.push(block);
    start = text.indexOf(BEGIN, after);
  }
  return blocks;
}

function readBlock(label: string, text: string): PemBlock | null {
  const body = text.slice(BEGIN.length + label.length + 5, -(label.length + 14));
  const headers = HEADERS.exec(body)?.[0] ?? '';
  const base64 = body.slice(headers.length).replace(/\s+/g, '');
  if (base64.length % 4 !== 0 || !BASE64.test(base64)) return null;
  return { label, der: Buffer.from(base64, 'base64'), hasHeaders: headers !== '', text };
}

export function writePem(label: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
