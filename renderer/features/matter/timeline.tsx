import { useRef } from 'react';
import type { MatterView } from '../../../shared/ipc/channels/matter.ts';
import { civilDay } from '../../text/format-date.ts';
import { clockName } from '../../text/labels.ts';
import { useNow } from '../../text/use-now.ts';
import { useText } from '../../text/use-text.ts';
import { Dot } from '../../ui/glyphs.tsx';
import { useShortcut } from '../../ui/use-shortcut.ts';
import { type MessageActs, MessageCard } from './message-card.tsx';
import { toDays } from './to-days.ts';

const CLOCK_TONES = {
  started: 'none',
  paused: 'paused',
  resumed: 'none',
  restarted: 'none',
  lapsed: 'failed',
  met: 'done',
  stopped: 'none',
} as const;

/** What came and went, the newest first, by day; what it did to the clocks in slim lines between. */
export function Timeline({ matter, ...acts }: MessageActs & { readonly matter: MatterView }) {
  const { t, day: dayText } = useText();
  const now = useNow();
  const list = useRef<HTMLDivElement>(null);
  const step = (by: 1 | -1): void => {
    const cards = [...(list.current?.querySelectorAll<HTMLElement>('[data-message]') ?? [])];
    const at = cards.indexOf(document.activeElement as HTMLElement);
    cards[Math.max(0, Math.min(cards.length - 1, at + by))]?.focus();
  };
  useShortcut('J', () => step(1));
  useShortcut('K', () => step(-1));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller must be reachable by keyboard
    <section ref={list} aria-label={t('window.matter.timeline')} className="timeline" tabIndex={0}>
      {toDays(matter.timeline).map(({ day, entries }) => (
        <div key={day} className="timeline-day">
          <h2 className="timeline-date num">
            {dayText(day)}
            {civilDay(now) === day && ` · ${t('window.date.today')}`}
          </h2>
          {entries.map(({ entry, key, at }) =>
            entry.kind === 'message' ? (
              <MessageCard key={key} at={at} matter={matter} message={entry} {...acts} />
            ) : (
              <div key={key} className="event event-slim">
                <div className="event-time num">{at}</div>
                <div className="event-spine">
                  <Dot tone={CLOCK_TONES[entry.event]} />
                </div>
                <p className="event-card">
                  {t(`window.matter.clockEvent.${entry.event}`, { name: clockName(t, matter, { id: entry.clock }) })}
                </p>
              </div>
            ),
          )}
        </div>
      ))}
    </section>
  );
}
