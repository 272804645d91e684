import type { ReactNode } from 'react';
import './two-lines.css';

/** A fact over a quieter one, each on one line. */
export function TwoLines({ first, second }: { readonly first: ReactNode; readonly second: ReactNode }) {
  return (
    <div className="two-lines num">
      <div className="clip">{first}</div>
      <div className="clip two-lines-second">{second}</div>
    </div>
  );
}
