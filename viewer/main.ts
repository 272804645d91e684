import { verifyBundle } from '../electron/evidence/verify-bundle.ts';
import { readCertificates } from '../electron/pki/read-certificates.ts';
import { isAppError } from '../shared/errors.ts';
import { createI18n, type Language } from '../shared/i18n/create-i18n.ts';
import type { EvidenceReport } from '../shared/model/evidence-report.ts';
import { describeEvidence } from '../shared/report/describe-evidence.ts';
import { evidenceTree } from '../shared/report/render-evidence.ts';
import { formatExact, REPORT_ZONE } from '../shared/text/format-exact.ts';
import { formatSize } from '../shared/text/format-size.ts';
import { blobSource } from './blob-source.ts';
import { createForm } from './form.ts';
import { settle } from './question-book.ts';
import { toDom } from './to-dom.ts';

/** The evidence page: one file, no network, the verifier of `lexpost evidence verify` (electron/evidence). */

let language: Language = navigator.language.startsWith('zh') ? 'zh-CN' : 'en';
let report: EvidenceReport | null = null;
let isBusy = false;

const title = document.createElement('h1');
const about = document.createElement('p');
about.className = 'intro';
const languageButton = button('language', () => {
  language = language === 'en' ? 'zh-CN' : 'en';
  write();
});
const printButton = button('print', () => window.print());
printButton.hidden = true;
const place = document.createElement('div');
place.id = 'verdict-place';
place.tabIndex = -1;
const status = document.createElement('p');
status.setAttribute('role', 'status');
const form = createForm(() => void run());

const header = document.createElement('header');
header.append(title, languageButton);
const main = document.createElement('main');
main.append(about, form.element, status, printButton, place);
document.body.append(header, main);

function button(id: string, act: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.id = id;
  made.addEventListener('click', act);
  return made;
}

function write(): void {
  const { t } = createI18n(language);
  document.documentElement.lang = language;
  document.title = t('evidence.title');
  title.textContent = t('evidence.title');
  about.textContent = t('evidence.viewer.about');
  languageButton.textContent = t('evidence.viewer.language');
  languageButton.lang = language === 'en' ? 'zh-CN' : 'en';
  printButton.textContent = t('evidence.viewer.print');
  form.write(t);
  show();
}

function show(): void {
  printButton.hidden = report === null;
  place.replaceChildren();
  if (report === null) return;
  const { t } = createI18n(language);
  const view = describeEvidence(report, t, (at) => formatExact(at, language, REPORT_ZONE.name));
  place.append(...evidenceTree(view, { t, language }).map(toDom));
  place.dataset['indication'] = report.indication;
}

async function run(): Promise<void> {
  if (isBusy) return;
  const { t } = createI18n(language);
  const { bundle, anchors, fingerprints, at } = form.entries();
  report = null;
  delete place.dataset['indication'];
  show();
  status.textContent = t(bundle === null ? 'evidence.viewer.needBundle' : 'evidence.viewer.working');
  if (bundle === null) return;
  isBusy = true;
  form.setBusy(true);
  const size = formatSize(bundle.size);
  try {
    const files = await Promise.all(anchors.map(async (file) => Buffer.from(await file.arrayBuffer())));
    report = await verifyBundle({
      bundle: blobSource(bundle, (read) => {
        status.textContent = t('evidence.viewer.progress', { read: formatSize(read), size });
      }),
      anchors: files.flatMap((file) => readCertificates(file)),
      fingerprints,
      at: at ?? new Date(),
      revocation: 'require',
      settle,
    });
    status.textContent = '';
    show();
    place.focus();
  } catch (error) {
    place.dataset['indication'] = 'ERROR';
    status.textContent = isAppError(error)
      ? t(`errors.${error.code}`, { ...error.params })
      : t('evidence.viewer.broken', { reason: error instanceof Error ? error.message : '' });
  } finally {
    isBusy = false;
    form.setBusy(false);
  }
}

const mark = (isOver: boolean) => (event: Event) => {
  event.preventDefault();
  form.element.classList.toggle('over', isOver);
};
document.addEventListener('dragover', mark(true));
document.addEventListener('dragleave', mark(false));
document.addEventListener('drop', (event) => {
  mark(false)(event);
  form.add([...(event.dataTransfer?.files ?? [])]);
  if (form.entries().bundle !== null) void run();
});

write();
// Without WebCrypto no signature can be computed: rather no verdict at all, for dropped files neither
if (globalThis.crypto?.subtle === undefined) {
  isBusy = true;
  form.setBusy(true);
  status.textContent = createI18n(language).t('evidence.viewer.tooOld');
}
