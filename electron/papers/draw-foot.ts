import { encode } from 'uqr';
import type { Origin, Paper, PaperReference } from '../../shared/papers/paper.ts';
import { writeQrContent } from '../../shared/papers/qr-content.ts';
import { breakLines } from './break-lines.ts';
import { type Drawing, placeLine } from './drawing.ts';
import type { FontSet } from './font-set.ts';
import { AREA, BOTTOM, MM, PAGE, type Points, RIGHT } from './page-metrics.ts';

/** What stands below the words on every page: its number, how the print is compared with the signed message, and what kind of paper this is. */

export interface FootOptions {
  readonly paper: Paper;
  readonly fonts: FontSet;
  /** From 0. */
  readonly page: number;
  readonly pages: number;
  /** SHA-256 of the paper's words, 64 hex digits. */
  readonly textDigest: string;
  readonly code: Code | null;
}

/** Rows of modules, true is dark. */
export type Code = readonly (readonly boolean[])[];

function isSigned(reference: Paper['reference']): reference is PaperReference {
  return reference !== null && reference !== 'draft';
}

function referenceLines({ matter, m }: PaperReference): string[] {
  return [
    `事项 ${matter}`,
    `文书 ${m}`,
    '扫码只用于在律函中查找本文书；真伪以文书包的签名核验为准，打印件本身不含电子签名',
  ];
}

/** The code of a paper; null where there is no message to look up. */
export function encodeReference({ reference }: Paper, textDigest: string): Code | null {
  if (!isSigned(reference)) return null;
  const content = writeQrContent({ ...reference, text: textDigest.slice(0, 32) });
  return encode(content, { ecc: 'M', border: 0 }).data;
}

const ORIGINS: Readonly<Record<Origin, string>> = {
  ministry: '要素依司法部《法律援助文书格式》（2023年），版式由律函编排',
  statute: '要素依法律规定，版式由律函编排，非主管部门制定的格式',
  practice: '要素依公开的文书样式，版式由律函编排，非主管部门制定的格式',
  custom: '无统一格式，由律函编排，非主管部门制定的格式',
};

const SMALL: Points = 7;
const QR_SIDE: Points = 16.5 * MM;
/** A letter's foot rule stands in the margin: there the code stands above it. */
const QR_TOP = { usual: PAGE.height - 22 * MM, letter: PAGE.height - 39.5 * MM } as const;
const NUMBER_SIZE: Points = 14;

/** The lower edge of the words on a page. */
export function textBottom(paper: Paper, page: number): Points {
  return isLetterFront(paper, page) ? QR_TOP.letter - 3 * MM : BOTTOM;
}

function isLetterFront({ style }: Paper, page: number): boolean {
  return style === 'letter' && page === 0;
}

export function drawFoot(options: FootOptions): Drawing[] {
  const { paper, page } = options;
  const top = isLetterFront(paper, page) ? QR_TOP.letter : QR_TOP.usual;
  return [...(isLetterFront(paper, page) ? [] : drawPageNumber(options)), ...drawReference(options, top)];
}

/** `— 1 —` 7 mm below the type area: organs one character from the outer edge, others in the middle. */
function drawPageNumber({ paper, fonts, page }: FootOptions): Drawing[] {
  const [line] = breakLines([`— ${page + 1} —`], { fonts, weight: 'regular', size: NUMBER_SIZE, width: AREA.width });
  if (line === undefined) return [];
  const organ = paper.style === 'letter' || paper.style === 'notice';
  const align = !organ ? 'center' : page % 2 === 0 ? 'right' : 'left';
  const y = BOTTOM + 7 * MM + NUMBER_SIZE * 0.5;
  return placeLine(line, {
    x: AREA.left + NUMBER_SIZE,
    y,
    width: AREA.width - 2 * NUMBER_SIZE,
    size: NUMBER_SIZE,
    align,
  });
}

function drawReference({ paper, fonts, page, pages, textDigest, code: modules }: FootOptions, top: Points): Drawing[] {
  const { reference } = paper;
  const code = (textDigest.slice(0, 16).match(/.{4}/g) ?? []).join(' ');
  const where = `第${page + 1}页，共${pages}页`;
  const lines = [
    ...(reference === 'draft' ? [`草稿，尚未签署　${where}`] : []),
    `文字核验码 ${code}${reference === 'draft' ? '' : `　${where}`}`,
    ...(isSigned(reference) ? referenceLines(reference) : []),
    ...(paper.origin === null ? [] : [ORIGINS[paper.origin]]),
  ];
  const x = isSigned(reference) ? AREA.left + QR_SIDE + 3 * MM : AREA.left;
  const words = lines.flatMap((text, index) =>
    breakLines([text], { fonts, weight: 'regular', size: SMALL, width: RIGHT - x }).flatMap((line) =>
      placeLine(line, { x, y: top + SMALL + index * 9.4, width: RIGHT - x, size: SMALL, align: 'left' }),
    ),
  );
  if (modules === null) return words;
  return [{ kind: 'modules', x: AREA.left, y: top, side: QR_SIDE, rows: modules }, ...words];
}
