import type { Align, Block, Cell, Inline, Text } from './paper.ts';

/** Short hands for the words of papers. */

/** Text with values in it: `` p`申请人：${name}` ``. */
export function p(parts: TemplateStringsArray, ...values: readonly (Inline | Text)[]): Text {
  return parts.flatMap((part, index): Inline[] => {
    const value = values[index];
    const inlines: readonly Inline[] = value === undefined ? [] : isText(value) ? value : [value];
    return [...(part === '' ? [] : [part]), ...inlines];
  });
}

const isText = (value: Inline | Text): value is Text => Array.isArray(value);

/** The value, or a place of `ems` characters to write it in by hand. */
export function fill(value: string, ems = 6): Inline {
  return value === '' ? { blank: ems } : value;
}

/** `2026-03-05` as papers write it: 2026年3月5日. Places to fill in where there is no day. */
export function chineseDate(day: string): Text {
  const parts = /^(\d{4})-(\d{2})-(\d{2})/.exec(day);
  if (parts === null) return [{ blank: 3 }, '年', { blank: 2 }, '月', { blank: 2 }, '日'];
  return [`${parts[1]}年${Number(parts[2])}月${Number(parts[3])}日`];
}

const EIGHT_HOURS = 8 * 3_600_000;

/** An instant at Asia/Shanghai, which keeps UTC+8 all the year: `2026-03-05 09:07:33`. */
export function shanghaiTime(instant: string): string {
  const at = Date.parse(instant);
  return Number.isNaN(at) ? '' : new Date(at + EIGHT_HOURS).toISOString().slice(0, 19).replace('T', ' ');
}

export function shanghaiDay(instant: string): string {
  return shanghaiTime(instant).slice(0, 10);
}

export function paragraph(text: Text | string): Block {
  return { kind: 'paragraph', text: toText(text), indent: 2 };
}

/** A line from the left edge, without indent. */
export function flush(text: Text | string, align: Align = 'left'): Block {
  return { kind: 'paragraph', text: toText(text), indent: 0, align };
}

/** Longer text in its own paragraphs, as its author broke it. */
export function paragraphs(text: string): Block[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => paragraph(line.replaceAll('\t', ' ').trim()));
}

/** 1．2．3．: the third level of GB/T 9704. */
export function numbered(items: readonly (Text | string)[]): Block[] {
  return items.map((item, index) => paragraph([`${index + 1}．`, ...toText(item)]));
}

export function heading(text: string): Block {
  return { kind: 'heading', text: [text] };
}

export function note(text: string): Block {
  return { kind: 'note', text: [text] };
}

export function cell(text: Text | string, options: Omit<Cell, 'text'> = {}): Cell {
  return { text: toText(text), ...options };
}

/** The name of a field, in the middle of its cell. */
export function label(text: string, span?: number): Cell {
  return { text: [text], align: 'center', ...(span === undefined ? {} : { span }) };
}

export function heads(...names: readonly string[]): Cell[] {
  return names.map((name) => ({ text: [name], align: 'center', bold: true }));
}

/** 收件人签名 and the like: a label, a place to sign and a date, all by hand. */
export function signLine(name: string): Block {
  return flush([`${name}：`, { blank: 7 }, '　', { blank: 3 }, '年', { blank: 2 }, '月', { blank: 2 }, '日']);
}

/** A box to tick. A filled form shows which one holds. */
export function box(ticked: boolean, text: string): string {
  return `${ticked ? '☑' : '□'}${text}`;
}

function toText(text: Text | string): Text {
  return typeof text === 'string' ? [text] : text;
}
