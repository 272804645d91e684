import { createI18n, type Language } from '../../shared/i18n/create-i18n.ts';
import type { EvidenceReport } from '../../shared/model/evidence-report.ts';
import { describeEvidence } from '../../shared/report/describe-evidence.ts';
import { renderEvidencePage } from '../../shared/report/render-evidence.ts';
import { formatExact, REPORT_ZONE } from '../../shared/text/format-exact.ts';
import type { Page } from './recovery-sheet.ts';
import type { Verification } from './session/verifications.ts';

/** The verdict on a bundle as a whole page, for print and for a file. */
export function renderEvidenceReport({ report, name }: Verification<EvidenceReport>, language: Language): Page {
  const { t } = createI18n(language);
  const view = describeEvidence(report, t, (at) => formatExact(at, language, REPORT_ZONE.name));
  return { title: `${t('evidence.title')} ${name}`, html: renderEvidencePage(view, { t, language }) };
}
