import { Link } from 'react-router';
import type { ToneName } from '../../../shared/design/tokens.ts';
import { useText } from '../../text/use-text.ts';
import { Dot } from '../../ui/glyphs.tsx';
import './needs-strip.css';

export interface Need {
  readonly key: string;
  /** Worn only while there is something: nothing overdue is not a failure. */
  readonly tone: ToneName;
  readonly label: string;
  readonly count: number;
  readonly hint: string;
  /** The list that the count is of. */
  readonly to: string;
}

/** What needs somebody, in five figures; each leads to its list. */
export function NeedsStrip({ needs }: { readonly needs: readonly Need[] }) {
  const { count: counted } = useText();
  return (
    <ul className="needs sheet">
      {needs.map(({ key, tone, label, count, hint, to }) => {
        const worn = count === 0 ? 'none' : tone;
        return (
          <li key={key}>
            <Link to={to}>
              <span className="needs-label">
                <Dot size={14} tone={worn} />
                {label}
              </span>
              <span className={worn === 'failed' ? 'needs-figure num tone-failed' : 'needs-figure num'}>
                {counted(count)}
              </span>
              <span className="needs-hint clip">{hint}</span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
