import type { ReactNode } from 'react';
import './empty.css';

interface Props {
  /** One sentence. */
  readonly children: ReactNode;
  /** One button: what to do about it. */
  readonly act?: ReactNode;
}

/** Nothing to show, said in one sentence. No drawing. */
export function Empty({ children, act }: Props) {
  return (
    <div className="empty">
      <p className="text2">{children}</p>
      {act}
    </div>
  );
}
