import type { EvidenceView } from './describe-evidence.ts';
import { escapeHtml, type Html, richText, type TextContext } from './html-text.ts';
import { discGlyph, shieldGlyph } from './report-glyphs.ts';
import { REPORT_STYLE } from './report-style.ts';

/** The report on a bundle as the body of a page. All texts are escaped: nothing in a bundle can make the page do anything. */
export function renderEvidence(view: EvidenceView, context: TextContext): Html {
  const advice = view.advice === null ? '' : `<p>${richText(view.advice, context)}</p>`;
  const sections = view.sections
    .filter(({ rows }) => rows.length > 0)
    .map(({ title, rows }, index) => {
      const lines = rows.map(
        ({ tone, label, lines: values }) =>
          `<tr><th scope="row">${richText(label, context)}</th><td class="result">${discGlyph(tone)}</td><td>${values
            .map((value) => richText(value, context))
            .join('<br>')}</td></tr>`,
      );
      return `<section aria-labelledby="part${index}"><h2 id="part${index}">${escapeHtml(title)}</h2>
<div class="sheet"><table class="grid"><tbody>${lines.join('\n')}</tbody></table></div></section>`;
    });
  return `<section class="band ${view.tone}" aria-labelledby="verdict">${shieldGlyph(view.tone, 40)}
<div><h2 id="verdict">${richText(view.headline, context)}</h2>${advice}</div></section>
${sections.join('\n')}
<p class="limits">${richText(view.limits, context)}</p>`;
}

/** The same as a page that needs nothing else and may load nothing. */
export function renderEvidencePage(view: EvidenceView, context: TextContext): Html {
  const title = escapeHtml(context.t('evidence.title'));
  return `<!doctype html>
<html lang="${context.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${REPORT_STYLE}</style>
</head>
<body><header><h1>${title}</h1></header><main>
${renderEvidence(view, context)}
</main></body>
</html>
`;
}
