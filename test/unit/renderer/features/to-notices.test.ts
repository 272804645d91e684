import { describe, expect, test } from 'vitest';
import { toNotices } from '../../../../renderer/features/home/to-notices.ts';
import type { Text } from '../../../../renderer/text/use-text.ts';
import { createI18n } from '../../../../shared/i18n/create-i18n.ts';
import { ALARMS, EXPIRING } from '../../../fixtures/fake-bridge/notices.ts';

const { t } = createI18n('zh-CN');
const text = { t, moment: (when: string) => when, date: (when: string) => when.slice(0, 10) } as unknown as Text;
const [ours, theirs] = EXPIRING;
if (ours === undefined || theirs === undefined) throw new Error('the fixture has two');

describe('notices', () => {
  test('lead each to where it is seen to', () => {
    const notices = toNotices(text, ALARMS, EXPIRING);
    expect(notices.map(({ to, alarm }) => [to, alarm])).toEqual([
      [`/matters/${ALARMS[0]?.matter}`, 7],
      ['/settings/office', null],
      [`/directory/${theirs.office?.id}`, null],
    ]);
    expect(new Set(notices.map(({ key }) => key)).size).toBe(notices.length);
  });

  test('tell of ours from 60 days on, of others’ from 30, and are red only after the end', () => {
    const tones = (threshold: 60 | 30 | 7 | 0, own: boolean) =>
      toNotices(text, [], [{ ...ours, own, threshold, daysLeft: threshold - 1 }]).map(({ tone }) => tone);
    expect([60, 30, 7, 0].map((days) => tones(days as 60, true)[0])).toEqual(['none', 'waiting', 'waiting', 'failed']);
    expect([60, 30, 0].map((days) => tones(days as 60, false).length)).toEqual([0, 1, 1]);
  });
});
