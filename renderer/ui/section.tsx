import { type ReactNode, useId } from 'react';
import './section.css';

interface Props {
  readonly title: ReactNode;
  /** At the right of the title: a count, a link. */
  readonly extra?: ReactNode;
  readonly children: ReactNode;
}

/** A titled part of a page. */
export function Section({ title, extra, children }: Props) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="section">
      <header>
        <h2 id={id}>{title}</h2>
        {extra !== undefined && <div className="section-extra">{extra}</div>}
      </header>
      {children}
    </section>
  );
}
