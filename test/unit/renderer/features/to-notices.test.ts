import { describe, expect, test } from 'vitest';
import { toNotices } from '../../../../renderer/features/home/to-notices.ts';
import type { Text } from '../../../../renderer/text/use-text.ts';
import { createI18n } from '../../../../shared/i18n/create-i18n.ts';
import { ALARMS, EXPIRING, REMINDERS } from '../../../fixtures/fake-bridge/notices.ts';

const { t } = createI18n('zh-CN');
const text = { t, moment: (when: string) => when, date: (when: string) => when.slice(0, 10) } as unknown as Text;
const NOW = new Date('2026-11-24T02:20:00.000Z');
const [ours, theirs] = EXPIRING;
if (ours === undefined || theirs === undefined) throw new Error('the fixture has two');

describe('notices', () => {
  test('lead each to where it is seen to', () => {
    const notices = toNotices(text, { alarms: ALARMS, expiring: EXPIRING, reminders: REMINDERS }, NOW);
    expect(notices.map(({ to, alarm, reminder }) => [to, alarm, reminder])).toEqual([
      [`/matters/${ALARMS[0]?.matter}`, 7, null],
      ['/verify', null, 1],
      ['/settings/office', null, null],
      [`/directory/${theirs.office?.id}`, null, null],
      [`/matters/${ALARMS[0]?.matter}`, null, 2],
    ]);
    expect(new Set(notices.map(({ key }) => key)).size).toBe(notices.length);
  });

  test('tell of ours from 60 days on, of others’ from 30, and are red only after the end', () => {
    const tones = (threshold: 60 | 30 | 7 | 0, own: boolean) =>
      toNotices(
        text,
        { alarms: [], expiring: [{ ...ours, own, threshold, daysLeft: threshold - 1 }], reminders: [] },
        NOW,
      ).map(({ tone }) => tone);
    expect([60, 30, 7, 0].map((days) => tones(days as 60, true)[0])).toEqual(['none', 'waiting', 'waiting', 'failed']);
    expect([60, 30, 0].map((days) => tones(days as 60, false).length)).toEqual([0, 1, 1]);
  });

  test('a reminder presses only from its minute on, and lies below everything until then', () => {
    const tones = (now: string) =>
      toNotices(text, { alarms: [], expiring: [ours], reminders: REMINDERS.slice(1) }, new Date(now)).map(
        ({ tone, reminder }) => [tone, reminder],
      );
    expect(tones('2026-11-25T02:19:59.000Z').at(-1)).toEqual(['none', 2]);
    expect(tones('2026-11-25T02:20:00.000Z')[0]).toEqual(['waiting', 2]);
  });
});
