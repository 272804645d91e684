import type { ReactNode } from 'react';
import type { ToneName } from '../../shared/design/tokens.ts';
import { Dot } from './glyphs.tsx';
import './status.css';

interface Props {
  readonly tone: ToneName;
  readonly children: ReactNode;
}

/** Shape, colour and word together: the only way a status is shown. */
export function Status({ tone, children }: Props) {
  return (
    <span className="status">
      <Dot tone={tone} />
      <span className={`tone-${tone}`}>{children}</span>
    </span>
  );
}

/** A word on a quiet ground of its tone, where a shape stands nearby already. */
export function Tag({ tone, children }: Props) {
  return <span className={`tag tag-${tone}`}>{children}</span>;
}
