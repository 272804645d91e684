import type { Language, Translate } from '../i18n/create-i18n.ts';
import { revealText, visible } from '../text/visible.ts';

/** HTML that is safe to put into a page: only {@link escapeHtml}, {@link richText} and templates of them make it. */
export type Html = string;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** For element content and quoted attribute values alike. */
export function escapeHtml(text: string): Html {
  return text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? '');
}

/** A text of others where no markup can stand: in attributes and the title of the page. */
export function plainText(text: string): Html {
  return escapeHtml(visible(text));
}

/** Right-to-left words, which would reorder what stands beside them. */
const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]+/gu;

/** Chinese words in an English page: without their language a screen reader spells them and a font draws them as Japanese. */
const CHINESE = /\p{Script=Han}[\p{Script=Han}\u3000-\u303f\uff00-\uff5e]*/gu;

export interface TextContext {
  readonly t: Translate;
  readonly language: Language;
}

/** A text that may hold words of others: hidden characters stand as their number, letters that pass for others are marked, foreign directions stay within. */
export function richText(text: string, { t, language }: TextContext): Html {
  return revealText(text)
    .map(({ kind, text: piece, codePoint }) => {
      if (codePoint === null) return markLanguages(escapeHtml(piece), language);
      const title = escapeHtml(t(kind === 'hidden' ? 'report.hidden' : 'report.lookalike', { codePoint }));
      const shown = kind === 'hidden' ? '' : escapeHtml(piece);
      return `<span class="odd" title="${title}">${shown}<small>${codePoint}</small></span>`;
    })
    .join('');
}

function markLanguages(html: Html, language: Language): Html {
  const isolated = html.replace(RIGHT_TO_LEFT, '<bdi>$&</bdi>');
  return language === 'en' ? isolated.replace(CHINESE, '<span lang="zh-CN">$&</span>') : isolated;
}
