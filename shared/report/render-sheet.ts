import { htmlPage } from './html-page.ts';
import { type Html, richTree, type TextContext } from './html-text.ts';
import type { RowView } from './report-view.ts';
import { type Element, el, escapeHtml, type Tree, toHtml } from './tree.ts';

/** A record of the office as one page for paper: facts, tables, and what the page does not say. */
export interface Sheet {
  readonly title: string;
  /** Whose it is. */
  readonly beside: string;
  readonly facts: readonly RowView[];
  /** Those without rows are left out. */
  readonly tables: readonly SheetTable[];
  readonly limits: readonly string[];
}

export interface SheetTable {
  readonly title: string;
  readonly head: readonly string[];
  /** A cell is its lines. */
  readonly rows: readonly (readonly (readonly string[])[])[];
}

const HEX = /^[0-9a-f]{64}$/;
/** Numbers, times and sizes, which nobody can read in pieces. */
const WHOLE = /^[\d .:-]+(?:[A-Z][a-z]{2} \d{4} [\d:]+|[kKMG]?B)?$/;

const kindOf = (text: string): { class?: string } =>
  HEX.test(text) ? { class: 'hex' } : WHOLE.test(text) ? { class: 'num' } : {};

/** Nothing that others wrote can make the page do anything: texts stay texts, and the page may load nothing. */
export function renderSheet({ title, beside, facts, tables, limits }: Sheet, context: TextContext): Html {
  const rich = (text: string): Tree[] => richTree(text, context);
  const line = (text: string): Element => el('div', kindOf(text), ...rich(text));
  const fact = ({ label, value }: RowView): Element =>
    el('tr', {}, el('th', { scope: 'row' }, label), el('td', kindOf(value), ...rich(value)));
  const section = (name: string, heading: string, ...body: Tree[]): Element =>
    el('section', { 'aria-labelledby': name }, el('h2', { id: name }, heading), ...body);
  const table = ({ title: heading, head, rows }: SheetTable, index: number): Element =>
    section(
      `table${index}`,
      heading,
      el(
        'div',
        { class: 'sheet' },
        el(
          'table',
          { class: 'grid' },
          el('thead', {}, el('tr', {}, ...head.map((one) => el('th', { scope: 'col', class: 'num' }, one)))),
          el(
            'tbody',
            {},
            ...rows.map((cells) => el('tr', {}, ...cells.map((lines) => el('td', {}, ...lines.map(line))))),
          ),
        ),
      ),
    );
  const body = [
    el('div', { class: 'sheet' }, el('table', { class: 'rows' }, el('tbody', {}, ...facts.map(fact)))),
    ...tables.filter(({ rows }) => rows.length > 0).map(table),
    section(
      'limits',
      context.t('desk.sheet.about'),
      ...limits.map((one) => el('p', { class: 'limits' }, ...rich(one))),
    ),
  ];
  const header = [el('h1', {}, ...rich(title)), el('p', {}, ...rich(beside))];
  return htmlPage(context.language, escapeHtml(title), header.map(toHtml).join(''), body.map(toHtml).join('\n'));
}
