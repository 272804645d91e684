import { encode, renderSVG, renderUnicodeCompact } from 'uqr';

/** With the quiet zone that scanners need, in modules (ISO/IEC 18004). */
const LOOK = { ecc: 'M', border: 4 } as const;

export interface CodePicture {
  readonly svg: string;
  /** Lines of block characters for a terminal. */
  readonly screen: readonly string[];
  /** Along each side, the quiet zone included. */
  readonly modules: number;
}

/** A QR code by itself, to print or to hold before a scanner. */
export function codePicture(text: string): CodePicture {
  return {
    svg: renderSVG(text, LOOK),
    screen: renderUnicodeCompact(text, LOOK).split('\n'),
    modules: encode(text, LOOK).size,
  };
}
