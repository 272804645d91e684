import type { ReportTone } from '../../../shared/report/report-view.ts';
import type { Verdict } from '../../ui/verdict.ts';

/** Which shield a report's tone wears. */
export const TONE_VERDICTS: Readonly<Record<ReportTone, Verdict>> = {
  done: 'valid',
  waiting: 'indeterminate',
  none: 'indeterminate',
  failed: 'failed',
};
