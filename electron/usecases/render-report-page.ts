import { createI18n, type Language } from '../../shared/i18n/create-i18n.ts';
import { describeReport } from '../../shared/report/describe-report.ts';
import { renderReport } from '../../shared/report/render-report.ts';
import { formatExact, REPORT_ZONE } from '../../shared/text/format-exact.ts';
import type { Page } from './recovery-sheet.ts';
import type { Verification } from './session/verifications.ts';

/** A verification as a whole page for print and for a file. @param detailed with every check, not the five facts alone */
export function renderReportPage(
  { report, name: file, at }: Verification,
  language: Language,
  detailed: boolean,
): Page {
  const { t } = createI18n(language);
  const time = (moment: string): string => formatExact(moment, language, REPORT_ZONE.name);
  // A verdict of another day than the one it was made on speaks of a time that somebody named.
  const clock = report.validationTime.slice(0, 10) === at.slice(0, 10) ? 'local' : 'given';
  const view = describeReport(report, { t, language, time, zone: REPORT_ZONE.label, clock, file });
  return { title: `${view.title} ${file}`, html: renderReport(view, { t, detailed, file }) };
}
