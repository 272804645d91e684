import { BellOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useId, useRef, useState } from 'react';
import { REMINDER_NOTE, type ReminderView } from '../../shared/ipc/channels/reminder.ts';
import type { Instant } from '../../shared/model/brand.ts';
import { civilDay } from '../text/format-date.ts';
import { readLocal, toLocal } from '../text/local-instant.ts';
import { useNow } from '../text/use-now.ts';
import { useText } from '../text/use-text.ts';
import { Dialog } from './dialog.tsx';
import { type Failure, FailureLine } from './error-sheet.tsx';
import './remind-me.css';

const DAY = 24 * 3600_000;

interface Props {
  /** Set already. */
  readonly items: readonly ReminderView[];
  readonly busy: boolean;
  readonly failure: Failure | null;
  /** The last day of something, which one may want to hear of the day before. */
  readonly deadline?: string | null;
  readonly onSet: (dueAt: Instant, note: string, done: () => void) => void;
  readonly onCancel: (id: number) => void;
}

/** Lets a person be told again at a time of their own choosing, and says what is set. */
export function RemindMe({ items, failure, onCancel, ...form }: Props) {
  const { t, moment } = useText();
  const [open, setOpen] = useState(false);
  const now = useNow();
  return (
    <div className="remind">
      <Button icon={<BellOutlined />} size="small" onClick={() => setOpen(true)}>
        {t('window.remind.open')}
      </Button>
      {items.length > 0 && (
        <ul>
          {items.map(({ id, dueAt, note }) => {
            const time = moment(dueAt);
            const what = [t(new Date(dueAt) > now ? 'window.remind.isSet' : 'window.remind.isDue', { time }), note]
              .filter((part) => part !== '')
              .join(' · ');
            return (
              <li key={id} className="meta num">
                <span>{what}</span>
                <button
                  aria-label={t('window.remind.cancelOf', { what })}
                  className="link"
                  type="button"
                  onClick={() => onCancel(id)}
                >
                  {t('window.remind.cancel')}
                </button>
              </li>
            );
          })}
        </ul>
      )}
      {failure !== null && !open && <FailureLine failure={failure} />}
      {open && <Ask {...form} failure={failure} onBack={() => setOpen(false)} />}
    </div>
  );
}

function Ask({
  busy,
  failure,
  deadline = null,
  onSet,
  onBack,
}: Omit<Props, 'items' | 'onCancel'> & { readonly onBack: () => void }) {
  const { t } = useText();
  const id = useId();
  const quick = quickTimes(useNow(), deadline);
  const [when, setWhen] = useState(quick[0]?.at ?? '');
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const field = useRef<HTMLDivElement>(null);
  const at = readLocal(when);
  const isPast = at === undefined || new Date(at) <= new Date();
  const set = (): void => {
    setTried(true);
    if (isPast) field.current?.querySelector('input')?.focus();
    else onSet(at, note.trim(), onBack);
  };
  return (
    <Dialog title={t('window.remind.title')} width={480} onCancel={onBack}>
      <form
        className="confirm-act"
        onSubmit={(event) => {
          event.preventDefault();
          set();
        }}
      >
        <p className="text2">{t('window.remind.lead')}</p>
        <div ref={field} className="remind-field">
          <label htmlFor={id}>{t('window.remind.when')}</label>
          <Input
            id={id}
            type="datetime-local"
            {...(tried && isPast
              ? { status: 'error' as const, 'aria-invalid': true, 'aria-describedby': `${id}-past` }
              : {})}
            value={when}
            onChange={(event) => setWhen(event.target.value)}
          />
          {tried && isPast && (
            <p className="meta tone-failed" id={`${id}-past`} role="alert">
              {t('window.remind.past')}
            </p>
          )}
          <fieldset className="remind-quick">
            <legend className="unseen">{t('window.remind.quick')}</legend>
            {quick.map(({ key, at: time }) => (
              <Button key={key} aria-pressed={time === when} size="small" onClick={() => setWhen(time)}>
                {t(`window.remind.${key}`)}
              </Button>
            ))}
          </fieldset>
        </div>
        <div className="remind-field">
          <label htmlFor={`${id}-text`}>{t('window.remind.note')}</label>
          <Input
            id={`${id}-text`}
            lang="zh-CN"
            maxLength={REMINDER_NOTE}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </div>
        {failure !== null && <FailureLine failure={failure} />}
        <div className="confirm-acts">
          <Button onClick={onBack}>{t('window.confirm.back')}</Button>
          <Button htmlType="submit" loading={busy} type="primary">
            {t('window.remind.set')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Mornings, as the field takes them; the day before a deadline first, where it is still to come. */
function quickTimes(now: Date, deadline: string | null) {
  const nine = (moment: Date): string => `${civilDay(moment)}T09:00`;
  const inDays = (days: number): string => nine(new Date(now.getTime() + days * DAY));
  const before = deadline === null ? null : nine(new Date(Date.parse(`${deadline.slice(0, 10)}T00:00:00+08:00`) - DAY));
  return [
    ...(before === null || before <= toLocal(now) ? [] : [{ key: 'dayBefore' as const, at: before }]),
    { key: 'tomorrow' as const, at: inDays(1) },
    { key: 'inThreeDays' as const, at: inDays(3) },
    { key: 'inAWeek' as const, at: inDays(7) },
  ];
}
