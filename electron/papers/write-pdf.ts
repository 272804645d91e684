import { zlibSync } from 'fflate';
import PDFDocument from 'pdfkit';
import type { Drawing, Ink } from './drawing.ts';
import type { Font, FontSet } from './font-set.ts';
import { PAGE } from './page-metrics.ts';
import { type EmbeddedFont, number, paintText, type TextPainter } from './paint-text.ts';

/**
 * Drawings as a PDF whose bytes depend on nothing but the drawings, the title and the date: fonts subset and embedded, the file identifier made from
 * what is given, streams compressed by a deflater in JavaScript. Node's own zlib takes other shortcuts on other processors.
 */
export interface PdfOptions {
  readonly title: string;
  readonly author: string;
  /** Stands in the document's information. */
  readonly date: Date;
  readonly fonts: FontSet;
  /** For the file's identifier, 32 hex digits. */
  readonly id: string;
}

/** What pdfkit 0.20 keeps of a font and does not type. */
interface PdfkitFont {
  readonly id: string;
  encode(text: string): [string[], unknown[]];
  ref(): unknown;
}

interface OwnFont extends EmbeddedFont {
  readonly ref: () => unknown;
}

interface PdfkitReference {
  buffer: Uint8Array[];
  readonly data: Record<string, unknown>;
  finalize(): void;
}

interface PdfkitDocument {
  _font: PdfkitFont;
  _id: Buffer;
  ref(data?: unknown): PdfkitReference;
  readonly page: { readonly fonts: Record<string, unknown> };
  addContent(operators: string): unknown;
}

const INKS: Readonly<Record<Ink, string>> = { black: '0 0 0', red: '0.8 0 0' };

export function writePdf(
  pages: readonly (readonly Drawing[])[],
  { title, author, date, fonts, id }: PdfOptions,
): Promise<Buffer> {
  const document = new PDFDocument({
    size: [PAGE.width, PAGE.height],
    margin: 0,
    autoFirstPage: false,
    compress: false,
    pdfVersion: '1.7',
    lang: 'zh-CN',
    displayTitle: true,
    // `font: null`: without it the 14 standard fonts come along
    font: null as unknown as string,
    info: { Title: title, Author: author, Creator: 'LexPost', Producer: 'LexPost', CreationDate: date, ModDate: date },
  });
  const inside = document as unknown as PdfkitDocument;
  inside._id = Buffer.from(id, 'hex');
  compressPortably(inside);
  const written = collect(document);
  const painter: TextPainter = {
    fontOf: embedder(document, inside),
    codeFont: fonts.fonts.regular[0],
    meaning: new Map(),
    pageHeight: PAGE.height,
  };
  for (const drawings of pages) {
    document.addPage();
    // pdfkit turns the page upside down; operators here count from its lower edge, as PDF does
    inside.addContent(`1 0 0 -1 0 ${number(PAGE.height)} cm`);
    for (const drawing of drawings) inside.addContent(paint(drawing, painter).join('\n'));
  }
  document.end();
  return written;
}

function collect(document: PDFKit.PDFDocument): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => resolve(Buffer.concat(chunks)));
    document.on('error', reject);
  });
}

/** Every stream that is made from now on is deflated here, level 9, before pdfkit writes it as it is. */
function compressPortably(inside: PdfkitDocument): void {
  const make = inside.ref.bind(inside);
  inside.ref = (data) => {
    const reference = make(data);
    const finalize = reference.finalize.bind(reference);
    reference.finalize = () => {
      if (reference.buffer.length > 0) {
        reference.buffer = [zlibSync(Buffer.concat(reference.buffer), { level: 9 })];
        reference.data['Filter'] = 'FlateDecode';
      }
      finalize();
    };
    return reference;
  };
}

/** Embeds a font when its first character is drawn, and names it among the resources of every page that uses it. */
function embedder(document: PDFKit.PDFDocument, inside: PdfkitDocument): TextPainter['fontOf'] {
  const embedded = new Map<Font, OwnFont>();
  const embed = (font: Font): OwnFont => {
    document.font(font as unknown as string);
    const { _font: own } = inside;
    return { id: own.id, ref: () => own.ref(), encode: (char) => own.encode(char)[0].join('') };
  };
  return (font) => {
    const known = embedded.get(font) ?? embed(font);
    embedded.set(font, known);
    inside.page.fonts[known.id] ??= known.ref();
    return known;
  };
}

function paint(drawing: Drawing, painter: TextPainter): string[] {
  switch (drawing.kind) {
    case 'text':
      return [`${INKS[drawing.ink]} rg`, ...paintText(drawing, painter)];
    case 'rule': {
      const [from, to] = [drawing.from, drawing.to].map(([x, y]) => `${number(x)} ${number(PAGE.height - y)}`);
      return [`${INKS[drawing.ink]} RG ${number(drawing.width)} w ${from} m ${to} l S`];
    }
    case 'modules':
      return [`${INKS.black} rg`, ...paintModules(drawing), 'f'];
  }
}

/** A two-dimensional code: one rectangle for each run of dark modules. */
function paintModules({ x, y, side, rows }: Extract<Drawing, { kind: 'modules' }>): string[] {
  const module = side / rows.length;
  return rows.flatMap((row, line) => {
    const runs: string[] = [];
    for (let from = 0; from < row.length; from++) {
      if (row[from] !== true) continue;
      let to = from;
      while (row[to + 1] === true) to++;
      const width = (to - from + 1) * module;
      runs.push(
        `${number(x + from * module)} ${number(PAGE.height - y - (line + 1) * module)} ${number(width)} ${number(module)} re`,
      );
      from = to;
    }
    return runs;
  });
}
