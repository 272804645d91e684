import { createI18n, type Language } from '../../shared/i18n/create-i18n.ts';
import { civilMomentAt } from '../../shared/procedures/clock/civil-date.ts';
import { escapeHtml } from '../../shared/report/tree.ts';
import type { OfficeContext } from './context.ts';
import { getOwnVault } from './office/own-vault.ts';

export interface Page {
  readonly title: string;
  readonly html: string;
}

/** The page that an office prints once and keeps in its safe. It names the vault, so that the right sheet is found in ten years. */
export function renderRecoverySheet(
  { vault }: OfficeContext,
  groups: readonly string[],
  language: Language,
  now: Date,
): Page {
  const { t } = createI18n(language);
  const { office } = getOwnVault(vault.read);
  const title = t('desk.recoverySheet.title');
  const cells = groups
    .map((group, index) => `<li><small>${index + 1}</small> <code>${escapeHtml(group)}</code></li>`)
    .join('\n');
  const facts = [
    [t('desk.recoverySheet.office'), `${office.name} ${office.id}`],
    [t('desk.recoverySheet.vault'), vault.id],
    [t('desk.recoverySheet.made'), civilMomentAt(now.getTime()).date],
  ].map(([label = '', value = '']) => `<dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value)}</dd>`);
  const html = `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
<dl>${facts.join('\n')}</dl>
<ol>
${cells}
</ol>
<p>${escapeHtml(t('desk.recoverySheet.use'))}</p>
<p>${escapeHtml(t('desk.recoverySheet.keep'))}</p>
</body>
</html>
`;
  return { title, html };
}

const STYLE = `@page{size:A4;margin:25mm}body{font:12pt/1.6 "Noto Sans CJK SC","PingFang SC","Microsoft YaHei UI",sans-serif;color:#000}
h1{font-size:20pt}dl{display:grid;grid-template-columns:max-content 1fr;gap:0 8mm}dd{margin:0}
ol{list-style:none;padding:0;display:grid;grid-template-columns:repeat(4,1fr);gap:6mm 4mm;margin:12mm 0}
code{font:18pt monospace;letter-spacing:.15em}small{color:#555}`;
