import './day-bar.css';

interface Props {
  /** Days that the rule gives. */
  readonly total: number;
  /** Of these, days that have run. */
  readonly used: number;
  /** After how many run days the clock stood still, one entry a pause. */
  readonly pauses: readonly number[];
}

/** Longer terms would give cells of no width. */
const MOST = 60;

/** One cell a day, a hatched gap for a pause. Decoration: the words beside it say the same. */
export function DayBar({ total, used, pauses }: Props) {
  if (total < 1 || total > MOST) return null;
  const days = Array.from({ length: total }, (_, day) => day);
  return (
    <div className="days" aria-hidden>
      {days.flatMap((day) => [
        pauses.includes(day) && <i key={`stop-${day}`} className="days-stop" />,
        <i key={day} className={day < used ? 'days-used' : ''} />,
      ])}
    </div>
  );
}
