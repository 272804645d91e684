import { expect, test } from 'vitest';
import { clockLines } from '../../../electron/cli/clock-lines.ts';
import { createI18n } from '../../../shared/i18n/create-i18n.ts';
import type { MatterClock } from '../../../shared/procedures/matter-clock.ts';

const CLOCK = {
  ...{ id: 'assign', who: 'lead', rule: 'fy.43.assign', article: '法律援助法 第四十三条', status: 'verified' },
  ...{ source: '', startedAt: '2026-11-25T00:00', basis: 'form', state: 'met', pauses: [], late: false },
  ...{ due: '2026-11-30', original: '2026-11-28', remaining: null, provisional: false, endedAt: '2026-11-25T04:15' },
} as unknown as MatterClock;

test('a date, what it was moved from and what became of it stand apart', () => {
  const { t } = createI18n('en');
  const [line] = clockLines(CLOCK, 'legal-aid-transfer', { t, language: 'en' }, null);
  expect(line?.split('  ').slice(-3)).toEqual([
    'Due on 2026-11-30',
    'Originally 2026-11-28, moved past days off.',
    'done 2026-11-25T04:15',
  ]);
});
