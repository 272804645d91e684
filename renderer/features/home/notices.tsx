import { Button } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useAsk, useTell } from '../../data/use-ask.ts';
import { useNow } from '../../text/use-now.ts';
import { useText } from '../../text/use-text.ts';
import { FailureLine } from '../../ui/error-sheet.tsx';
import { Dot } from '../../ui/glyphs.tsx';
import { Section } from '../../ui/section.tsx';
import { type Notice, toNotices } from './to-notices.ts';
import './notices.css';

const SHOWN = 3;

/** What a person must look at beside the deadlines: alarms, reminders, and certificates that end. Nothing where there is none. */
export function Notices() {
  const text = useText();
  const { t } = text;
  const alarms = useAsk('alarm:list', {});
  const expiring = useAsk('identity:expiring', {});
  const reminders = useAsk('reminder:list', {});
  const noted = useTell('alarm:acknowledge');
  const removed = useTell('reminder:remove');
  const now = useNow();
  const [all, setAll] = useState(false);
  const notices = toNotices(
    text,
    {
      alarms: alarms.value?.items ?? [],
      expiring: expiring.value?.items ?? [],
      reminders: reminders.value?.items ?? [],
    },
    now,
  );
  const failure = alarms.failure ?? expiring.failure ?? reminders.failure ?? noted.failure ?? removed.failure;
  if (notices.length === 0 && failure === null) return null;
  return (
    <Section
      extra={
        notices.length > SHOWN && (
          <Button size="small" type="link" onClick={() => setAll(!all)}>
            {all ? t('window.notices.fewer') : t('window.notices.all', { n: notices.length })}
          </Button>
        )
      }
      title={t('window.notices.title')}
    >
      {failure !== null && <FailureLine failure={failure} />}
      <ul className="sheet notices">
        {notices.slice(0, all ? notices.length : SHOWN).map((notice) => (
          <Row
            key={notice.key}
            notice={notice}
            onNoted={(id) => noted.tell({ id })}
            onRemoved={(id) => removed.tell({ id })}
          />
        ))}
      </ul>
    </Section>
  );
}

interface RowProps {
  readonly notice: Notice;
  readonly onNoted: (alarm: number) => void;
  readonly onRemoved: (reminder: number) => void;
}

function Row({ notice: { tone, what, why, to, act, actName, alarm, reminder }, onNoted, onRemoved }: RowProps) {
  const { t } = useText();
  const navigate = useNavigate();
  return (
    <li>
      <Dot tone={tone} />
      <div>
        <p>{what}</p>
        {why !== '' && <p className="meta text2 num">{why}</p>}
      </div>
      <span className="notices-acts">
        {to !== null && (
          <Button aria-label={actName} size="small" onClick={() => void navigate(to)}>
            {act}
          </Button>
        )}
        {alarm !== null && (
          <Button
            aria-label={t('window.notices.knownOf', { what })}
            size="small"
            type="text"
            onClick={() => onNoted(alarm)}
          >
            {t('window.notices.known')}
          </Button>
        )}
        {reminder !== null && (
          <Button
            aria-label={t(tone === 'none' ? 'window.remind.cancelOf' : 'window.notices.knownOf', { what })}
            size="small"
            type="text"
            onClick={() => onRemoved(reminder)}
          >
            {t(tone === 'none' ? 'window.remind.cancel' : 'window.notices.known')}
          </Button>
        )}
      </span>
    </li>
  );
}
