import { verifyBundle } from '../electron/evidence/verify-bundle.ts';
import { readCertificates } from '../electron/pki/read-certificates.ts';
import { createI18n, type Language } from '../shared/i18n/create-i18n.ts';
import type { EvidenceReport } from '../shared/model/evidence-report.ts';
import { describeEvidence } from '../shared/report/describe-evidence.ts';
import { escapeHtml } from '../shared/report/html-text.ts';
import { renderEvidence } from '../shared/report/render-evidence.ts';
import { REPORT_STYLE } from '../shared/report/report-style.ts';
import { formatExact, REPORT_ZONE } from '../shared/text/format-exact.ts';
import { blobSource } from './blob-source.ts';
import { settle } from './question-book.ts';

/** The evidence page: one file, no network, the verifier of `lexpost evidence verify` (electron/evidence). */

let language: Language = navigator.language.startsWith('zh') ? 'zh-CN' : 'en';
let report: EvidenceReport | null = null;
let bundle: File | null = null;
let anchors: File[] = [];

const style = document.createElement('style');
style.textContent = `${REPORT_STYLE}
form{display:grid;gap:12px;margin-bottom:24px}label{display:grid;gap:4px}textarea,input,button{font:inherit;padding:6px}button{min-height:32px;justify-self:start}`;
document.head.append(style);

const byId = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;

function draw(): void {
  const { t } = createI18n(language);
  document.documentElement.lang = language;
  document.title = t('evidence.title');
  const label = (id: string, text: string, control: string): string =>
    `<label for="${id}">${escapeHtml(text)}${control}</label>`;
  document.body.innerHTML = `<header><h1>${escapeHtml(t('evidence.title'))}</h1>
<button type="button" id="language">${escapeHtml(t('evidence.viewer.language'))}</button></header>
<main><p>${escapeHtml(t('evidence.viewer.about'))}</p>
<form>${label('bundle', t('evidence.viewer.bundle'), '<input type="file" id="bundle">')}
${label('anchors', t('evidence.viewer.anchors'), '<input type="file" id="anchors" multiple>')}
${label('fingerprints', t('evidence.viewer.fingerprints'), '<textarea id="fingerprints" rows="2"></textarea>')}
${label('at', t('evidence.viewer.at'), '<input type="datetime-local" id="at">')}
<button type="submit">${escapeHtml(t('evidence.viewer.run'))}</button></form>
<div id="verdict-place" role="status"></div></main>`;
  byId('language').addEventListener('click', () => {
    language = language === 'en' ? 'zh-CN' : 'en';
    draw();
  });
  byId<HTMLInputElement>('bundle').addEventListener('change', (event) => {
    bundle = (event.target as HTMLInputElement).files?.[0] ?? null;
  });
  byId<HTMLInputElement>('anchors').addEventListener('change', (event) => {
    anchors = [...((event.target as HTMLInputElement).files ?? [])];
  });
  document.querySelector('form')?.addEventListener('submit', (event) => {
    event.preventDefault();
    void run();
  });
  show();
}

function show(): void {
  if (report === null) return;
  const { t } = createI18n(language);
  const view = describeEvidence(report, t, (at) => formatExact(at, language, REPORT_ZONE.name));
  const place = byId('verdict-place');
  place.dataset['indication'] = report.indication;
  place.innerHTML = renderEvidence(view, { t, language });
}

async function run(): Promise<void> {
  const { t } = createI18n(language);
  const place = byId('verdict-place');
  delete place.dataset['indication'];
  place.textContent = t(bundle === null ? 'evidence.viewer.needBundle' : 'evidence.viewer.working');
  if (bundle === null) return;
  const fingerprints = byId<HTMLTextAreaElement>('fingerprints')
    .value.split('\n')
    .filter((line) => line.trim() !== '');
  const at = byId<HTMLInputElement>('at').value;
  try {
    const files = await Promise.all(anchors.map(async (file) => Buffer.from(await file.arrayBuffer())));
    report = await verifyBundle({
      bundle: blobSource(bundle),
      anchors: files.flatMap((file) => readCertificates(file)),
      fingerprints,
      at: at === '' ? new Date() : new Date(at),
      revocation: 'require',
      settle,
    });
    show();
  } catch (error) {
    report = null;
    place.dataset['indication'] = 'ERROR';
    place.textContent = t('evidence.viewer.broken', { reason: error instanceof Error ? error.message : '' });
  }
}

// Dropped anywhere: certificates by their names, everything else is the bundle
document.addEventListener('dragover', (event) => event.preventDefault());
document.addEventListener('drop', (event) => {
  event.preventDefault();
  for (const file of event.dataTransfer?.files ?? []) {
    if (/\.(pem|crt|cer|der)$/i.test(file.name)) anchors = [...anchors, file];
    else bundle = file;
  }
  void run();
});

draw();
