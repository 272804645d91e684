import type { Preview } from '../../../shared/model/preview.ts';

/** Bytes that {@link sniffPreview} wants to see. */
export const SNIFF = 4096;

const PDF = /^[\s\S]{0,1024}%PDF-/;
/** A ZIP whose first entry is OFD's: GB/T 33190, 7.1. */
const OFD = /^PK\u0003\u0004[\s\S]{26}(?:OFD\.xml|Doc_\d)/;
const IMAGES: readonly RegExp[] = [
  /^\u0089PNG\r\n\u001a\n/,
  /^\u00ff\u00d8\u00ff/,
  /^GIF8[79]a/,
  /^RIFF[\s\S]{4}WEBP/,
  /^BM[\s\S]{4}\u0000\u0000\u0000\u0000/,
];

/** How a document can be shown, by its first bytes: what its name or its sender says of it may be wrong, and may be meant to. */
export function sniffPreview(head: Buffer): Preview {
  const latin = head.subarray(0, SNIFF).toString('latin1');
  if (PDF.test(latin)) return 'pdf';
  if (OFD.test(latin)) return 'ofd';
  if (IMAGES.some((image) => image.test(latin))) return 'image';
  return isText(head.subarray(0, SNIFF)) ? 'text' : 'none';
}

/** UTF-8 or GB 18030 without control characters. */
function isText(head: Buffer): boolean {
  if (head.length === 0) return true;
  if (head.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c))
    return false;
  return ['utf-8', 'gb18030'].some((encoding) => {
    try {
      // The last character may be cut.
      new TextDecoder(encoding, { fatal: true }).decode(head, { stream: true });
      return true;
    } catch {
      return false;
    }
  });
}
