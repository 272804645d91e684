import type { ToneName } from '../../shared/design/tokens.ts';
import type { Translate } from '../../shared/i18n/create-i18n.ts';
import type { ClockView } from '../../shared/ipc/channels/clock.ts';
import { civilDay, formatTime } from './format-date.ts';
import type { Text } from './use-text.ts';

type Clock = Pick<ClockView, 'state' | 'due' | 'remaining'>;

const DAY = 86_400_000;

/** An instant of a clock's due date, which is written without a zone: `YYYY-MM-DD` or `YYYY-MM-DDTHH:mm`, in Shanghai. */
function dueInstant(due: string): Date {
  return new Date(due.length === 10 ? `${due}T23:59:59+08:00` : `${due}:00+08:00`);
}

/** 3 个工作日, 5 hours: never a bare number. */
export function spanText(t: Translate, { length, unit }: NonNullable<Clock['remaining']>): string {
  return t(`window.clock.span.${unit}`, { count: Math.max(0, Math.floor(length)) });
}

/** 11-20 周五, 今天 16:05 */
export function dueText({ t, day, momentAlone }: Text, { state, due, remaining }: Clock, now: Date): string {
  if (state === 'paused') return t('window.clock.paused');
  if (due === null) return remaining === null ? t('window.clock.open') : spanText(t, remaining);
  if (due.length > 10) {
    const at = dueInstant(due);
    return civilDay(at) === civilDay(now) ? momentAlone(at) : `${day(at)} ${formatTime(at)}`;
  }
  return day(due);
}

/** What is left, how late it is, or how it ended. */
export function leftText(t: Translate, { state, due, remaining }: Clock, now: Date): string {
  if (state === 'met' || state === 'lapsed' || state === 'stopped') return t(`window.clock.ended.${state}`);
  if (state === 'paused') {
    return remaining === null ? t('window.clock.paused') : t('window.clock.onResume', { span: spanText(t, remaining) });
  }
  if (due !== null && dueInstant(due) < now) {
    return t('window.clock.late', { count: Math.max(1, daysBetween(due, now)) });
  }
  if (due !== null && due.slice(0, 10) === civilDay(now) && due.length === 10) return t('window.clock.today');
  return remaining === null ? '' : t('window.clock.left', { span: spanText(t, remaining) });
}

function daysBetween(due: string, now: Date): number {
  return Math.round((Date.parse(`${civilDay(now)}T00:00:00Z`) - Date.parse(`${due.slice(0, 10)}T00:00:00Z`)) / DAY);
}

const SOON = 3;

/** Red: late. Amber: three working days or fewer. Anything later has no colour, so that colour stays rare. */
export function clockTone({ state, due, remaining }: Clock, now: Date): ToneName {
  if (state === 'paused') return 'paused';
  if (state !== 'running' || due === null) return 'none';
  const end = dueInstant(due);
  if (end < now) return 'failed';
  const near =
    remaining?.unit === 'working-day' ? remaining.length <= SOON : end.getTime() - now.getTime() <= SOON * DAY;
  return near ? 'waiting' : 'none';
}
