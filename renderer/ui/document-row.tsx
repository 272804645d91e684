import type { ReactNode } from 'react';
import type { Bytes } from '../../shared/model/brand.ts';
import { useText } from '../text/use-text.ts';
import { Digest } from './digest.tsx';
import { FileIcon } from './file-icon.tsx';
import { FileName } from './file-name.tsx';
import './document-row.css';

interface Props {
  readonly name: string;
  readonly size: Bytes;
  /** Null while it is being computed. */
  readonly digest: string | null;
  /** Shows it in the window. To export is a separate act, and logged. */
  readonly onOpen?: () => void;
  /** At the right: an act, a menu. */
  readonly extra?: ReactNode;
}

/** A document in a list: kind, name, size, digest. */
export function DocumentRow({ name, size, digest, onOpen, extra }: Props) {
  const { bytes } = useText();
  return (
    <li className="document-row">
      <FileIcon name={name} />
      <div className="document-body">
        {onOpen === undefined ? (
          <FileName name={name} />
        ) : (
          <button type="button" className="link document-open" onClick={onOpen}>
            <FileName name={name} />
          </button>
        )}
        <div className="document-facts">
          <span className="num nowrap">{bytes(size)}</span>
          {digest !== null && <Digest value={digest} />}
        </div>
      </div>
      {extra}
    </li>
  );
}

/** A document inside a card, all on one line. */
export function DocumentChip({ name, size, digest, onOpen }: Omit<Props, 'extra'>) {
  const { bytes } = useText();
  return (
    <span className="document-chip">
      <FileIcon name={name} />
      {onOpen === undefined ? (
        <FileName name={name} />
      ) : (
        <button type="button" className="link" onClick={onOpen}>
          <FileName name={name} />
        </button>
      )}
      <span className="text3 num nowrap">{bytes(size)}</span>
      {digest !== null && <Digest value={digest} />}
    </span>
  );
}
