import type { EvidenceLine, EvidenceRow, EvidenceView } from './describe-evidence.ts';
import { htmlPage } from './html-page.ts';
import { type Html, richTree, type TextContext } from './html-text.ts';
import { discTree, shieldTree } from './report-glyphs.ts';
import { type Element, el, escapeHtml, type Tree, toHtml } from './tree.ts';

/** The report on a bundle as the body of a page. Nothing in a bundle can make the page do anything: texts stay texts. */
export function evidenceTree(view: EvidenceView, context: TextContext): Element[] {
  const rich = (text: string): Tree[] => richTree(text, context);
  const line = (one: EvidenceLine): Element =>
    typeof one === 'string' ? el('div', {}, ...rich(one)) : el('div', { class: one.style }, ...rich(one.text));
  const row = ({ tone, label, lines, isPart }: EvidenceRow): Element =>
    el(
      'tr',
      isPart ? { class: 'part' } : {},
      el('th', { scope: 'row' }, ...rich(label)),
      el(
        'td',
        { class: 'result' },
        discTree(tone),
        el('span', { class: 'unseen' }, context.t(`evidence.tone.${tone}`)),
      ),
      el('td', {}, ...lines.map(line)),
    );
  const sections = view.sections
    .filter(({ rows }) => rows.length > 0)
    .map(({ title, about, rows }, index) =>
      el(
        'section',
        { 'aria-labelledby': `part${index}` },
        el('h2', { id: `part${index}` }, title),
        ...(about === null ? [] : [el('p', { class: 'limits' }, about)]),
        el('div', { class: 'sheet' }, el('table', { class: 'grid evidence' }, el('tbody', {}, ...rows.map(row)))),
      ),
    );
  return [
    el(
      'section',
      { class: `band ${view.tone}`, 'aria-labelledby': 'verdict' },
      shieldTree(view.tone, 40),
      el(
        'div',
        {},
        el('h2', { id: 'verdict' }, ...rich(view.headline)),
        ...view.advice.map((one) => el('p', {}, ...rich(one))),
      ),
    ),
    el(
      'section',
      { 'aria-labelledby': 'limits' },
      el('h2', { id: 'limits' }, view.limits.title),
      el('ul', { class: 'limits' }, ...view.limits.items.map((item) => el('li', {}, ...rich(item)))),
    ),
    ...sections,
  ];
}

/** The same as a page that needs nothing else and may load nothing. */
export function renderEvidencePage(view: EvidenceView, context: TextContext): Html {
  const title = escapeHtml(context.t('evidence.title'));
  return htmlPage(context.language, title, `<h1>${title}</h1>`, evidenceTree(view, context).map(toHtml).join('\n'));
}
