import type { Translate } from '../i18n/create-i18n.ts';
import { htmlPage } from './html-page.ts';
import { type Html, plainText, richText, type TextContext } from './html-text.ts';
import { discGlyph, shieldGlyph } from './report-glyphs.ts';
import type { CheckView, FactView, ReportView, RowView, SignatureView } from './report-view.ts';
import { escapeHtml } from './tree.ts';

export interface RenderOptions {
  readonly t: Translate;
  /** Every check with its place in EN 319 102-1, not the five facts alone. */
  readonly detailed: boolean;
  /** Shown beside the title. */
  readonly file?: string;
}

/**
 * A report as one page that needs nothing else: no script, no picture, no address. The window, the PDF and the command show this same page.
 * Nothing in a container can make it do anything: all texts are escaped, and the page's own policy forbids all but its style.
 */
export function renderReport(view: ReportView, options: RenderOptions): Html {
  const { t, detailed, file } = options;
  const context: TextContext = { t, language: view.language };
  const title = plainText(`${view.title}${file === undefined ? '' : ` · ${file}`}`);
  const kind = t(detailed ? 'report.detailed' : 'report.simple');
  const beside = file === undefined ? kind : `${file} · ${kind}`;
  const parts = [
    renderBand(view, context),
    view.signatures.length === 0 ? '' : renderSignatures(view, context, detailed),
    renderDocuments(view, context),
    part('about', context, `<div class="sheet">${renderRows(view.about, context)}</div>`),
    detailed && view.checks.length > 0
      ? part(
          'checks',
          context,
          `<div class="sheet">${renderChecks(view.checks, context, t('report.part.checks'))}</div>`,
        )
      : '',
    part('limits', context, `<p class="limits">${richText(view.limits, context)}</p>`),
  ];
  const header = `<h1>${richText(view.title, context)}</h1><p>${richText(beside, context)}</p>`;
  return htmlPage(view.language, title, header, parts.join('\n'));
}

type Part = 'signatures' | 'documents' | 'about' | 'checks' | 'limits';

function part(name: Part, context: TextContext, body: Html): Html {
  return `<section aria-labelledby="${name}"><h2 id="${name}">${escapeHtml(context.t(`report.part.${name}`))}</h2>\n${body}</section>`;
}

function renderBand({ band }: ReportView, context: TextContext): Html {
  const lines = band.lines.filter((line) => line !== '').map((line) => `<p>${richText(line, context)}</p>`);
  return `<section class="band ${band.tone}" aria-labelledby="verdict">${shieldGlyph(band.tone, 40)}
<div><h2 id="verdict">${richText(band.headline, context)}</h2>
${lines.join('\n')}
<p class="meta">${richText(band.meta, context)}</p></div></section>`;
}

function renderSignatures({ signatures }: ReportView, context: TextContext, detailed: boolean): Html {
  const blocks = signatures.map((signature) => renderSignature(signature, context, detailed));
  return part('signatures', context, `<div class="sheet">${blocks.join('\n')}</div>`);
}

function renderSignature(signature: SignatureView, context: TextContext, detailed: boolean): Html {
  const { name, tone, word, facts, advice, particulars, checks } = signature;
  const asked = advice === null ? [] : [adviceRow(advice, context)];
  const details = detailed ? [renderRows(particulars, context), renderChecks(checks, context, name)] : [];
  return `<article class="signature"><div>${shieldGlyph(tone, 20)}<h3>${richText(name, context)}</h3><span class="word ${tone}">${escapeHtml(word)}</span></div>
<table class="facts"><tbody>
${[...facts.map((fact) => factRow(fact, context)), ...asked].join('\n')}
</tbody></table>
${details.join('\n')}</article>`;
}

function factRow({ label, tone, value, source }: FactView, context: TextContext): Html {
  const from =
    source === null
      ? ''
      : ` <span class="source">${richText(context.t('report.source.label', { source }), context)}</span>`;
  return `<tr><th scope="row">${escapeHtml(label)}</th><td class="mark">${discGlyph(tone)}</td><td>${richText(value, context)}${from}</td></tr>`;
}

function adviceRow(advice: string, context: TextContext): Html {
  return `<tr><th scope="row">${escapeHtml(context.t('report.fact.advice'))}</th><td class="mark"></td><td>${richText(advice, context)}</td></tr>`;
}

const HEX = /^[0-9a-f]{64}$/;

function renderRows(rows: readonly RowView[], context: TextContext): Html {
  const lines = rows.map(
    ({ label, value }) =>
      `<tr><th scope="row">${escapeHtml(label)}</th><td${HEX.test(value) ? ' class="hex"' : ''}>${richText(value, context)}</td></tr>`,
  );
  return `<table class="rows"><tbody>${lines.join('\n')}</tbody></table>`;
}

function headRow(
  columns: readonly ('name' | 'size' | 'digest' | 'check' | 'block' | 'result' | 'value' | 'source')[],
  context: TextContext,
): Html {
  const cells = columns.map((column) => `<th scope="col">${escapeHtml(context.t(`report.column.${column}`))}</th>`);
  return `<thead><tr>${cells.join('')}</tr></thead>`;
}

function renderDocuments({ documents }: ReportView, context: TextContext): Html {
  if (documents.length === 0) return '';
  const rows = documents.map(
    ({ name, size, sha256 }) =>
      `<tr><th scope="row">${richText(name, context)}</th><td class="num">${escapeHtml(size)}</td><td class="hex">${escapeHtml(sha256)}</td></tr>`,
  );
  const table = `<table class="grid">${headRow(['name', 'size', 'digest'], context)}<tbody>${rows.join('\n')}</tbody></table>`;
  return part('documents', context, `<div class="sheet">${table}</div>`);
}

/** In the order done. `label` tells several such tables apart for those who hear them. */
function renderChecks(checks: readonly CheckView[], context: TextContext, label: string): Html {
  const rows = checks.map(
    ({ id, name, block, tone, result, value, source }) =>
      `<tr><th scope="row">${richText(name, context)}<br><span class="id">${escapeHtml(id)}</span></th><td>${richText(block, context)}</td><td class="result">${discGlyph(tone)} ${escapeHtml(result)}</td><td>${richText(value, context)}</td><td>${richText(source, context)}</td></tr>`,
  );
  const head = headRow(['check', 'block', 'result', 'value', 'source'], context);
  const columns = [1, 2, 3, 4, 5].map((index) => `<col class="c${index}">`).join('');
  return `<table class="grid checks" aria-label="${plainText(label)}"><colgroup>${columns}</colgroup>${head}<tbody>${rows.join('\n')}</tbody></table>`;
}
