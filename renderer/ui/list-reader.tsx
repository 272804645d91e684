import type { ReactNode } from 'react';
import './list-reader.css';

interface Props {
  /** Title and acts over the list. */
  readonly head: ReactNode;
  /** The list, which scrolls. */
  readonly children: ReactNode;
  /** Stays in view below the list. */
  readonly foot?: ReactNode;
  /** What of the list is being read, and what this part of the screen is called. */
  readonly reader: ReactNode;
  readonly readerLabel: string;
}

/** A list at the left and one of its entries at the right, each with a scroll of its own: mail, cards, things to sign. */
export function ListReader({ head, children, foot, reader, readerLabel }: Props) {
  return (
    <div className="list-reader">
      <div className="list-side">
        {head}
        <div className="list-rows">{children}</div>
        {foot}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller must be reachable by keyboard */}
      <section aria-label={readerLabel} className="list-read" tabIndex={0}>
        {reader}
      </section>
    </div>
  );
}
