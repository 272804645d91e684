import { cssVariables, fontMono, fontSans, type as scale } from '../design/tokens.ts';

const font = ([size, line]: readonly [number, number]): string => `${size}px/${line}px`;

const toneRules = (['done', 'waiting', 'failed', 'none'] as const)
  .map(
    (tone) =>
      `.${tone}{color:var(--lp-${tone}-fg)}.band.${tone}{background:var(--lp-${tone}-bg);border-color:var(--lp-${tone}-line)}.word.${tone}{background:var(--lp-${tone}-bg)}`,
  )
  .join('\n');

/** Rules over the variables of one palette ({@link cssVariables}); black on white with the same words in print. */
export const REPORT_RULES = `
*{box-sizing:border-box}
html{background:var(--lp-page);--sans:${fontSans}}
/* An English page whose letters come from a Chinese face has wide quotation marks */
html:lang(en){--sans:-apple-system,"Segoe UI",Ubuntu,Cantarell,"Noto Sans","Liberation Sans","DejaVu Sans",${fontSans}}
body{margin:0 auto;padding:24px 20px 48px;max-width:880px;color:var(--lp-text);font:400 ${font(scale.body)} var(--sans)}
h1{margin:0;font:600 ${font(scale.title)} var(--sans)}
h2{margin:28px 0 8px;font:600 ${font(scale.section)} var(--sans)}
h3{margin:0;font:600 ${font(scale.section)} var(--sans);overflow-wrap:anywhere}
p{margin:0}
header{display:flex;flex-wrap:wrap;gap:4px 12px;align-items:baseline;margin-bottom:16px}
header p{color:var(--lp-text2);overflow-wrap:anywhere}
.band{display:grid;grid-template-columns:40px 1fr;gap:16px;padding:16px 20px;border:1px solid;border-radius:6px}
.band h2{margin:0;font-size:18px;line-height:26px;color:var(--lp-text);overflow-wrap:anywhere}
.band p{color:var(--lp-text);overflow-wrap:anywhere}
.band .meta,.meta{margin-top:4px;color:var(--lp-text2);font:400 ${font(scale.meta)} var(--sans)}
${toneRules}
.sheet{background:var(--lp-sheet);border:1px solid var(--lp-line);border-radius:6px;overflow:hidden}
.signature{padding:16px 20px}
.signature+.signature{border-top:1px solid var(--lp-line)}
.signature>div{display:flex;gap:8px;align-items:center;margin-bottom:4px}
.word{padding:1px 8px;border-radius:4px;font:600 ${font(scale.meta)} var(--sans);white-space:nowrap}
.glyph{flex:none;vertical-align:-2px}
.glyph .on{stroke:var(--lp-sheet)}
table{width:100%;border-collapse:collapse;font:400 ${font(scale.table)} var(--sans)}
th,td{padding:3px 12px 3px 0;text-align:start;vertical-align:top;font-weight:400;unicode-bidi:isolate;overflow-wrap:anywhere}
tbody th{color:var(--lp-text2)}
.facts{margin-inline-start:32px;width:calc(100% - 32px)}
.facts th,.rows th{width:96px;white-space:nowrap}
.facts .mark{width:24px;padding-inline-end:8px}
.source{margin-inline-start:8px;color:var(--lp-text2);font:400 ${font(scale.meta)} var(--sans)}
.grid th,.grid td{padding:6px 12px;border-top:1px solid var(--lp-line)}
.grid thead th{border-top:0;background:var(--lp-rail);color:var(--lp-text2);font:600 ${font(scale.meta)} var(--sans)}
.grid td{font-size:12px;line-height:18px}
.grid .result{white-space:nowrap}
.checks{table-layout:fixed}
.checks .c1{width:22%}.checks .c2{width:21%}.checks .c3{width:11%}.checks .c5{width:12%}
.id{font-family:${fontMono};font-size:12px;color:var(--lp-text3)}
.rows th,.rows td{padding:4px 20px 4px 20px}
.rows td{padding-inline-start:0}
.signature .rows{margin:8px 0 0 32px;width:calc(100% - 32px)}
.signature .rows th{padding-inline-start:0}
.signature .grid{margin-top:12px;border:1px solid var(--lp-line)}
.hex{font-family:${fontMono};font-size:12px;word-break:break-all}
.num{white-space:nowrap;font-variant-numeric:tabular-nums}
.limits{margin-top:8px;color:var(--lp-text2)}
ul.limits{margin-bottom:0;padding-inline-start:20px}
p.limits{margin:0 0 8px}
.evidence th{width:176px}
.evidence .result{width:40px}
.evidence td div{overflow-wrap:anywhere}
.evidence .part th{padding-inline-start:28px}
.evidence .strong{font-weight:600}
.evidence .quiet{color:var(--lp-text2)}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.odd{padding:0 2px;border:1px solid var(--lp-failed-fg);border-radius:3px;color:var(--lp-failed-fg)}
.odd small{font:12px/1 ${fontMono}}
@media (max-width:640px){.facts,.signature .rows{margin-inline-start:0;width:100%}.grid{display:block;overflow-x:auto}}
@media print{
@page{margin:16mm}
html{background:#fff}
body{max-width:none;margin:0;padding:1px}
.sheet{overflow:visible}
*,.band p,.meta,.source,.limits{color:#000!important}
.band,.word,.grid thead th{background:#fff!important}
.band,.sheet,.grid th,.grid td,.signature .grid,.odd{border-color:#000!important}
.word{border:1px solid #000}
.glyph .on{stroke:#fff}
.band,.facts tr,.grid tr{break-inside:avoid}
h2,h3,p.limits,.signature>div{break-after:avoid}
thead{display:table-header-group}
}
`;

/** The style of a report in a file: the window's light values. */
export const REPORT_STYLE = `${cssVariables('light')}${REPORT_RULES}`;
