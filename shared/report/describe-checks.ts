import type { Translate } from '../i18n/create-i18n.ts';
import type { ReportCheck } from '../model/verification-report.ts';
import { CHECK_PLACES, isKnownCheck } from './check-places.ts';
import type { CheckView, ReportTone } from './report-view.ts';
import { seenText } from './seen-text.ts';

const OF_TIMESTAMP = /^timestamp-/;

/** Each check with its name, its place in EN 319 102-1, what was seen and where. */
export function describeChecks(checks: readonly ReportCheck[], t: Translate): CheckView[] {
  return checks.map((check) => ({
    ...placeOf(check.id, t),
    id: check.id,
    tone: toneOf(check.ok),
    result: check.ok === null ? t('report.notChecked') : t(check.ok ? 'report.ok' : 'report.bad'),
    value: seenText(check.detail, t),
  }));
}

function toneOf(ok: boolean | null): ReportTone {
  return ok === null ? 'none' : ok ? 'done' : 'failed';
}

function placeOf(id: string, t: Translate): Pick<CheckView, 'name' | 'block' | 'source'> {
  const inner = id.replace(OF_TIMESTAMP, '');
  if (!isKnownCheck(inner)) return { name: id, block: '–', source: '–' };
  const [block, place] = CHECK_PLACES[inner];
  const name = t(`report.check.${inner}`);
  if (inner === id) return { name, block: t(`report.block.${block}`), source: t(`report.from.${place}`) };
  return {
    name: t('report.ofTimestamp', { name }),
    block: t('report.block.timestamp'),
    source: t(`report.from.${place === 'signature' ? 'timestamp' : place}`),
  };
}
