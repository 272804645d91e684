import type { PaperReference } from './paper.ts';

/**
 * What the QR code on a paper says: `lexpost:v1?matter=<UUID>&m=<64 hex>&text=<32 hex>`. `m` names the signed message, `text` is the first
 * half of the SHA-256 of the paper's words. It proposes a lookup in one's own vault and proves nothing by itself: anybody can print one.
 */
const CONTENT =
  /^lexpost:v1\?matter=(?<matter>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})&m=(?<m>[0-9a-f]{64})&text=(?<text>[0-9a-f]{32})$/;

export interface QrContent extends PaperReference {
  /** 32 hex digits. */
  readonly text: string;
}

export function writeQrContent({ matter, m, text }: QrContent): string {
  return `lexpost:v1?matter=${matter}&m=${m}&text=${text}`;
}

/** Null for what is not one, and for a version that this program does not know. */
export function parseQrContent(content: string): QrContent | null {
  const groups = CONTENT.exec(content)?.groups;
  const { matter, m, text } = groups ?? {};
  return matter === undefined || m === undefined || text === undefined ? null : { matter, m, text };
}
