/**
 * A piece of a page as data: written out as HTML for a file, or made into nodes where a page has a document at hand. Texts are texts in both: no text of others becomes markup.
 */
export type Tree = string | Element;

export interface Element {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Tree[];
}

export function el(tag: string, attributes: Readonly<Record<string, string>>, ...children: readonly Tree[]): Element {
  return { tag, attributes, children };
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** For element content and quoted attribute values alike. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? '');
}

/** Every element is closed: void ones are no part of a report. */
export function toHtml(tree: Tree): string {
  if (typeof tree === 'string') return escapeHtml(tree);
  const { tag, attributes, children } = tree;
  const named = Object.entries(attributes).map(([name, value]) => ` ${name}="${escapeHtml(value)}"`);
  return `<${tag}${named.join('')}>${children.map(toHtml).join('')}</${tag}>`;
}
