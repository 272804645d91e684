import type { Language } from '../i18n/create-i18n.ts';
import type { Html } from './html-text.ts';
import { REPORT_STYLE } from './report-style.ts';

/**
 * A report as one page that needs nothing else and may load nothing: no script, no picture, no address.
 *
 * @param title safe to stand in the head of the page
 */
export function htmlPage(language: Language, title: Html, header: Html, main: Html): Html {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<header>${header}</header>
<main>
${main}
</main>
</body>
</html>
`;
}
