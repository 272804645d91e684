import type { ReactNode } from 'react';
import './page.css';

interface PageProps {
  readonly title: ReactNode;
  /** One quiet sentence beside the title. */
  readonly note?: ReactNode;
  /** Acts at the right. */
  readonly extra?: ReactNode;
  readonly children: ReactNode;
}

/** The content of a screen: a head of one line, then whatever it shows. */
export function Page({ title, note, extra, children }: PageProps) {
  return (
    <div className="page">
      <header className="page-head">
        <h1>{title}</h1>
        {note !== undefined && <span className="text3 num">{note}</span>}
        {extra !== undefined && <div className="page-extra">{extra}</div>}
      </header>
      {children}
    </div>
  );
}

/** A column at the right edge with a scroller of its own. */
export function Aside({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <aside aria-label={label} className="aside">
      {children}
    </aside>
  );
}
