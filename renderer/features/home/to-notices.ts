import type { ToneName } from '../../../shared/design/tokens.ts';
import type { ErrorCode, ErrorParams } from '../../../shared/errors.ts';
import type { ReminderSubject, ReminderView } from '../../../shared/ipc/channels/reminder.ts';
import type { ResponseOf } from '../../../shared/ipc/contract.ts';
import type { Text } from '../../text/use-text.ts';

type Alarm = ResponseOf<'alarm:list'>['items'][number];
type Expiring = ResponseOf<'identity:expiring'>['items'][number];

export interface Notice {
  readonly key: string;
  readonly tone: ToneName;
  readonly what: string;
  readonly why: string;
  /** Where it is seen to; null where one can only take note of it. */
  readonly to: string | null;
  readonly act: string;
  /** The act for who hears it alone. */
  readonly actName: string;
  /** Which alarm a person may put away. */
  readonly alarm: number | null;
  /** Which reminder a person may put away. */
  readonly reminder: number | null;
}

/** Of others only what ends soon is told: they have been told themselves. */
const THEIRS_WITHIN = 30;

interface NoticeSources {
  readonly alarms: readonly Alarm[];
  readonly expiring: readonly Expiring[];
  /** The first due first. */
  readonly reminders: readonly ReminderView[];
}

/** Alarms, the newest first, reminders that are due, certificates, the first to end first, and reminders that are still to come. */
export function toNotices(text: Text, { alarms, expiring, reminders }: NoticeSources, now: Date): Notice[] {
  const isDue = ({ dueAt }: ReminderView): boolean => new Date(dueAt) <= now;
  return [
    ...alarms.map((alarm) => ofAlarm(text, alarm)),
    ...reminders.filter(isDue).map((one) => ofReminder(text, one, true)),
    ...expiring
      .filter(({ own, threshold }) => own || threshold <= THEIRS_WITHIN)
      .map((certificate) => ofCertificate(text, certificate)),
    ...reminders.filter((one) => !isDue(one)).map((one) => ofReminder(text, one, false)),
  ];
}

function ofReminder({ t, moment }: Text, { id, dueAt, about, title, note }: ReminderView, due: boolean): Notice {
  const subject = about.kind === 'file' ? about.name : title;
  const what = note === '' ? t('window.notices.again', { subject }) : note;
  const act = t(about.kind === 'matter' ? 'window.notices.openMatter' : 'window.notices.openVerify');
  const time = t(due ? 'window.remind.isDue' : 'window.remind.isSet', { time: moment(dueAt) });
  return {
    key: `reminder-${id}`,
    tone: due ? 'waiting' : 'none',
    what,
    why: note === '' ? time : `${time} · ${subject}`,
    to: placeOf(about),
    act,
    actName: t('window.home.actOn', { act, title: subject }),
    alarm: null,
    reminder: id,
  };
}

function placeOf(about: ReminderSubject): string {
  if (about.kind === 'matter') return `/matters/${about.matter}`;
  return about.kind === 'message' ? `/verify/message/${about.m}` : '/verify';
}

function ofAlarm({ t, moment }: Text, { id, at, code, matter, matterTitle, detail }: Alarm): Notice {
  const isCard = code === 'CARD_NEEDS_CONFIRMATION' || code === 'CARD_VAULT_CLAIMED';
  const office = typeof detail['office'] === 'string' ? detail['office'] : null;
  const what = t(`errors.${code as ErrorCode}`, detail as ErrorParams);
  const act = isCard ? t('window.notices.openDirectory') : t('window.notices.openMatter');
  return {
    key: `alarm-${id}`,
    tone: code === 'DELIVERY_OVERDUE' || isCard ? 'waiting' : 'failed',
    what,
    why: [moment(at), ...(matterTitle === null ? [] : [matterTitle])].join(' · '),
    to: isCard ? `/directory${office === null ? '' : `/${office}`}` : matter === null ? null : `/matters/${matter}`,
    act,
    actName: t('window.home.actOn', { act, title: matterTitle ?? office ?? what }),
    alarm: id,
    reminder: null,
  };
}

const RENEWED_AT: Readonly<Record<Expiring['use'], string>> = {
  signing: '/settings/identity',
  encryption: '/settings/office',
  receipt: '/settings/office',
  anchor: '/settings/trust',
  timestamp: '/settings/timestamps',
};

function ofCertificate({ t, date }: Text, one: Expiring): Notice {
  const { use, own, office, name, certificate, notAfter, daysLeft, threshold } = one;
  const what = t(`window.notices.use.${use}`, { name });
  const day = date(notAfter);
  const end = daysLeft < 0 ? t('window.notices.ended', { day }) : t('window.notices.endsIn', { day, count: daysLeft });
  const isTheirs = !own && office !== null;
  return {
    key: `${use}-${certificate}-${office?.id ?? ''}`,
    tone: threshold === 0 ? 'failed' : threshold === 60 ? 'none' : 'waiting',
    what,
    why: isTheirs ? `${end} · ${t('window.notices.theirs')}` : end,
    to: isTheirs ? `/directory/${office.id}` : RENEWED_AT[use],
    act: t(isTheirs ? 'window.notices.look' : 'window.notices.renew'),
    actName: t(isTheirs ? 'window.notices.lookOf' : 'window.notices.renewOf', { what }),
    alarm: null,
    reminder: null,
  };
}
