import { cssVariables } from '../shared/design/tokens.ts';
import { REPORT_RULES } from '../shared/report/report-style.ts';

/** The style of the evidence page. The build puts it into the page and its digest into the policy. */
export const PAGE_STYLE = `${cssVariables('light')}
@media screen and (prefers-color-scheme:dark){${cssVariables('dark')}}
${REPORT_RULES}
header{justify-content:space-between;align-items:center}
form{display:grid;gap:14px;margin:16px 0 24px;padding:16px 20px;background:var(--lp-sheet);border:1px solid var(--lp-line);border-radius:6px}
form.over{border-color:var(--lp-focus);outline:2px dashed var(--lp-focus)}
label{display:grid;gap:4px;font-weight:600}
label *{font-weight:400}
small{color:var(--lp-text2);font-size:12px;line-height:18px}
textarea,input,button{font:inherit;color:var(--lp-text);background:var(--lp-sheet)}
textarea,input[type=datetime-local]{max-width:100%;padding:6px 8px;border:1px solid var(--lp-control);border-radius:4px}
input[type=file]{max-width:100%}
button,input::file-selector-button{min-height:32px;padding:4px 16px;font:inherit;color:var(--lp-text);background:var(--lp-sheet);border:1px solid var(--lp-control);border-radius:4px}
button.main{justify-self:start;color:var(--lp-onBrand);background:var(--lp-brand);border-color:var(--lp-brand)}
:focus-visible{outline:2px solid var(--lp-focus);outline-offset:2px}
#verdict-place:focus{outline:none}
@media print{form,button,.intro{display:none!important}}
`;
