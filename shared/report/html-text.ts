import type { Language, Translate } from '../i18n/create-i18n.ts';
import { revealText, visible } from '../text/visible.ts';
import { el, escapeHtml, type Tree, toHtml } from './tree.ts';

/** HTML that is safe to put into a page: only {@link escapeHtml}, {@link richText} and templates of them make it. */
export type Html = string;

/** A text of others where no markup can stand: in attributes and the title of the page. */
export function plainText(text: string): Html {
  return escapeHtml(visible(text));
}

/** Right-to-left words, which would reorder what stands beside them; and Chinese words, which an English page must name: a screen reader spells them and a font draws them as Japanese. */
const FOREIGN =
  /(?<rtl>[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]+)|(?<han>\p{Script=Han}[\p{Script=Han}\u3000-\u303f\uff00-\uff5e]*)/gu;

export interface TextContext {
  readonly t: Translate;
  readonly language: Language;
}

/** A text that may hold words of others: hidden characters stand as their number, letters that pass for others are marked, foreign directions stay within. */
export function richTree(text: string, { t, language }: TextContext): Tree[] {
  return revealText(text).flatMap(({ kind, text: piece, codePoint }) => {
    if (codePoint === null) return markLanguages(piece, language);
    const title = t(kind === 'hidden' ? 'report.hidden' : 'report.lookalike', { codePoint });
    const shown = kind === 'hidden' ? [] : [piece];
    return [el('span', { class: 'odd', title }, ...shown, el('small', {}, codePoint))];
  });
}

export function richText(text: string, context: TextContext): Html {
  return richTree(text, context).map(toHtml).join('');
}

function markLanguages(text: string, language: Language): Tree[] {
  const pieces: Tree[] = [];
  let at = 0;
  for (const { 0: word, index, groups } of text.matchAll(FOREIGN)) {
    const isForeign = groups?.['rtl'] !== undefined || language === 'en';
    if (!isForeign) continue;
    pieces.push(text.slice(at, index));
    pieces.push(groups?.['rtl'] === undefined ? el('span', { lang: 'zh-CN' }, word) : el('bdi', {}, word));
    at = index + word.length;
  }
  pieces.push(text.slice(at));
  return pieces.filter((piece) => piece !== '');
}
