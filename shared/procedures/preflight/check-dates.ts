import { daysBetween, parseCivilDate } from '../clock/civil-date.ts';
import { type Check, type Finding, found } from './finding.ts';
import { listTexts, textOf } from './text-fields.ts';

/** Days on which something has happened already, and days until which something is awaited. */
const PAST = new Set(['on', 'appliedOn', 'receivedOn', 'happenedOn', 'issuedOn', 'closedOn']);
const COMING = new Set(['by']);
/** 法律援助法 44: 距法定时效或者期限届满不足七日. */
const URGENT_DAYS = 7;

/** Dates that exist but cannot be meant; those that do not exist are the form's (check-form.ts). */
export const checkDates: Check = ({ form }, { today }) => [
  ...listTexts(form).flatMap(({ path, name, text }): Finding[] => {
    const date = parseCivilDate(text);
    if (date === null) return [];
    if (PAST.has(name) && date > today) return [found('advice', 'date-future', { params: { date }, field: path })];
    if (COMING.has(name) && date < today) return [found('advice', 'date-past', { params: { date }, field: path })];
    return [];
  }),
  ...checkLicences(form, today),
];

function checkLicences(form: Parameters<typeof listTexts>[0], today: string): Finding[] {
  return listTexts(form)
    .filter(({ name, text }) => name === 'licenceUntil' && parseCivilDate(text) !== null && text < today)
    .map(({ path, text }) => found('advice', 'licence-expired', { params: { date: text }, field: path }));
}

/** A limitation or another statutory period that is about to end: the counterpart should know at once (先行援助). */
export const checkLimitation: Check = ({ form }, { today }) => {
  const end = parseCivilDate(textOf(form['limitationOn']));
  if (end === null) return [];
  const days = daysBetween(today, end);
  const about = { params: { date: end, days }, field: 'limitationOn' };
  if (days < 0) return [found('advice', 'limitation-past', about)];
  if (days >= URGENT_DAYS) return [];
  const unmarked = form['urgent'] === false ? [found('advice', 'urgent-unmarked', { field: 'urgent' })] : [];
  return [found('advice', 'limitation-urgent', about), ...unmarked];
};
