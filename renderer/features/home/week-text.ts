import type { Translate } from '../../../shared/i18n/create-i18n.ts';
import { natureOfDay } from '../../../shared/procedures/clock/calendar.ts';
import { addDays, type CivilDate, weekday } from '../../../shared/procedures/clock/civil-date.ts';
import { civilDay } from '../../text/format-date.ts';

/** What kind of day it is, and how many working days the week still has, to Sunday. */
export function weekText(t: Translate, now: Date): string {
  const today = civilDay(now) as CivilDate;
  const ahead = (7 - weekday(today)) % 7;
  const days = Array.from({ length: ahead + 1 }, (_, index) => addDays(today, index));
  const count = days.filter((day) => natureOfDay(day).working).length;
  const { working, makeUp } = natureOfDay(today);
  const kind = makeUp ? 'makeUp' : working ? 'working' : 'off';
  return t('window.home.week', { kind: t(`window.home.dayKind.${kind}`), count });
}
