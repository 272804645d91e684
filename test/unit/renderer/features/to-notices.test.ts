import { describe, expect, test } from 'vitest';
import { toNotices } from '../../../../renderer/features/home/to-notices.ts';
import { toRouteConfig } from '../../../../renderer/features/settings/to-route-config.ts';
import { toFingerprints } from '../../../../renderer/features/verify/to-fingerprints.ts';
import { toInstant } from '../../../../renderer/features/verify/to-instant.ts';
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

describe('what a person typed', () => {
  const now = new Date('2026-11-24T02:20:00.000Z');
  test('is a moment in Shanghai that has passed, or none', () => {
    expect(toInstant('2026-11-24T10:19', now)).toBe('2026-11-24T02:19:00.000Z');
    expect(toInstant('2026-11-24T10:21', now)).toBeUndefined();
    expect(toInstant('2026-11-24', now)).toBeUndefined();
    expect(toInstant('2026-13-40T10:00', now)).toBeUndefined();
  });

  test('is fingerprints however they are grouped, with the first line that is none', () => {
    const hex = 'AB'.repeat(32);
    expect(toFingerprints(`${hex.match(/.{4}/g)?.join(' ')}\n\n${hex.match(/../g)?.join(':')}`)).toEqual({
      found: [hex.toLowerCase(), hex.toLowerCase()],
      wrong: null,
    });
    expect(toFingerprints(`${hex}\nabc`).wrong).toBe(2);
    expect(toFingerprints('')).toEqual({ found: [], wrong: null });
  });
});

test('a proposed route fills in what its locator says and no secret', () => {
  expect(toRouteConfig({ kind: 'sftp', locator: 'sftp://files.example.org:2222/inbox' })).toEqual({
    kind: 'sftp',
    config: { host: 'files.example.org', port: 2222, root: '/inbox' },
  });
  expect(toRouteConfig({ kind: 'webdav', locator: 'https://dav.example.org/lexpost' }).config).toEqual({
    url: 'https://dav.example.org/lexpost',
  });
  expect(toRouteConfig({ kind: 's3', locator: 'https://s3.example.org/bucket' }).config).toEqual({
    endpoint: 'https://s3.example.org',
  });
  expect(toRouteConfig({ kind: 'sftp', locator: 'nonsense' }).config).toEqual({});
});
