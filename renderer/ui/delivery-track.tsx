import type { ToneName } from '../../shared/design/tokens.ts';
import { Dot, Tick } from './glyphs.tsx';
import './delivery-track.css';

export interface Stage {
  readonly label: string;
  /** When it happened, as the window writes times. */
  readonly at?: string;
  /** Absent: a step of our own that is behind us, in ink. */
  readonly tone?: ToneName;
}

/** Signed › posted › signed for. Only the last stage has a colour, and it is the colour of the message. */
export function DeliveryTrack({ stages }: { readonly stages: readonly Stage[] }) {
  return (
    <ol className="track">
      {stages.map(({ label, at, tone }) => (
        <li key={label} className={tone === undefined ? 'text2' : `tone-${tone}`}>
          {tone === undefined ? <Tick size={14} /> : <Dot tone={tone} size={14} />}
          <span>{label}</span>
          {at !== undefined && <span className="text3 num">{at}</span>}
        </li>
      ))}
    </ol>
  );
}
